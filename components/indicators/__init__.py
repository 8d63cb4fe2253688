"""Indicators on screen: tiles and tables."""
