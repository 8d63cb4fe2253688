"""Recommendations of NGOs, and what the districts do with them."""
