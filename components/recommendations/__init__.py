"""Recommendations and their answers."""
