"""The card of a case, and the transcript of its talk."""
