"""How much of a spreadsheet is read; what is larger is refused before it is unpacked."""

from typing import Final

MOST_BYTES: Final = 10 * 1024 * 1024
"""Of the file as it is sent."""
MOST_UNPACKED: Final = 100 * 1024 * 1024
"""Of all parts of a spreadsheet together, counted while unpacking, whatever the file says."""
MOST_MEMBERS: Final = 2_000
"""Of parts in the archive that an XLSX or ODS file is."""
MOST_ROWS: Final = 5_000
"""Of rows that hold something, besides the heading."""
MOST_COLUMNS: Final = 60
"""What stands further right is left out, and that is told."""
MOST_SHEET_ROWS: Final = 20_000
"""Of rows that are gone through at all, empty ones too."""
MOST_LETTERS: Final = 2_000
"""In one cell."""
MOST_EMPTY_ROWS: Final = 1_000
"""After so many empty rows one after another the sheet is over."""
HEADING_ROWS: Final = 30
"""Among so many first rows the heading is looked for."""
