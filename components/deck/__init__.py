"""Deck: a frozen pack as slides in one language, from which the presentation and every export are made."""
