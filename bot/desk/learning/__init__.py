"""What the brand learns: corrective actions, suggestions, the weekly sample."""
