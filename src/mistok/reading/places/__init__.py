"""Places: every mention of a place in a text, and which place it is there.

Belongs here: finding names, adjectives and countries in running text, telling them from persons,
streets and ordinary words, choosing among places of one name by what stands around.
Does not belong here: what the places do with each other (`ties`, `aid`, `projects`).
"""

from mistok.reading.places.places import PlaceReader

__all__ = ["PlaceReader"]
