-- The closed loop: when a service is meant to end, when a hold is looked at again, where a referral goes if it is not taken.
ALTER TABLE referrals ADD planned_end_at datetime2(3) NULL;
ALTER TABLE referrals ADD review_at datetime2(3) NULL;
ALTER TABLE referrals ADD fallbacks nvarchar(400) COLLATE $bin2$ NULL;
CREATE INDEX ix_referrals_rerouted ON referrals (rerouted_from) WHERE rerouted_from IS NOT NULL;
ALTER TABLE clocks ADD topic nvarchar(40) COLLATE $bin2$ NOT NULL DEFAULT '';
CREATE UNIQUE INDEX uq_clocks_open ON clocks (subject_id, kind, topic) WHERE state IN ('running', 'paused');
CREATE INDEX ix_clocks_agency ON clocks (agency_id, state, due_at, id);
ALTER TABLE clocks ADD resumed_at datetime2(3) NULL;
ALTER TABLE clocks ADD is_stale bit NOT NULL DEFAULT 0;
CREATE INDEX ix_clocks_stale ON clocks (id) WHERE is_stale = 1;
