-- A block holds for a person, under whichever account: tokens of a number, a telephone, or a name with the father's (keyed, never
-- the words), those of workers beside them, and whom each block keeps away. The last is what every read asks.
CREATE TABLE block_tokens (
    block_id    binary(16)   NOT NULL CONSTRAINT fk_block_tokens_block REFERENCES blocks (id),
    kind        nvarchar(40) COLLATE $bin2$ NOT NULL,
    token       binary(32)   NOT NULL,
    key_version nvarchar(40) COLLATE $bin2$ NOT NULL,
    CONSTRAINT pk_block_tokens PRIMARY KEY (block_id, kind, token)
);
CREATE INDEX ix_block_tokens_token ON block_tokens (token);

CREATE TABLE worker_tokens (
    worker_id   binary(16)   NOT NULL CONSTRAINT fk_worker_tokens_worker REFERENCES workers (id),
    kind        nvarchar(40) COLLATE $bin2$ NOT NULL,
    token       binary(32)   NOT NULL,
    key_version nvarchar(40) COLLATE $bin2$ NOT NULL,
    CONSTRAINT pk_worker_tokens PRIMARY KEY (worker_id, kind, token)
);
CREATE INDEX ix_worker_tokens_token ON worker_tokens (token);

CREATE TABLE block_workers (
    worker_id binary(16) NOT NULL CONSTRAINT fk_block_workers_worker REFERENCES workers (id),
    block_id  binary(16) NOT NULL CONSTRAINT fk_block_workers_block REFERENCES blocks (id),
    CONSTRAINT pk_block_workers PRIMARY KEY (worker_id, block_id)
);
CREATE INDEX ix_block_workers_block ON block_workers (block_id);
INSERT INTO block_workers (worker_id, block_id) SELECT b.worker_id, b.id FROM blocks b WHERE b.worker_id IS NOT NULL;

ALTER TABLE workers ADD person varbinary(2000) NULL;
