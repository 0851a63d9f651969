"""The sandbox is held to Telegram's own behaviour, mostly through python-telegram-bot itself."""
