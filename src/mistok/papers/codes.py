"""Codes of small squares that a telephone reads: an address on paper, as an image."""

import io
from functools import lru_cache

_QUIET = 2
"""Squares of white around the code; the paper around it is white too."""


@lru_cache(maxsize=256)
def code_of(address: str) -> str:
    """The QR code of an address as SVG without a size; the same address gives the same signs.

    A quarter of it may be soiled or torn off and it can still be read (level Q).
    """
    # Most papers have no code, so that most processes need not load this.
    import segno

    made = io.BytesIO()
    segno.make(address, error="q", boost_error=False, micro=False).save(
        made, kind="svg", xmldecl=False, nl=False, border=_QUIET, omitsize=True
    )
    return made.getvalue().decode("utf-8")
