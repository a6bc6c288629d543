"""Profiles as JSON files: docs/reference/profile-file.md."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from mistok.kernel.errors import Invalid
from mistok.matching.declared import SETS, Profile, Wishes
from mistok.partnering.profiles.entry import ProfileEntry, check

LARGEST = 100_000
"""Bytes; a full profile has five thousand."""
TOP = (*SETS, "wishes", "capacity", "about", "public")
WISHES = ("countries", "not_countries", "population_from", "population_to", "max_km")
TEXTS = ("en", "uk")


def profile_of_file(path: Path) -> Profile:
    """What a file declares, for a search. Raises what `entry_of_file` does."""
    return entry_of_file(path).profile


def entry_of_file(path: Path) -> ProfileEntry:
    """Read a profile from a JSON file; what it leaves out is not said.

    Raises Invalid: file_unreadable, profile_unreadable (no JSON, a strange name, a wrong kind of
    value; the sentence says which) and profile_invalid (see `problems`).
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Invalid(
            _("%(file)s cannot be read (%(reason)s). Check the name and the rights.")
            % {"file": path.name, "reason": error.strerror},
            code="file_unreadable",
        ) from error
    entry = entry_of_json(data, path.name)
    check(entry)
    return entry


def entry_of_json(data: bytes, name: str) -> ProfileEntry:
    """Read a profile from the bytes of a file; not yet checked against the vocabulary."""
    if len(data) > LARGEST:
        raise _refusal(name, _("it is too large for a profile"))
    try:
        read = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _refusal(name, _("it is not written in UTF-8")) from error
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise _refusal(name, _("line %(line)s is not JSON") % {"line": line}) from error
    try:
        return _entry(read)
    except _Strange as strange:
        raise _refusal(name, str(strange)) from strange


def as_document(entry: ProfileEntry) -> dict[str, Any]:
    """The same as a file holds; reading it back gives the same entry."""
    profile = entry.profile
    wishes: dict[str, Any] = {}
    for name in WISHES:
        value = getattr(profile.wishes, name)
        wishes[name] = sorted(value) if isinstance(value, frozenset) else value
    return {
        **{name: sorted(getattr(profile, name)) for name in SETS},
        "wishes": wishes,
        "capacity": profile.capacity,
        "about": {"en": entry.about_en, "uk": entry.about_uk},
        "public": entry.public,
    }


class _Strange(Exception):
    """Something in a file that a profile does not have; the message says what."""


def _refusal(name: str, what: str) -> Invalid:
    return Invalid(
        _("%(file)s is no profile: %(what)s. How one is written is told in the reference.")
        % {"file": name, "what": what},
        code="profile_unreadable",
    )


def _entry(read: Any) -> ProfileEntry:
    top = _object(read, TOP, "")
    wishes = _object(top.get("wishes"), WISHES, "wishes")
    about = _object(top.get("about"), TEXTS, "about")
    return ProfileEntry(
        profile=Profile(
            **{name: _codes(top.get(name), name) for name in SETS},
            wishes=Wishes(
                countries=_codes(wishes.get("countries"), "countries"),
                not_countries=_codes(wishes.get("not_countries"), "not_countries"),
                population_from=_number(wishes.get("population_from"), "population_from"),
                population_to=_number(wishes.get("population_to"), "population_to"),
                max_km=_number(wishes.get("max_km"), "max_km"),
            ),
            capacity=_number(top.get("capacity"), "capacity"),
        ),
        about_en=_text(about.get("en"), "about"),
        about_uk=_text(about.get("uk"), "about"),
        public=_flag(top.get("public")),
    )


def _object(value: Any, names: tuple[str, ...], where: str) -> Mapping[str, Any]:
    if value is None and where:
        return {}
    if not isinstance(value, dict):
        raise _Strange(_("%(name)s is not an object in braces") % {"name": where or "JSON"})
    strange = sorted(set(value) - set(names))
    if strange:
        raise _Strange(
            _("it has no room for “%(name)s”; it knows %(names)s")
            % {"name": strange[0][:40], "names": ", ".join(names)}
        )
    return value


def _codes(value: Any, name: str) -> frozenset[str]:
    if value is None:
        return frozenset()
    if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
        raise _Strange(_("%(name)s is not a list of words in quotes") % {"name": name})
    return frozenset(value)


def _number(value: Any, name: str) -> int | None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise _Strange(_("%(name)s is not a whole number") % {"name": name})
    return value


def _text(value: Any, name: str) -> str:
    if value is not None and not isinstance(value, str):
        raise _Strange(_("%(name)s is not a text in quotes") % {"name": name})
    return value or ""


def _flag(value: Any) -> bool:
    if value is not None and not isinstance(value, bool):
        raise _Strange(_("%(name)s is neither true nor false") % {"name": "public"})
    return bool(value)
