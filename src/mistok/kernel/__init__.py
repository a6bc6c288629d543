"""The foundation: ids, quantities, partial dates, errors.

Belongs here: small value types and promises that every room shares, on the standard library alone.
Does not belong here: anything that reads a file, a database, a clock or a language catalogue.
"""
