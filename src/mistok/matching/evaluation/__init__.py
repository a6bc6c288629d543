"""How good the ranking is on ties that are known: files of ties, splits, ranks, baselines.

Belongs here: what docs/reference/evaluation.md promises, step by step.
Does not belong here: the ranking itself, or how the numbers are printed.
"""
