"""Tables of ties in any shape: headings are recognised, places settled, rows made statements.

Belongs here: reading a table, the forgiving mapper of columns, mapping files, what a row asserts,
the template. Does not belong here: running an import (`mistok.ingest.runs`), pages.
"""

from mistok.ingest.tables.choosing import Choices, Cited, choices_of, named_map
from mistok.ingest.tables.headings import Columns, recognise
from mistok.ingest.tables.importing import TableImport, import_table
from mistok.ingest.tables.opening import Opened, open_table

__all__ = [
    "Choices",
    "Cited",
    "Columns",
    "Opened",
    "TableImport",
    "choices_of",
    "import_table",
    "named_map",
    "open_table",
    "recognise",
]
