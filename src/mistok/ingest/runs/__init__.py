"""The engine of every import: chunk by chunk, so that a stop loses and doubles nothing.

An adapter (a table, a list, Wikidata) gives rows and says what each asserts; `run_import` writes
statements, rows set aside, counts and the projected ties of a chunk in one transaction. The same
bytes with the same choices are the same run: broken off, it goes on; finished, it takes nothing.
"""

from mistok.ingest.runs.engine import CHUNK, import_mark, run_import
from mistok.ingest.runs.report import ImportReport, refused_csv
from mistok.ingest.runs.rows import Row, SetAside

__all__ = [
    "CHUNK",
    "ImportReport",
    "Row",
    "SetAside",
    "import_mark",
    "refused_csv",
    "run_import",
]
