"""Looks up what the pure rooms need to know for a turn."""
