"""Text utilities: search keys, detection of personal data, and the translation catalogues."""
