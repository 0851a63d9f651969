"""Incidents at the desk: declared, told to all, put right for all, closed."""
