"""Intake: from Telegram to the inbox."""
