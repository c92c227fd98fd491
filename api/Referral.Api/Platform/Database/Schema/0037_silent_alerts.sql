-- Somebody who is kept away tried to open her, or opens her soon after he was let in again: told to the national protection
-- office, raised from the journal by a job that remembers how far it has read.
CREATE TABLE job_cursors (
    name     nvarchar(60) COLLATE $bin2$ NOT NULL CONSTRAINT pk_job_cursors PRIMARY KEY,
    position bigint       NOT NULL
);

CREATE TABLE silent_alerts (
    id         binary(16)   NOT NULL CONSTRAINT pk_silent_alerts PRIMARY KEY,
    kind       nvarchar(40) COLLATE $bin2$ NOT NULL,
    row_id     binary(16)   NOT NULL,
    victim_id  binary(16)   NOT NULL CONSTRAINT fk_silent_alerts_victim REFERENCES victims (id),
    block_id   binary(16)   NOT NULL CONSTRAINT fk_silent_alerts_block REFERENCES blocks (id),
    worker_id  binary(16)   NULL,
    client_id  binary(16)   NULL,
    agency_id  binary(16)   NULL,
    operation  nvarchar(80) COLLATE $bin2$ NOT NULL,
    at         datetime2(3) NOT NULL,
    raised_at  datetime2(3) NOT NULL,
    handled_at datetime2(3) NULL,
    handled_by binary(16)   NULL,
    words      $bigbinary$  NULL
);
CREATE UNIQUE INDEX uq_silent_alerts_row ON silent_alerts (row_id, victim_id);
CREATE INDEX ix_silent_alerts_at ON silent_alerts (at, id);
CREATE INDEX ix_silent_alerts_block ON silent_alerts (block_id, handled_at);
CREATE INDEX ix_silent_alerts_victim ON silent_alerts (victim_id);
