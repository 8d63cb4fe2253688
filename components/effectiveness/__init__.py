"""The index on screen."""
