"""Coordination meetings, their decisions and packs."""
