-- When the deadline of a wish to be called back began: a job starts it, so that sending one takes the same statements for every code.
ALTER TABLE follow_messages ADD clock_at datetime2(3) NULL;
CREATE INDEX ix_follow_messages_call_back ON follow_messages (at, id) WHERE kind = 'call_back' AND clock_at IS NULL;
