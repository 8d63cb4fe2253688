"""Packs: finalised figures of a meeting."""
