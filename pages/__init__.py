"""Floor 4: one page of the app a file."""
