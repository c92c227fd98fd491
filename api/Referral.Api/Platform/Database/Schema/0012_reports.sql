-- What people tell; most of it is no case. The words and who told them are sealed apart, each with a key of its own.
CREATE TABLE reports (
    id                binary(16)      NOT NULL CONSTRAINT pk_reports PRIMARY KEY,
    agency_id         binary(16)      NOT NULL CONSTRAINT fk_reports_agency REFERENCES agencies (id),
    handler_agency_id binary(16)      NOT NULL CONSTRAINT fk_reports_handler REFERENCES agencies (id),
    kind              nvarchar(40) COLLATE $bin2$ NOT NULL,
    about_agency_id   binary(16)      NULL CONSTRAINT fk_reports_about_agency REFERENCES agencies (id),
    about_worker_id   binary(16)      NULL CONSTRAINT fk_reports_about_worker REFERENCES workers (id),
    channel           nvarchar(40) COLLATE $bin2$ NOT NULL,
    outcome           nvarchar(40) COLLATE $bin2$ NULL,
    urgency           nvarchar(40) COLLATE $bin2$ NULL,
    district          nvarchar(40) COLLATE $bin2$ NULL,
    is_late           bit             NOT NULL,
    is_anonymous      bit             NOT NULL,
    key_id            binary(16)      NOT NULL,
    story             $bigbinary$     NULL,
    story_version     bigint          NOT NULL,
    reporter_key_id   binary(16)      NULL,
    reporter          varbinary(4000) NULL,
    victim_id         binary(16)      NULL CONSTRAINT fk_reports_victim REFERENCES victims (id),
    created_by        binary(16)      NOT NULL,
    reported_at       datetime2(3)    NOT NULL,
    received_at       datetime2(3)    NOT NULL,
    taken_at          datetime2(3)    NULL,
    changed_at        datetime2(3)    NOT NULL,
    version           bigint          NOT NULL
);
CREATE INDEX ix_reports_handler ON reports (handler_agency_id, received_at, id);
CREATE INDEX ix_reports_victim ON reports (victim_id) WHERE victim_id IS NOT NULL;
