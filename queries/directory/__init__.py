"""Regions and districts, and whether the data are demo data."""
