"""Files of the complainants: fetched, kept with their hash, written down where they were spoken."""
