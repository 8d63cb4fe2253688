"""Memoranda on screen."""
