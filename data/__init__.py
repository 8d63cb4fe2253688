"""Floor 1: what the database is. Imports nothing of ours."""
