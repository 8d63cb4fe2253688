"""Evaluations of joint events by NGOs: drafts, submission, reading and sums."""
