"""The wartime guard: what a text gives away before it becomes visible to others. Pure.

Belongs here: the scanner of free text (D7-08), the measure of how well it finds (evaluation), and
the coarse forms in which facts are published: months, hromadas, weight classes, counts that are
suppressed (D7-02 to D7-05). Same input, same answer; no database, no framework.
Does not belong here: who approves a publication, where it is stored, how a finding is shown.
"""

from mistok.needs.scanning.coarsening import (
    WEIGHT_CLASSES,
    DateGrain,
    PlaceLevel,
    Subject,
    coarse_date,
    coarse_place,
    level_of,
    weight_class,
)
from mistok.needs.scanning.findings import REASONS, Finding, Kind, Level, sentence_of
from mistok.needs.scanning.scanner import has_danger, scan
from mistok.needs.scanning.suppression import (
    THRESHOLD,
    PublishedList,
    PublishedTable,
    suppress_list,
    suppress_table,
)

__all__ = [
    "REASONS",
    "THRESHOLD",
    "WEIGHT_CLASSES",
    "DateGrain",
    "Finding",
    "Kind",
    "Level",
    "PlaceLevel",
    "PublishedList",
    "PublishedTable",
    "Subject",
    "coarse_date",
    "coarse_place",
    "has_danger",
    "level_of",
    "scan",
    "sentence_of",
    "suppress_list",
    "suppress_table",
    "weight_class",
]
