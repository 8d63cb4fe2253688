"""Evaluations of joint events by NGOs: written, sent, read and summed up."""
