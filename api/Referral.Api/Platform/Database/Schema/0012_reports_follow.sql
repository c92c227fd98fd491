-- A reporter's way back: the code is kept as a fingerprint, to be found by, and sealed, to be told again to whoever sends the same twice.
CREATE TABLE follow_codes (
    id           binary(16)     NOT NULL CONSTRAINT pk_follow_codes PRIMARY KEY,
    code_mac     binary(32)     NOT NULL CONSTRAINT uq_follow_codes_mac UNIQUE,
    subject_kind nvarchar(40) COLLATE $bin2$ NOT NULL,
    subject_id   binary(16)     NOT NULL,
    code         varbinary(200) NOT NULL,
    ended_at     datetime2(3)   NULL
);
CREATE INDEX ix_follow_codes_subject ON follow_codes (subject_id);

CREATE TABLE follow_messages (
    id         binary(16)   NOT NULL CONSTRAINT pk_follow_messages PRIMARY KEY,
    subject_id binary(16)   NOT NULL,
    kind       nvarchar(40) COLLATE $bin2$ NOT NULL,
    body       $bigbinary$  NOT NULL,
    at         datetime2(3) NOT NULL,
    read_at    datetime2(3) NULL
);
CREATE INDEX ix_follow_messages_subject ON follow_messages (subject_id, at, id);
CREATE INDEX ix_follow_messages_unread ON follow_messages (subject_id) WHERE read_at IS NULL;
