"""Tiles and tables of indicators."""
