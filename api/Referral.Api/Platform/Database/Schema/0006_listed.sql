-- What a row of a worklist joins, held whole by an index, so that no list fetches the rows of other tables.
CREATE INDEX ix_clocks_listed ON clocks (subject_id, state, due_at, kind, started_at, stage);
CREATE INDEX ix_needs_listed ON needs (id, category);
CREATE INDEX ix_victims_listed ON victims (id, case_code, person_id);
