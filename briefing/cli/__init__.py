"""The command line. Nothing else of ours imports it."""
