"""Explanation of the method: indicators, worked examples, the index and the other computations."""
