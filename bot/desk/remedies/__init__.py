"""Offers by agents: made or asked for, approved, sent to the complainant, carried out."""
