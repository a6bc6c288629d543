"""What people read: municipalities, ties with their life, papers, decisions, reported help.

Belongs here: rows projected from statements, and the pure rules by which they are projected.
Does not belong here: who said it (provenance), how it got in (ingest), how it looks (web).
Every row but a merge can be thrown away and made again: `mistok rebuild`.
"""
