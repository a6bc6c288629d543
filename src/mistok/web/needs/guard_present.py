"""What the wartime guard finds, marked in the texts themselves, and reasons for letting it pass."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from mistok.needs.lines import LetPass, NeedEntry, Passage, told_finding
from mistok.needs.lines.entries import FIELDS
from mistok.needs.lines.guarding import LONGEST_REASON, SCANNED
from mistok.needs.models import Need
from mistok.web.words import language_name

REASON = "reason_"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; `found` where the guard points at it."""

    text: str
    found: bool
    danger: bool = False


@dataclass(frozen=True, slots=True)
class MarkedText:
    """One text of a need with what is found in it, and the sentences that say why."""

    label: str
    lang: str
    pieces: tuple[Piece, ...]
    sentences: tuple[tuple[bool, str], ...]


def marked_texts(need: Need | NeedEntry, found: Sequence[Passage]) -> list[MarkedText]:
    """The texts of a need in which something was found."""
    texts = []
    for field in SCANNED:
        value = getattr(need, field)
        for code, text in (value if isinstance(value, Mapping) else {"": value}).items():
            here = [one for one in found if (one.field, one.lang) == (field, code)]
            if here:
                texts.append(_marked(label_of(field, code), code, text, here))
    return texts


def label_of(field: str, code: str) -> str:
    """What a text is called, with its language where it has one."""
    label = str(FIELDS[field])
    return f"{label} ({language_name(code)})" if code else label


def sentence_of(passage: Passage) -> str:
    """Why it is pointed out, in the reader's language."""
    return told_finding(passage.finding)


def _marked(label: str, code: str, text: str, found: Sequence[Passage]) -> MarkedText:
    pieces, end = [], 0
    for one in sorted(found, key=lambda one: one.finding.start):
        start = max(one.finding.start, end)
        if start >= one.finding.end:
            continue
        pieces.append(Piece(text[end:start], found=False))
        pieces.append(Piece(text[start : one.finding.end], found=True, danger=one.danger))
        end = one.finding.end
    pieces.append(Piece(text[end:], found=False))
    told = tuple((one.danger, sentence_of(one)) for one in found)
    return MarkedText(label, code, tuple(piece for piece in pieces if piece.text), told)


class LetPassForm(forms.Form):
    """A reason beside each danger that is to be let pass; what has none is not."""

    def __init__(self, dangers: Iterable[Passage], data: Any = None, **more: Any) -> None:
        super().__init__(data, label_suffix="", **more)
        for one in dangers:
            self.fields[REASON + one.mark] = forms.CharField(
                label=_("Let “%(excerpt)s” pass, because") % one.finding.params,
                help_text=sentence_of(one),
                required=False,
                max_length=LONGEST_REASON,
            )

    @property
    def overruled(self) -> list[LetPass]:
        """What is let pass, with its reasons."""
        return [
            LetPass(name.removeprefix(REASON), reason)
            for name, reason in self.cleaned_data.items()
            if name.startswith(REASON) and reason
        ]
