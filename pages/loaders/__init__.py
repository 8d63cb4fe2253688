"""Data loading that several pages share: cached queries for the reader's filters."""
