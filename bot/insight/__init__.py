"""Figures over many cases: rows in, tables and pictures out. Pure; no personal data."""
