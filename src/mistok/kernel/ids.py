"""Public ids: short, prefixed, the same again for the same content; never database numbers."""

import base64
import hashlib
import re

_KEY = re.compile(
    r"katottg:UA\d{17}|geonames:[1-9]\d{0,9}|iso:[A-Z]{2}(?:-[A-Z0-9]{1,3})?|place_[a-z2-7]{12}",
    re.ASCII,
)
_PUBLIC_ID = re.compile(r"(?P<prefix>[a-z]+)_[a-z2-7]{12}", re.ASCII)


def public_id(prefix: str, *content: str) -> str:
    """Make `prefix_` and twelve letters from content, for example `tie_mfrggzdfmy2w`.

    The same content gives the same id on every machine, so loading a file twice is harmless.
    Sixty bits: at a million records the chance of any collision is below one in two million.
    """
    digest = content_hash(*content)
    return f"{prefix}_{base64.b32encode(bytes.fromhex(digest))[:12].decode().lower()}"


def content_hash(*content: str) -> str:
    """SHA-256 of the parts, hexadecimal; parts cannot run into each other."""
    hasher = hashlib.sha256()
    for part in content:
        data = part.encode()
        hasher.update(len(data).to_bytes(8, "big"))
        hasher.update(data)
    return hasher.hexdigest()


def is_place_key(text: str) -> bool:
    """Whether the text has the form of a place's key (katottg:UA…, geonames:N, iso:CC[-XXX])."""
    return _KEY.fullmatch(text) is not None


def is_public_id(text: str, prefix: str) -> bool:
    """Whether the text has the form of one of our own ids with this prefix."""
    found = _PUBLIC_ID.fullmatch(text)
    return found is not None and found["prefix"] == prefix
