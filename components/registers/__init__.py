"""Registers on the screen: the form of a record, its values in words, its page, its list."""
