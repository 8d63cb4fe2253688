"""Slides of each item of the agenda, one module an item, and the opening slide."""
