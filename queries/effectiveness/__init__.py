"""Formality check, and the study before and after a memorandum."""
