"""Decks in print: PDF and pictures typeset by typst."""
