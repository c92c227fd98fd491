-- What waits, told outside the product too: how a worker wants to hear of it stands plain, where (sealed in the profile) does not.
ALTER TABLE workers ADD by_email bit NOT NULL DEFAULT 0;
ALTER TABLE workers ADD by_sms bit NOT NULL DEFAULT 0;
ALTER TABLE workers ADD quiet_from int NULL;
ALTER TABLE workers ADD quiet_to int NULL;
CREATE TABLE messages (
    notification_id binary(16)   NOT NULL CONSTRAINT fk_messages_notification REFERENCES notifications (id),
    channel         nvarchar(40) COLLATE $bin2$ NOT NULL,
    worker_id       binary(16)   NOT NULL,
    is_urgent       bit          NOT NULL,
    message_id      binary(16)   NULL,
    attempts        int          NOT NULL,
    next_at         datetime2(3) NOT NULL,
    sent_at         datetime2(3) NULL,
    CONSTRAINT pk_messages PRIMARY KEY (notification_id, channel)
);
CREATE INDEX ix_messages_due ON messages (channel, next_at) WHERE sent_at IS NULL;
CREATE INDEX ix_messages_worker ON messages (worker_id, channel) WHERE sent_at IS NULL;
CREATE INDEX ix_messages_message ON messages (message_id) WHERE message_id IS NOT NULL;
