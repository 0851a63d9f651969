"""One module per command of the command line, and the parts that they share."""
