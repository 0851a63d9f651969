-- What groups were sent in the last minute: Telegram counts on over a restart.
CREATE INDEX outbox_of_groups ON outbox (settled_at) WHERE chat < 0 AND settled_at IS NOT NULL;
