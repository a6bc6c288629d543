"""What is asked for and how much: the catalogue of common items, units, and amounts.

Belongs here: items, clusters, units and fields of a specification as data in five languages;
finding an item by what people write; reading, converting and printing amounts, always exact.
Does not belong here: databases, lines of a need and their states, spreadsheets.
No Django and no numpy.
"""

from mistok.needs.items.amounts import FINEST_PLACES, LARGEST, Amount, convert, exact_amount
from mistok.needs.items.catalogue import (
    cluster,
    clusters,
    item,
    items,
    specification,
    specifications,
    unit,
    units,
)
from mistok.needs.items.finding import Found, find_item
from mistok.needs.items.model import (
    FLAGS,
    KINDS,
    LANGUAGES,
    SEASONS,
    Capacity,
    Cluster,
    Item,
    Specification,
    Unit,
)
from mistok.needs.items.naming_units import find_units
from mistok.needs.items.numerals import read_number
from mistok.needs.items.parsing import parse_amount
from mistok.needs.items.words import amount_text, amount_words, number_text

__all__ = [
    "FINEST_PLACES",
    "FLAGS",
    "KINDS",
    "LANGUAGES",
    "LARGEST",
    "SEASONS",
    "Amount",
    "Capacity",
    "Cluster",
    "Found",
    "Item",
    "Specification",
    "Unit",
    "amount_text",
    "amount_words",
    "cluster",
    "clusters",
    "convert",
    "exact_amount",
    "find_item",
    "find_units",
    "item",
    "items",
    "number_text",
    "parse_amount",
    "read_number",
    "specification",
    "specifications",
    "unit",
    "units",
]
