"""Places and people as a letter names them: in the case and with the words of its language.

Belongs here: what is grammar alone. The name of a place in a language comes from the caller.
"""

from mistok.papers.naming.phrases import Relation, kinds_of_places, place
from mistok.papers.naming.salutations import OFFICES, Addressee, closing, salutation
from mistok.papers.naming.transcribing import transcribed

__all__ = [
    "OFFICES",
    "Addressee",
    "Relation",
    "closing",
    "kinds_of_places",
    "place",
    "salutation",
    "transcribed",
]
