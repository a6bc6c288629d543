"""Whether a claim would stand on publishers of aggressor states alone, as reviewers should know."""

from collections.abc import Iterable

from mistok.ingest.documents.copies import original_of
from mistok.ingest.models import Document
from mistok.registry.outlets import is_aggressor_country, publisher_country
from mistok.web.cards import SourceRef


def told_by_aggressors_alone(document: Document, same: Iterable[SourceRef]) -> bool:
    """Whether the document is of such a publisher, and everybody who says the same already too.

    A copy counts as what it repeats.
    """
    origin = original_of(document)
    country = origin.publisher_country or publisher_country(origin.url, origin.publisher)
    return is_aggressor_country(country) and all(source.aggressor for source in same)
