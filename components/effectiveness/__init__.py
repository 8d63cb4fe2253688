"""Tiles, cards, tables and texts of the effectiveness index."""
