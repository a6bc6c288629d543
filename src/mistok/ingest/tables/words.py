"""What lists call a tie and what has become of it, in four languages: words to our own codes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from django.utils.translation import gettext as _

from mistok.kernel.errors import Invalid
from mistok.provenance.values import EVENTS, TIE_KINDS
from mistok.world import fold


@dataclass(frozen=True, slots=True)
class Called:
    """A tie by its list's word: the kind, the paper it implies, and the word where it is kept."""

    kind: str
    instrument: str = ""
    label: str = ""


def kind_of(
    text: str, own: Mapping[str, str] | None = None, labels: Mapping[str, str] | None = None
) -> Called:
    """What this word makes the tie; `own` are the words of one list, which go first.

    `labels` tell how such a word is shown, where it is not fit to be.

    Raises Invalid (`kind_unknown`).
    """
    text = " ".join(text.split())
    folded = fold(text)
    meant = (own or {}).get(text) or _words("kinds").get(folded)
    if meant is None and folded in TIE_KINDS:
        meant = folded
    if meant is None:
        raise Invalid(
            _(
                "“%(word)s” is not a kind of tie that we know. Write twinning, partnership, "
                "friendship, solidarity, contact or unknown, or name it in the mapping file."
            )
            % {"word": text[:40]},
            code="kind_unknown",
            details={"value": text[:200]},
        )
    return Called(meant, _words("instruments").get(folded, ""), (labels or {}).get(text, text))


def event_of(text: str, own: Mapping[str, str] | None = None) -> str:
    """The event that a word means; "" for an empty cell. Raises Invalid (`event_unknown`)."""
    text = " ".join(text.split())
    if not text:
        return ""
    meant = (own or {}).get(text) or _words("events").get(fold(text))
    if meant is None and text in EVENTS:
        meant = text
    if meant is None:
        raise Invalid(
            _(
                "“%(word)s” does not say what has become of the tie. Write signed, active, "
                "suspended or severed, or name the word in the mapping file."
            )
            % {"word": text[:40]},
            code="event_unknown",
            details={"value": text[:200]},
        )
    return meant


@cache
def _words(part: str) -> dict[str, str]:
    return {fold(word): code for code, words in _data()[part].items() for word in words}


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    text = files(__package__).joinpath("data", "words.json").read_text(encoding="utf-8")
    data: dict[str, dict[str, list[str]]] = json.loads(text)
    return data
