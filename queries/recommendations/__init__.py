"""Recommendations of NGOs, and the districts' answers."""
