"""The bullets: which sentences are taken, and what of each is kept."""
