"""The courier: from the outbox to Telegram, in order and within Telegram's limits."""
