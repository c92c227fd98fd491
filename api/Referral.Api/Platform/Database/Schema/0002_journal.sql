CREATE TABLE journal (
    id             binary(16)   NOT NULL CONSTRAINT pk_journal PRIMARY KEY,
    position       bigint       NULL,
    at             datetime2(3) NOT NULL,
    access_version bigint       NULL,
    worker_id      binary(16)   NULL,
    client_id      binary(16)   NULL,
    agency_id      binary(16)   NULL,
    role           nvarchar(200) COLLATE $bin2$ NOT NULL,
    action         nvarchar(60) COLLATE $bin2$ NOT NULL,
    outcome        nvarchar(40) COLLATE $bin2$ NOT NULL,
    subject_kind   nvarchar(40) COLLATE $bin2$ NULL,
    subject_id     binary(16)   NULL,
    victim_id      binary(16)   NULL,
    groups         nvarchar(400) COLLATE $bin2$ NULL,
    facts          nvarchar(1000) COLLATE $bin2$ NULL,
    change         $bigbinary$  NULL,
    key_id         binary(16)   NULL,
    row_hash       binary(32)   NULL
);
CREATE UNIQUE INDEX uq_journal_position ON journal (position) WHERE position IS NOT NULL;
CREATE INDEX ix_journal_unsealed ON journal (at, id) WHERE position IS NULL;
CREATE INDEX ix_journal_at ON journal (at, id);
CREATE INDEX ix_journal_victim ON journal (victim_id, at, id) WHERE victim_id IS NOT NULL;
CREATE INDEX ix_journal_subject ON journal (subject_id, at, id) WHERE subject_id IS NOT NULL;
CREATE INDEX ix_journal_worker ON journal (worker_id, at, id) WHERE worker_id IS NOT NULL;
CREATE INDEX ix_journal_agency ON journal (agency_id, at, id) WHERE agency_id IS NOT NULL;

CREATE TABLE seals (
    n             bigint        NOT NULL CONSTRAINT pk_seals PRIMARY KEY,
    from_position bigint        NOT NULL,
    to_position   bigint        NOT NULL,
    hash          binary(32)    NOT NULL,
    previous      binary(32)    NOT NULL,
    mac_key       nvarchar(40) COLLATE $bin2$ NOT NULL,
    signature     varbinary(200) NOT NULL,
    signing_key   nvarchar(40) COLLATE $bin2$ NOT NULL,
    at            datetime2(3)  NOT NULL
);

CREATE TABLE job_leases (
    name     nvarchar(60) COLLATE $bin2$ NOT NULL CONSTRAINT pk_job_leases PRIMARY KEY,
    holder   nvarchar(60) COLLATE $bin2$ NOT NULL,
    until_at datetime2(3) NOT NULL
);
