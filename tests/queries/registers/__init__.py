"""Tests of the registers: entry, rights, withdrawal and drafts."""
