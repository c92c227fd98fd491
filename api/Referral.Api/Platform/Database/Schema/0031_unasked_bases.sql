-- What allows sharing though nobody consented. An order about several of a family stands in each case; occurrence_id says that they are one.
ALTER TABLE bases ADD occurrence_id binary(16) NULL;
CREATE INDEX ix_bases_occurrence ON bases (occurrence_id) WHERE occurrence_id IS NOT NULL;
