"""Incidents at the desk: declaring, updating all complainants, one remedy for all, closing."""
