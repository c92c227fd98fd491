-- Survivors hold codes too. Every message is looked at once (clock_at), by a job or by whoever reads first; those of a case are answered.
UPDATE follow_messages SET clock_at = at WHERE kind <> 'call_back' AND clock_at IS NULL;
CREATE INDEX ix_follow_messages_new ON follow_messages (at, id) WHERE clock_at IS NULL;
ALTER TABLE follow_messages ADD answer nvarchar(40) COLLATE $bin2$ NULL;
ALTER TABLE follow_messages ADD answer_words $bigbinary$ NULL;
ALTER TABLE follow_messages ADD answered_at datetime2(3) NULL;
ALTER TABLE follow_messages ADD answered_by binary(16) NULL;
