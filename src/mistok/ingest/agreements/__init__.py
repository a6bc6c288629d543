"""The Ukrainian list of registered agreements: 12 columns of free text (facts F2-20, F2-21).

Belongs here: its headings, who its subjects are, how long an agreement runs as prose tells it.
"""

from mistok.ingest.agreements.columns import count_of, fits
from mistok.ingest.agreements.importing import import_agreements

__all__ = ["count_of", "fits", "import_agreements"]
