-- A file that belongs to a case: an item of the kind "attachment", its bytes sealed in chunks.
CREATE TABLE attachments (
    record_id  binary(16)   NOT NULL CONSTRAINT pk_attachments PRIMARY KEY CONSTRAINT fk_attachments_record REFERENCES records (id),
    media_type nvarchar(40) COLLATE $bin2$ NOT NULL,
    size       int          NOT NULL,
    chunks     int          NOT NULL
);
CREATE TABLE attachment_chunks (
    record_id  binary(16)   NOT NULL CONSTRAINT fk_attachment_chunks_attachment REFERENCES attachments (record_id),
    number     int          NOT NULL,
    body       $bigbinary$  NOT NULL,
    CONSTRAINT pk_attachment_chunks PRIMARY KEY (record_id, number)
);
