"""Floor 4: one screen a file."""
