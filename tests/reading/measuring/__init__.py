"""How well messages are read: the keyword baseline, the figures, and the table of them."""
