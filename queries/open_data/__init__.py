"""Rows of the open data: published figures, status of memoranda, track records of NGOs, support given."""
