"""The reader in a web browser."""
