"""The server killed between a click and its commit, again and again: ``make soak``."""
