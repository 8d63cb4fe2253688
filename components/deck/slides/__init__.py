"""Slides of the opening and of each item of the agenda, one module per item."""
