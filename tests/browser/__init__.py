"""Tests of the running app in Chromium."""
