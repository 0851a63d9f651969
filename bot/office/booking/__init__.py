"""Turns what a turn asks for into rows: letters, timeline, timers."""
