"""What many cases tell together: figures and tables. Pure: cases in, tables out, no personal data."""
