"""The evaluation form and the lists of evaluations."""
