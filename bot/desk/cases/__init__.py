"""What becomes of a case: held, handed on, judged, corrected, closed, taken up again."""
