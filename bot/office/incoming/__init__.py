"""What Telegram has for us, from the line to the inbox."""
