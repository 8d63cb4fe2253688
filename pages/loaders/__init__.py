"""Loading for pages: what several queries, or several pages, have in common."""
