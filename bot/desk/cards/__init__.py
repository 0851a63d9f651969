"""The card of a case and the log of the talk: what the next person must know."""
