"""Packs: the finalised figures of a meeting."""
