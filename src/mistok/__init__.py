"""Mistok: municipalities find each other, tie themselves together, and help each other."""

__version__ = "0.1.0"
