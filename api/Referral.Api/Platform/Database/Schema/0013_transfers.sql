-- Handing the lead of a case to another agency. What the other side needs to decide stands here as it was when it was asked,
-- so that nobody needs a grant to answer.
CREATE TABLE transfers (
    id              binary(16)   NOT NULL CONSTRAINT pk_transfers PRIMARY KEY,
    victim_id       binary(16)   NOT NULL CONSTRAINT fk_transfers_victim REFERENCES victims (id),
    from_agency_id  binary(16)   NOT NULL CONSTRAINT fk_transfers_from REFERENCES agencies (id),
    to_agency_id    binary(16)   NOT NULL CONSTRAINT fk_transfers_to REFERENCES agencies (id),
    asked_by        nvarchar(40) COLLATE $bin2$ NOT NULL,
    state           nvarchar(40) COLLATE $bin2$ NOT NULL,
    stays           bit          NULL,
    reason          nvarchar(40) COLLATE $bin2$ NOT NULL,
    decline_reason  nvarchar(40) COLLATE $bin2$ NULL,
    urgency         nvarchar(40) COLLATE $bin2$ NULL,
    age_band        nvarchar(40) COLLATE $bin2$ NOT NULL,
    sex             nvarchar(40) COLLATE $bin2$ NOT NULL,
    district        nvarchar(40) COLLATE $bin2$ NOT NULL,
    created_by      binary(16)   NOT NULL,
    asked_at        datetime2(3) NOT NULL,
    ended_at        datetime2(3) NULL,
    version         bigint       NOT NULL
);
CREATE UNIQUE INDEX uq_transfers_open ON transfers (victim_id) WHERE state = 'open';
CREATE INDEX ix_transfers_victim ON transfers (victim_id, asked_at, id);
CREATE INDEX ix_transfers_from ON transfers (from_agency_id, state, asked_at, id);
CREATE INDEX ix_transfers_to ON transfers (to_agency_id, state, asked_at, id);
