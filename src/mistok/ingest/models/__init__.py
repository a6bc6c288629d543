"""Tables of the ingest room: what was read, what is proposed, and what became of it."""

from mistok.ingest.models.comparing import ComparedPair, Comparison
from mistok.ingest.models.documents import Document, Proposal
from mistok.ingest.models.feeds import Feed, FeedItem
from mistok.ingest.models.imports import ImportRun, SetAsideRow

__all__ = [
    "ComparedPair",
    "Comparison",
    "Document",
    "Feed",
    "FeedItem",
    "ImportRun",
    "Proposal",
    "SetAsideRow",
]
