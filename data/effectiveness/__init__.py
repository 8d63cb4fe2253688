"""Declarations of the index, the formality check and the version of the method."""
