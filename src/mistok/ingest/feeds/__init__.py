"""Feeds that are followed: asked when they are due, their new items read and sent to review.

Belongs here: what a feed holds, when it is asked again, what becomes of its items, and what is said
of feeds and items in trouble. How a page is asked for stands in `ingest.fetching`, what becomes of
a text in `ingest.documents`.
"""
