-- A release of law data is proposed by one person and decided by another; nobody proposed the first, which the product brought.
ALTER TABLE law_releases ADD proposed_by binary(16) NULL CONSTRAINT fk_law_releases_proposed_by REFERENCES workers (id);
ALTER TABLE law_releases ADD decided_by binary(16) NULL CONSTRAINT fk_law_releases_decided_by REFERENCES workers (id);
ALTER TABLE law_releases ADD decided_at datetime2(3) NULL;
-- What the second person says, to be read by whoever proposed it.
ALTER TABLE law_releases ADD line nvarchar(1000) COLLATE $bin2$ NULL;
ALTER TABLE law_releases ADD version bigint NOT NULL DEFAULT 1;
