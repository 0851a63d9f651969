"""What is offered: within a level, asked for above it, decided, laid before the complainant, carried out."""
