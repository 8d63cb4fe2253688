"""Writes that several pages offer."""
