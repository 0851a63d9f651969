"""Words at the desk: said, held for a second thought, taken back, shown."""
