"""Meetings, packs and decisions on screen."""
