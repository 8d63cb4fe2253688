"""Intervals of indicators, a statistic a module: arrays in, lower and upper limits out, each for a given confidence."""
