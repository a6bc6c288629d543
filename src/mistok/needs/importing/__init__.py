"""From a spreadsheet to proposals of lines of need, and the template to fill in.

Belongs here: reading CSV, XLSX and ODS within limits, recognising columns in any order and in five
languages, the report row by row, the template. Formulas and macros are never carried out.
Does not belong here: what a line may become, who may import, where it is kept; no Django here.
"""

from mistok.needs.importing.drafts import DraftLine, Preview, Report, RowProblem, Skipped
from mistok.needs.importing.limits import (
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_LETTERS,
    MOST_ROWS,
    MOST_UNPACKED,
)
from mistok.needs.importing.lines import import_lines, preview
from mistok.needs.importing.mapping import Column, Columns, map_columns
from mistok.needs.importing.opening import read_table
from mistok.needs.importing.table import Note, Row, Table
from mistok.needs.importing.template import CONTENT_TYPE, template
from mistok.needs.importing.vocabulary import PRIORITIES, REQUIRED, Field, fields

__all__ = [
    "CONTENT_TYPE",
    "MOST_BYTES",
    "MOST_COLUMNS",
    "MOST_LETTERS",
    "MOST_ROWS",
    "MOST_UNPACKED",
    "PRIORITIES",
    "REQUIRED",
    "Column",
    "Columns",
    "DraftLine",
    "Field",
    "Note",
    "Preview",
    "Report",
    "Row",
    "RowProblem",
    "Skipped",
    "Table",
    "fields",
    "import_lines",
    "map_columns",
    "preview",
    "read_table",
    "template",
]
