"""Documents, proposals and comparisons that a stranger's finger may touch."""

from mistok.ingest.comparing.keeping import keep
from mistok.ingest.comparing.lists import Listed, from_registry
from mistok.ingest.comparing.matching import compare
from mistok.ingest.comparing.rows import Event, Named, TieRow
from mistok.ingest.documents.services import take_in
from mistok.reading.intake import open_text
from mistok.registry.gazetteer import the_world

ARTICLE = (
    "Dortmund and Zhytomyr sign\n\nOn 23 February 2023 the German city of Dortmund and the "
    "Ukrainian city of Zhytomyr signed a twinning agreement. Dortmund sent Zhytomyr two generators."
)
PARTIES = (Named("Zhytomyr", "UA"), Named("Dortmuntd", "DE"))


def read_records(cast):
    """The records of the room: documents with their proposals, and comparisons."""
    document = take_in(
        actor=cast.steward, text=open_text(ARTICLE), data=ARTICLE.encode(), origin="pasted"
    )
    left = Listed("A list", "a" * 64, (TieRow("2", 2, PARTIES, Event()),))
    right = from_registry()
    pairs = compare(left.rows, right.rows, the_world())
    comparison = keep(actor=cast.steward, left=left, right=right, pairs=pairs)
    numbers = [str(one.number) for one in document.proposals.all()]
    return {
        "read": [
            {"document_id": [document.public_id], "number": numbers},
            {"comparison_id": [comparison.public_id]},
        ]
    }
