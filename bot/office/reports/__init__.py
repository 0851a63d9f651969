"""Reports and digests: computed from facts, drawn beside the clerk, sent on request or in time."""
