"""What time brings: timers, retention, and checks on the bot itself."""
