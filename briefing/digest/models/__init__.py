"""The readers of the learned models: weights in data files, plain sums in code."""
