"""Signing in and out, and what is closed without it."""
