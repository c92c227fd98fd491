-- The report of which another one tells again.
ALTER TABLE reports ADD related_id binary(16) NULL CONSTRAINT fk_reports_related REFERENCES reports (id);
CREATE INDEX ix_reports_related ON reports (related_id) WHERE related_id IS NOT NULL;
