"""The form of one event: what it asks, and the office's words made of the answers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from mistok.provenance.values import TieEvent
from mistok.registry.guarding import Counterpart
from mistok.registry.life import Life
from mistok.registry.lifecycle import Guard
from mistok.registry.projection import STARTS
from mistok.registry.terms import paper_reference
from mistok.registry.words import MINISTRY as MINISTRY_NAME
from mistok.web.living.events import EVENTS, PAPERS
from mistok.web.living.fields import (
    MINISTRY,
    OTHER,
    PARTS,
    VOTES,
    Ground,
    Part,
    paper_name,
    votes_text,
    with_whom,
)
from mistok.web.words import lang, stated_words

PLAIN = (
    "act_number",
    "sitting",
    "ground",
    "instrument",
    "supersedes",
    "mode",
    "place",
    "effective_on",
    "end_date",
    "renewal",
    "review_date",
    "ending",
    "reason",
    "notice",
    "notice_on",
    "date",
)
"""Answers that are told as they stand."""


def ground_of(life: Life) -> Ground:
    """What the forms of a tie start from."""
    papers = [
        (fact.event.instrument or "agreement", fact.event.date)
        for fact in life.known.real
        if fact.event.event in STARTS and (fact.event.instrument or fact.event.event == "signed")
    ]
    return Ground(
        parties=life.known.parties,
        kind=life.known.view.kind,
        papers=tuple(
            (paper_reference(kind, date), paper_name(kind, stated_words(date)))
            for kind, date in dict.fromkeys(papers)
        ),
    )


class EventForm(forms.Form):
    """Everything that one event asks, in parts with headings."""

    def __init__(self, event: str, ground: Ground, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.event, self.ground = event, ground
        self._parts: list[tuple[Part, list[str]]] = []
        for part in (PARTS[name] for name in EVENTS[event].parts):
            fields = part.make(ground)
            if "instrument" in fields and event in PAPERS:
                fields |= with_whom()
            self.fields.update(fields)
            self._parts.append((part, list(fields)))

    @property
    def parts(self) -> list[tuple[Part, list[BoundField]]]:
        """Parts with the fields under their headings."""
        return [
            (part, [self[name] for name in names if name in self.fields])
            for part, names in self._parts
        ]

    def clean(self) -> dict[str, Any]:
        """Counts that were told must be whole; a body that is another must be named."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        counts = [told.get(f"votes_{name}") for name in VOTES]
        if any(one is not None for one in counts):
            for name in list(VOTES)[:3]:
                field = f"votes_{name}"
                if told.get(field) is None and field not in self.errors:
                    self.add_error(field, _("Write 0 where nobody voted so."))
        if told.get("body") == OTHER and not told.get("body_other"):
            self.add_error("body_other", _("Write the name of the body that acted."))
        if told.get("signed_by") == "some" and not self._signatures():
            self.add_error("signed_by", _("Tick below who has signed."))
        return told

    def told(self) -> TieEvent:
        """The office's words. Raises Invalid for a text that is too long."""
        told = self.cleaned_data
        body, kind = self._body()
        return TieEvent(
            event=self.event,
            kind=told.get("kind") or self.ground.kind,
            planned=told.get("planned", False),
            body=body,
            body_kind=kind,
            votes=votes_text([told.get(f"votes_{name}") for name in VOTES]),
            total=str(told.get("total") or ""),
            fields=tuple(sorted(told.get("fields", ()))),
            signatures=self._signatures(),
            signatures_needed=str(told.get("signatures_needed") or ""),
            note={lang(): told["note"]} if told.get("note") else {},
            **{name: told[name] for name in PLAIN if told.get(name)},
        )

    @property
    def declared(self) -> frozenset[Guard]:
        """What the office vouches for."""
        return frozenset(g for g in Guard if self.cleaned_data.get(f"declared_{g}"))

    @property
    def counterpart(self) -> Counterpart:
        """With whom the paper is made."""
        return Counterpart(self.cleaned_data.get("counterpart") or Counterpart.AUTHORITY)

    def _body(self) -> tuple[str, str]:
        told = self.cleaned_data
        body, kind = told.get("body", ""), told.get("body_kind", "")
        if body == MINISTRY:
            return MINISTRY_NAME, "ministry"
        if body == OTHER:
            return told["body_other"], kind
        return body, kind

    def _signatures(self) -> tuple[dict[str, str], ...]:
        """Signatures one by one; none where all signed on the day of the event."""
        told = self.cleaned_data
        if told.get("signed_by") != "some":
            return ()
        found: Sequence[dict[str, str]] = [
            {
                "party": party.key,
                "date": told.get(f"signed_on_{number}") or "",
                "person": told.get(f"person_{number}") or "",
            }
            for number, party in enumerate(self.ground.parties)
            if told.get(f"signed_{number}")
        ]
        return tuple({part: text for part, text in one.items() if text} for one in found)
