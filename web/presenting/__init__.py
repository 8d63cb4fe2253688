"""Presentations: a deck as one self-contained HTML document with its style, typeface, pictures and script."""
