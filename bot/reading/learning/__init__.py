"""Trains the classifier: makes `learned.bin` from `examples/`. Needs scikit-learn; reading does not."""
