"""Pictures as pixels alone: place, time and device are taken out before anything is kept (7.2)."""

import io
import struct
import warnings
import zlib
from typing import Final

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from mistok.kernel.errors import Invalid

LONGEST_SIDE: Final = 2400
"""Of a photo, in pixels: enough to read a label on a box."""
LONGEST_SCAN: Final = 3508
"""Of a scanned sheet: A4 at 300 dots per inch."""
MOST_PIXELS: Final = 60_000_000
"""More is no photo of a telephone but a picture made to fill the memory."""
FORMATS: Final = ("JPEG", "PNG", "WEBP")
QUALITY: Final = 85
STORED_TYPE: Final = "image/jpeg"

_BROKEN: Final = (
    EOFError,
    LookupError,
    OSError,
    OverflowError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What readers of pictures raise on a file that is not what it seems."""
_BOMBS: Final = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def plain_picture(data: bytes, *, longest: int = LONGEST_SIDE) -> bytes:
    """The picture as a JPEG, upright, its longest side at most `longest`, and nothing besides.

    What cameras write into pictures (EXIF with the place, XMP, colour profiles, comments,
    previews) is left behind, since the pixels alone are copied. Raises Invalid (`photo_broken`,
    `photo_too_many_pixels`).
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
                return _pixels(opened, longest)
    except _BOMBS as error:
        raise _too_many_pixels() from error
    except _BROKEN as error:
        raise Invalid(
            _("The picture cannot be read to its end. Take it again, or save it as JPEG."),
            code="photo_broken",
        ) from error


def _pixels(opened: Image.Image, longest: int) -> bytes:
    """The size is told before anything is unpacked, so a bomb is never unpacked."""
    width, height = opened.size
    if width * height > MOST_PIXELS:
        raise _too_many_pixels()
    opened.draft("RGB", (longest, longest))
    upright = ImageOps.exif_transpose(opened)
    # What is see-through becomes white, as on paper.
    seen = upright.convert("RGBA") if upright.has_transparency_data else upright.convert("RGB")
    seen.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    clean = Image.new("RGB", seen.size, "white")
    clean.paste(seen, mask=seen if seen.mode == "RGBA" else None)
    kept = io.BytesIO()
    clean.save(kept, "JPEG", quality=QUALITY, optimize=True)
    return kept.getvalue()


def _too_many_pixels() -> Invalid:
    return Invalid(
        _("The picture has more than %(most)s million pixels. Take it with a lower resolution.")
        % {"most": MOST_PIXELS // 1_000_000},
        code="photo_too_many_pixels",
    )
