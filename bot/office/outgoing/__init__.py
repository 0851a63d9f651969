"""The courier: from the outbox to Telegram, in order, at Telegram's pace."""
