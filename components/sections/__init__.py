"""Composite pieces of single pages: they put charts, tiles, maps and tables together and draw them."""
