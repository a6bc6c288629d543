"""The door for programs: /api/v1/, with tokens of offices, one shape of answers and of errors.

Belongs here: addresses, the shapes of bodies and answers, tokens in requests, keys that make
repetition harmless, how a refusal is told to a program. Does not belong here: rules, rights,
pages, and anything that a page would also need.
"""
