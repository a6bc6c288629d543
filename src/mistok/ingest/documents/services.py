"""Every write about documents that are read: taken in, judged, read anew."""

from mistok.ingest.documents.deciding import Taken, accept, accept_all, correct, reject
from mistok.ingest.documents.rereading import reread, reread_old
from mistok.ingest.documents.taking_in import Brought, known_document, take_in

__all__ = [
    "Brought",
    "Taken",
    "accept",
    "accept_all",
    "correct",
    "known_document",
    "reject",
    "reread",
    "reread_old",
    "take_in",
]
