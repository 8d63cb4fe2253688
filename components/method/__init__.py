"""The method in words: indicators, worked examples, the index and the other computations."""
