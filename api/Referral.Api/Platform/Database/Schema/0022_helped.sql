-- When help first began for what was asked, over all providers that it went to: the end of the time to help, which is never set anew.
ALTER TABLE referrals ADD helped_at datetime2(3) NULL;
