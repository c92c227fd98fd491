-- Under what a search finds a case again: keyed fingerprints that say nothing without the index key. Those of names are so short that they collide.
CREATE TABLE tokens (
    subject_id   binary(16)    NOT NULL,
    kind         nvarchar(40) COLLATE $bin2$ NOT NULL,
    token        varbinary(32) NOT NULL,
    key_version  nvarchar(40) COLLATE $bin2$ NOT NULL,
    subject_kind nvarchar(40) COLLATE $bin2$ NOT NULL,
    CONSTRAINT pk_tokens PRIMARY KEY (subject_id, kind, token, key_version)
);
CREATE INDEX ix_tokens_token ON tokens (token, kind, subject_kind, subject_id);
