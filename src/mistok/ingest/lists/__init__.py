"""A council's own list of its partners, pasted as text: lines, bullets, tables, countries, years.

Belongs here: reading such a list, and bringing in the lines that a person has looked at.
"""

from mistok.ingest.lists.importing import Chosen, chosen_sure, import_list
from mistok.ingest.lists.reading import LONGEST_TEXT, Listed, read_list

__all__ = ["LONGEST_TEXT", "Chosen", "Listed", "chosen_sure", "import_list", "read_list"]
