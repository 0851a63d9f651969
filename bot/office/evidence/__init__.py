"""Files from complainants: fetched, kept with their hash, transcribed."""
