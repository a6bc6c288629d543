"""Reconciliation: two lists of ties side by side, and what a person judges of it.

What is pure (rows, placing, seats, contradicting, likeness, matching, measuring) knows no database;
`lists`, `keeping` and `judging` join it to files and rows. Nothing is ever merged here: likeness
proposes and a person judges (D2-12: Köln and Kassel).
"""
