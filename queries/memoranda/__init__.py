"""Register of memoranda and their status."""
