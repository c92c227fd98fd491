-- Groups that a unit sent or received, however many others there are.
CREATE INDEX ix_referrals_group_received ON referrals (provider_agency_id, group_id) WHERE group_id IS NOT NULL;
CREATE INDEX ix_referrals_group_sent ON referrals (sender_agency_id, group_id) WHERE group_id IS NOT NULL;
