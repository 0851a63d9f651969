"""The talk with the complainant: seven steps, one table of (step, signal), and its acts. Pure.

`signals` finds the one signal of an event, `steps` is the table, `machine` walks it, and `acts` do what it says: they
change a `draft`, which becomes the turn.
"""
