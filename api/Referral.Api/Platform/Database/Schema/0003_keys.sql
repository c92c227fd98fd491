CREATE TABLE data_keys (
    id           binary(16)     NOT NULL CONSTRAINT pk_data_keys PRIMARY KEY,
    subject_kind nvarchar(40) COLLATE $bin2$ NOT NULL,
    subject_id   binary(16)     NOT NULL,
    wrapped      varbinary(200) NOT NULL,
    kek          nvarchar(40) COLLATE $bin2$ NOT NULL,
    created_at   datetime2(3)   NOT NULL,
    destroyed_at datetime2(3)   NULL
);
CREATE UNIQUE INDEX uq_data_keys_subject ON data_keys (subject_id, subject_kind) WHERE destroyed_at IS NULL;
