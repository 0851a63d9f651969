"""Fuzzing the reader: what must hold for every text."""
