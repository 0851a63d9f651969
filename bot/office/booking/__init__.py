"""From what a turn asks for to rows: letters, lines of the timeline, timers."""
