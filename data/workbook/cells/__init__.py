"""Parsing of the cells of a report workbook: numbers, dates, places and codes as people write them."""
