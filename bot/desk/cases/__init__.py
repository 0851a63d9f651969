"""What happens to a case: transferred, judged, corrected, merged, closed, reopened."""
