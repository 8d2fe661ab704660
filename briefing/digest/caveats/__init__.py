"""Caveats: the judges that find them, and the words that are marked."""
