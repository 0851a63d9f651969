"""Figures: kept as facts, drawn as pictures beside the work, sent at their time."""
