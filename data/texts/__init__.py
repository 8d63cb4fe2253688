"""Texts: search keys, personal data in them, the catalogues."""
