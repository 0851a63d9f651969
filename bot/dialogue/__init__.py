"""The talk with the complainant: seven steps, one table of (step, signal), and its acts. Pure."""
