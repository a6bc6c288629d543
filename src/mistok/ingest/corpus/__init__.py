"""Corpora: folders and files of many documents, read with bounded memory on all cores."""
