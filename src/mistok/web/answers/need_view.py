"""A need as a giver may read it: whole for partners, as the public reads it for everybody else."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mistok.accounts.models import Office
from mistok.needs.answers import CommitmentEntry, sees_in_full, warnings
from mistok.needs.answers.warning import Warning as Told
from mistok.needs.lifecycle import LIVING_NEEDS
from mistok.needs.lines import open_to_public, words_of, words_of_projection
from mistok.needs.models import Need, Publication
from mistok.needs.models.lines import STEPS_PER_UNIT
from mistok.web.answers.amounts import number_of
from mistok.web.answers.letter_view import need_facts
from mistok.web.answers.lines_form import LineAsked
from mistok.web.answers.words import place_of
from mistok.web.cards import PlaceCard
from mistok.web.needs.cards import span_words
from mistok.web.needs.facts import public_facts
from mistok.web.needs.words import priority_of, state_of, thing_of
from mistok.web.words import lang, stated_words

TELLS_NOTHING = frozenset({"shelf_life", "worn", "licence", "unit_differs", "unit_unclear"})
"""Warnings that rest on nothing but the line as everybody reads it."""


@dataclass(frozen=True, slots=True)
class NeedView:
    """A need with what its reader may know: all, or the last publication and nothing else."""

    need: Need
    in_full: bool
    publication: Publication | None = None

    @classmethod
    def of(cls, need: Need, reader: Office | None, *, asker: bool = False) -> "NeedView":
        """As an office reads it; `asker`: it is read for the side that asked."""
        if asker or (reader is not None and sees_in_full(reader, need)):
            return cls(need, True)
        return cls(need, False, need.publications.order_by("-approved_at", "-pk").first())

    @property
    def told(self) -> Mapping[str, Any] | None:
        """What the public reads of it, for who reads no more."""
        return self.publication.projection if self.publication else None

    @property
    def place(self) -> PlaceCard:
        """The municipality, or the region where no more may be told."""
        if self.in_full:
            return place_of(self.need.place)
        return place_of(self.told["place"] if self.told else f"iso:{self.need.country}")

    @property
    def thing(self) -> str:
        """What is needed, without how much."""
        if self.in_full:
            return thing_of(self.need.item, self.need.text)
        return thing_of(self.told["item"], self.told["text"]) if self.told else _("a need")

    def words(self, steps: int | None = None) -> str:
        """How much of what; `steps` instead of all that is asked."""
        if self.in_full:
            return words_of(self.need, lang(), steps=steps)
        if self.told is None:
            return _("a need that is no longer shown")
        number = {} if steps is None else {"asked": str(number_of(steps))}
        return words_of_projection({**self.told, **number}, lang())

    @property
    def line(self) -> LineAsked:
        """As one line of a form."""
        asked, left = self.need.asked, self.need.still_open
        facts = need_facts(self.need) if self.in_full else public_facts(self.told or {})
        if self.publication is not None:
            asked = int(Decimal(self.publication.projection["asked"]) * STEPS_PER_UNIT)
            left = int(open_to_public(self.publication) * STEPS_PER_UNIT)
        over = "" if self.need.state in LIVING_NEEDS else _("Nothing is asked of it any more.")
        return LineAsked(
            number=1,
            need=self.need,
            words=self.words(),
            lang=lang(),
            asked=asked,
            open=left,
            facts=tuple(facts),
            closed=over,
        )

    def head(self) -> dict[str, Any]:
        """What the head of a page about it shows."""
        priority = self.need.priority if self.in_full or not self.told else self.told["priority"]
        return {
            "need": self.need,
            "place": self.place,
            "words": self.words(),
            "need_url": reverse("needs:need", args=[self.need.public_id]),
            "state": state_of(self.need) if self.in_full else None,
            "priority": priority_of(priority),
        }

    def warnings(self, entry: CommitmentEntry, giver: Office | None, *, own: str = "") -> list[str]:
        """What to know before one commits, as far as the reader may know it.

        `own`: the giver's name, where no office acts: what it gave itself is no news to it.
        """
        found = warnings(self.need, entry, giver=giver)
        found = tuple(one for one in found if not own or one.params.get("who") != own)
        if self.in_full:
            return [warning_words(one) for one in found]
        told = [warning_words(one) for one in found if one.code in TELLS_NOTHING]
        return [*self._late(entry), *told]

    def _late(self, entry: CommitmentEntry) -> list[str]:
        """The same of the day, which the public knows as a month or quarter."""
        span = str(self.told["needed_by"]) if self.told else ""
        if (
            not span
            or entry.arrives_on is None
            or not _is_after(entry.arrives_on.isoformat(), span)
        ):
            return []
        return [_("It arrives after it is needed: %(when)s.") % {"when": span_words(span)}]


def _is_after(day: str, span: str) -> bool:
    """Whether a day lies after a month ("2026-12") or a quarter ("2026-Q4")."""
    year, quarter, number = span.partition("-Q")
    last = f"{year}-{int(number) * 3:02d}" if quarter else span
    return day[: len(last)] > last


def warning_words(warning: Told) -> str:
    """A warning with its days written out."""
    days = {
        name: stated_words(str(warning.params[name]))
        for name in ("arrives", "day")
        if name in warning.params
    }
    return str(replace(warning, params={**warning.params, **days}).sentence)


def grouped(texts: list[str]) -> list[dict[str, Any]]:
    """Warnings about one line, as the page that checks shows them."""
    return [{"about": "", "texts": texts}] if texts else []
