-- Everything that the visibility predicate asks of a grant, so that no list fetches the grants of its rows.
CREATE INDEX ix_grants_reach ON grants (victim_id, group_code, agency_id, audience, principal_id, source_id, record_id, from_at, to_at);
