"""Notices: who gets which, their words, and the channels that carry them."""
