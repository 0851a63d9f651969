"""What the brand learns: lessons, suggestions, the weekly sample."""
