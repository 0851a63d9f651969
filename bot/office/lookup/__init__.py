"""Looks up what the pure packages need to know for a turn."""
