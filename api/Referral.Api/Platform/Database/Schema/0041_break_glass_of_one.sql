-- Whether somebody has this case open already was looked for among all that they ever opened.
CREATE INDEX ix_break_glass_victim_worker ON break_glass (victim_id, worker_id);
