"""Deck as a workbook for spreadsheet programs."""
