"""Tests of the pages, run as the app runs them, for each role."""
