"""A deck as tables for a spreadsheet program."""
