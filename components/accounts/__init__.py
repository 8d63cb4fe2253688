"""Accounts: their list, forms, links and sessions."""
