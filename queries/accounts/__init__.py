"""Signing in, sessions, and who acts."""
