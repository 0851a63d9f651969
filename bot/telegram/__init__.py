"""The only package that talks to Telegram: connections, updates in, letters out."""
