"""complaint-bot: a Telegram bot that takes complaints for a consumer brand."""

__version__ = "0.1.0"
