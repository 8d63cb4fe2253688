"""Entries of the audit log in words."""
