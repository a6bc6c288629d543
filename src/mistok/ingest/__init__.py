"""Data in: adapters that turn outside files and services into statements.

Belongs here: client, parser, mapping, run; bad rows are set aside with line and sentence.
Does not belong here: deciding what is true (registry), or what people see (web).
"""
