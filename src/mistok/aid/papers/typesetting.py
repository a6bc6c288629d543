"""PDF from a layout of this folder and data: with the fonts of the papers, and pictures beside it.

Everything that people wrote comes in as JSON and is shown as text, never read as markup.
"""

import json
import re
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst
from django.utils.translation import gettext as _

from mistok.kernel.errors import Invalid

FOLDER: Final = Path(__file__).parent
_UNPRINTABLE: Final = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)


def typeset(
    layout: str, data: Mapping[str, Any], pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """The layout filled with data, as a tagged PDF; equal data give equal bytes.

    `pictures`: files that the layout may name. Raises Invalid (`sign_unprintable`) for a letter
    that the fonts do not have.
    """
    with tempfile.TemporaryDirectory(prefix="mistok-pack-") as folder:
        root = Path(folder)
        for name, content in {layout: _layout(layout), **(pictures or {})}.items():
            (root / name).write_bytes(content)
        try:
            made: bytes = typst.compile(
                root / layout,
                root=root,
                format="pdf",
                ignore_system_fonts=True,
                sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
                timestamp=0,
                pdf_standards="ua-1",
            )
        except typst.TypstError as error:
            found = _UNPRINTABLE.search(str(error))
            if not found:
                raise
            raise _unprintable(found[1]) from error
    return made


@cache
def _layout(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def _unprintable(sign: str) -> Invalid:
    return Invalid(
        _(
            "The sign “%(sign)s” cannot be printed: the fonts of papers do not have it. Write the "
            "word in the letters of the paper's languages."
        )
        % {"sign": sign[:20]},
        code="sign_unprintable",
    )
