"""Agents' words to the complainant: sent, held, taken back."""
