-- An emergency access: who opened which case, why, and what was answered afterwards. How long it stays open is with its grants
-- (source break_glass), and when it must be answered with its clock. Words are sealed with the key of whom it is about.
CREATE TABLE break_glass (
    id          binary(16)    NOT NULL CONSTRAINT pk_break_glass PRIMARY KEY,
    victim_id   binary(16)    NOT NULL CONSTRAINT fk_break_glass_victim REFERENCES victims (id),
    worker_id   binary(16)    NOT NULL CONSTRAINT fk_break_glass_worker REFERENCES workers (id),
    agency_id   binary(16)    NOT NULL CONSTRAINT fk_break_glass_agency REFERENCES agencies (id),
    reason      nvarchar(40)  COLLATE $bin2$ NOT NULL,
    groups      nvarchar(200) COLLATE $bin2$ NOT NULL,
    note        $bigbinary$   NOT NULL,
    opened_at   datetime2(3)  NOT NULL,
    answer      nvarchar(40)  COLLATE $bin2$ NULL,
    line        $bigbinary$   NULL,
    reviewed_by binary(16)    NULL CONSTRAINT fk_break_glass_reviewed_by REFERENCES workers (id),
    reviewed_at datetime2(3)  NULL,
    version     bigint        NOT NULL
);
CREATE INDEX ix_break_glass_victim ON break_glass (victim_id, opened_at, id);
CREATE INDEX ix_break_glass_worker ON break_glass (worker_id, opened_at, id);
CREATE INDEX ix_break_glass_answer ON break_glass (answer, opened_at, id);
