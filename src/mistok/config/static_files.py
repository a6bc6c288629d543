"""Static files for serving: gathered, named by content and compressed, only when they changed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from mistok import __version__
from mistok.kernel.ids import content_hash

UNUSED = ["leaflet-src.js*", "draw", "proj4*", "Control.MiniMap.*", "leaflet.forms.js"]
"""Parts of packages that no page of ours asks for."""


def collect() -> bool:
    """Bring the served files up to date; returns whether there was anything to do.

    Compressing takes seconds, so a stamp beside the files keeps what they were made of.
    """
    stamp = Path(settings.STATIC_ROOT) / ".made-of"
    made_of = _sources()
    if stamp.is_file() and stamp.read_text() == made_of:
        return False
    call_command(
        "collectstatic", verbosity=0, interactive=False, clear=True, ignore_patterns=[*UNUSED]
    )
    stamp.write_text(made_of)
    return True


def _sources() -> str:
    """A hash over the name and content of every file that a page may ask for."""
    parts = [__version__]
    for finder in get_finders():
        for path, storage in finder.list(UNUSED):
            content = Path(storage.path(path)).read_bytes()
            parts.append(f"{path} {hashlib.sha256(content).hexdigest()}")
    return content_hash(*sorted(parts))
