"""The article laid out: its sentences, and which of them are body text, not boilerplate."""
