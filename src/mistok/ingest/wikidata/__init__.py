"""Wikidata's twinned administrative bodies (P190): query, client, answers, mapping to statements.

Belongs here: what is asked and how politely, what an answer says, which place an item is. Running
the import is `mistok.ingest.runs`. Wikidata's content is CC0; each item is a source of its own.
"""
