"""The talk: seven steps, one table of (step, signal), and the acts that its rows name. Pure."""
