"""The only room that talks to Telegram: the line, what comes in by it, and what goes out by it."""
