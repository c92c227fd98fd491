-- When whoever began the session last proved who they are, as the sign-in server says; null: not known.
ALTER TABLE sessions ADD proven_at datetime2(3) NULL;
