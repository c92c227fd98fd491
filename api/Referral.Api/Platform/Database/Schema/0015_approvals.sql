-- The second person: one mechanism for every rule that needs two. What is asked and what is answered in words is sealed with
-- the key of whom it is about; victim_id is null only for what is about nobody (a release of law data).
CREATE TABLE approvals (
    id            binary(16)    NOT NULL CONSTRAINT pk_approvals PRIMARY KEY,
    kind          nvarchar(40)  COLLATE $bin2$ NOT NULL,
    subject_kind  nvarchar(40)  COLLATE $bin2$ NOT NULL,
    subject_id    binary(16)    NOT NULL,
    victim_id     binary(16)    NULL CONSTRAINT fk_approvals_victim REFERENCES victims (id),
    agency_id     binary(16)    NOT NULL CONSTRAINT fk_approvals_agency REFERENCES agencies (id),
    state         nvarchar(40)  COLLATE $bin2$ NOT NULL,
    urgency       nvarchar(40)  COLLATE $bin2$ NOT NULL,
    reason        nvarchar(40)  COLLATE $bin2$ NULL,
    criteria      nvarchar(400) COLLATE $bin2$ NOT NULL,
    question      $bigbinary$   NULL,
    answer        $bigbinary$   NULL,
    asked_by      binary(16)    NOT NULL,
    asked_at      datetime2(3)  NOT NULL,
    decided_by    binary(16)    NULL,
    decided_at    datetime2(3)  NULL,
    version       bigint        NOT NULL
);
CREATE UNIQUE INDEX uq_approvals_open ON approvals (kind, subject_id) WHERE state = 'open';
CREATE INDEX ix_approvals_subject ON approvals (subject_id, kind, state);
CREATE INDEX ix_approvals_victim ON approvals (victim_id, asked_at, id);
CREATE INDEX ix_approvals_agency ON approvals (agency_id, state, id);
