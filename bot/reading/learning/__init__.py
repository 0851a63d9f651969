"""Learning: makes `learned.bin` of the labelled examples in `examples/`. Needs scikit-learn; reading does not."""
