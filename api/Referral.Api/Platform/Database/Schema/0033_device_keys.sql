-- With what a phone opens what its worker wrote on it. The key itself stands nowhere: it follows from the row and the index key, and is gone with either.
CREATE TABLE device_keys (
    id          binary(16)   NOT NULL CONSTRAINT pk_device_keys PRIMARY KEY,
    worker_id   binary(16)   NOT NULL CONSTRAINT fk_device_keys_worker REFERENCES workers (id),
    salt        binary(32)   NOT NULL,
    key_version nvarchar(40) COLLATE $bin2$ NOT NULL,
    given_at    datetime2(3) NOT NULL
);
CREATE INDEX ix_device_keys_worker ON device_keys (worker_id, given_at);
