"""The table to fill in: one row a tie, headings that are surely understood, two examples."""

import csv
import io
from typing import Final

HEADINGS: Final = tuple(
    """
    a_name a_country a_key b_name b_country b_key kind event date source_url source_title publisher
    published language note
    """.split()
)
_EXAMPLES: Final = (
    {
        "a_name": "Chortkiv",
        "a_country": "UA",
        "b_name": "Teltow",
        "b_country": "DE",
        "kind": "partnership",
        "event": "signed",
        "date": "2023-05-17",
        "source_url": "https://example.org/replace-this-row",
        "source_title": "Example: replace this row",
        "publisher": "Example",
    },
    {
        "a_name": "Lviv",
        "a_key": "katottg:UA46060250000025047",
        "b_name": "Lublin",
        "b_country": "PL",
        "b_key": "geonames:765876",
        "kind": "twinning",
        "event": "active",
        "date": "2004",
        "source_url": "https://example.org/replace-this-row",
        "source_title": "Example: replace this row",
        "publisher": "Example",
    },
)


def template_csv() -> str:
    """The template as CSV text."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, HEADINGS, restval="")
    writer.writeheader()
    writer.writerows(_EXAMPLES)
    return out.getvalue()
