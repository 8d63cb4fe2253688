"""Presenting: a deck as one document that carries its style, typeface, pictures and script, and asks for nothing."""
