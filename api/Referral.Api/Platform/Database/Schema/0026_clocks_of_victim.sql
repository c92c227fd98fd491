-- The deadlines of one case (a basis recorded, a transfer, a closing) walked through all deadlines there are.
CREATE INDEX ix_clocks_victim ON clocks (victim_id, kind, state);
