"""What time brings: timers, retention, and a look at whether the house itself is well."""
