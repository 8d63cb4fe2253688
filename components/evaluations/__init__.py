"""Evaluation form and lists of evaluations."""
