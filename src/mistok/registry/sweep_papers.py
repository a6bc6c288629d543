"""Drafts that end ties with aggressor states: resolution and notice, filled from the record.

Public facts only, so anybody may have them. What is not known stands as a blank ("____") where the
paper asks for it, and is left out where it does not: nothing is invented.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from django.utils.translation import gettext as _

from mistok.kernel.dates import PartialDate
from mistok.kernel.errors import Conflict, Invalid
from mistok.papers import Paper, compose, to_docx, to_pdf
from mistok.papers.composing import Piece
from mistok.papers.filling import Said
from mistok.papers.wording import day_in_words
from mistok.registry.aggressors import AGGRESSOR_STATES
from mistok.registry.correspondence import language_of
from mistok.registry.gazetteer import the_world
from mistok.registry.lifecycle import ENDED
from mistok.registry.models import Instrument, Municipality, Tie
from mistok.registry.paper_states import PaperState
from mistok.registry.sweep import can_be_ended, renamings_of

MOST_TIES = 50
FORMS = ("pdf", "docx")
SWEPT = frozenset(state.country for state in AGGRESSOR_STATES)
FORBIDDEN = frozenset(state.country for state in AGGRESSOR_STATES if state.refused)
_GONE = (PaperState.TERMINATED, PaperState.EXPIRED, PaperState.SUPERSEDED)
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_NO_DAY = dt.date(9999, 12, 31)
"""Stands where a paper wants a day that nobody knows; a blank takes its place."""


def council_of(tie: Tie, key: str = "") -> Municipality:
    """The party that decides: the one of this key, else a Ukrainian one, else the first outside.

    Raises Invalid (`not_swept`, `not_a_party`) and Conflict (`nothing_to_end`).
    """
    seats = [seat.municipality for seat in tie.parties.all()]
    councils = [row for row in seats if row.country not in SWEPT]
    if len(councils) == len(seats) or not councils:
        raise Invalid(
            _("Drafts are made for ties with municipalities of Russia and Belarus, from outside."),
            code="not_swept",
        )
    if not can_be_ended(tie):
        raise Conflict(_why_not(tie), code="nothing_to_end", details={"state": tie.state})
    if not key:
        return next((row for row in councils if row.country == "UA"), councils[0])
    found = next((row for row in councils if row.key == key), None)
    if found is None:
        raise Invalid(
            _(
                "This municipality is no party to the tie, or lies in an aggressor state. Choose "
                "a council that can decide on it."
            ),
            code="not_a_party",
            details={"key": key[:40], "tie": tie.public_id},
        )
    return found


def resolution(ties: Sequence[Tie], council: str = "") -> Paper:
    """One draft act of one council that ends all these ties, in the council's language.

    Raises Invalid (`nothing_chosen`, `too_many_ties`) and what `council_of` raises for each tie.
    """
    if not ties:
        raise Invalid(
            _("No tie is chosen. Go back and tick the ties that the act shall end."),
            code="nothing_chosen",
        )
    if len(ties) > MOST_TIES:
        raise Invalid(
            _("One draft ends %(most)s ties at most. Choose fewer.") % {"most": MOST_TIES},
            code="too_many_ties",
        )
    own = council_of(ties[0], council)
    for tie in ties[1:]:
        council_of(tie, own.key)
    languages = (language_of(own.country),)
    forbidden = own.country == "UA" and any(_partners(tie, FORBIDDEN) for tie in ties)
    blanks = _words()["blanks"]
    reasons = [_words()["aggressor_reason"]] if forbidden else []
    if not forbidden or any(_partners(tie, SWEPT - FORBIDDEN) for tie in ties):
        reasons.append(blanks["reason"])
    slots: dict[str, Any] = {
        "council": _framed("council", own, languages),
        "place": _name(own, languages),
        "reasons": reasons,
        "grounds": [{"act": blanks["act"]}],
        "ties": [row for tie in ties for row in _tie_rows(tie, own, languages)],
        "mode": _words()["mode"],
        "notifier": blanks["who"],
        "control_by": blanks["who"],
        "signatory_office": blanks["office"],
        "signatory": blanks["name"],
    }
    if forbidden:
        slots["aggressor_state"] = _country("RU", languages)
    return _with_blanks(compose("termination_resolution", languages, _in(slots, languages)))


def notice(tie: Tie, council: str = "") -> Paper:
    """The draft of the letter to the partner, in the council's language and the partner's.

    English stands in for a language in which papers are not made. Raises as `council_of`.
    """
    own = council_of(tie, council)
    partner = _partners(tie, SWEPT)[0]
    languages = tuple(
        dict.fromkeys((language_of(own.country), language_of(partner.country), "en"))
    )[:2]
    blanks = _words()["blanks"]
    papers = [_titled(paper) for paper in _papers(tie)] or [{"title": blanks["paper"]}]
    others = [row for row in _councils(tie) if row.pk != own.pk]
    slots: dict[str, Any] = {
        "sender_name": _name(own, languages),
        "sender_authority": _framed("council", own, languages),
        "addressee_office": _framed("addressee", partner, languages),
        "papers": papers,
        "mode": _words()["mode"],
        "effective_on": _NO_DAY,
        "grounds": [{"act": blanks["act"]}],
        "reason": blanks["reason"],
        "other_parties": [_name(row, languages) for row in others],
        "salutation": blanks["salutation"],
        "contact_mail": _words()["blank"],
        "contact_unit": blanks["unit"],
        "signatory_office": blanks["office"],
        "signatory": blanks["name"],
    }
    return _with_blanks(compose("termination_notice", languages, _in(slots, languages)))


@lru_cache(maxsize=64)
def rendered(paper: Paper, form: str) -> bytes:
    """The paper as a file; the same paper is made once. Raises Invalid (`form_unknown`)."""
    if form not in FORMS:
        raise Invalid(_("Drafts are made as PDF and as DOCX. Choose one."), code="form_unknown")
    return to_pdf(paper) if form == "pdf" else to_docx(paper)


def _why_not(tie: Tie) -> str:
    if tie.state in ENDED:
        return _("This tie has ended already: there is nothing more to decide. Keep the act.")
    return _("Nothing says that this tie was in force, so no act can end it. Give the plan up.")


def _councils(tie: Tie) -> list[Municipality]:
    rows = [seat.municipality for seat in tie.parties.all()]
    return [row for row in rows if row.country not in SWEPT]


def _partners(tie: Tie, countries: frozenset[str]) -> list[Municipality]:
    rows = [seat.municipality for seat in tie.parties.all()]
    return [row for row in rows if row.country in countries]


def _tie_rows(tie: Tie, own: Municipality, languages: Sequence[str]) -> Iterator[dict[str, Any]]:
    """A row for each partner and paper, or for a tie of which no paper is known."""
    others = [row for row in _councils(tie) if row.pk != own.pk]
    for partner in _partners(tie, SWEPT):
        row: dict[str, Any] = {
            "partner": _partner(partner, tie, languages),
            "country": _country(partner.country, languages),
        }
        if others:
            named = [_name(other, languages) for other in others]
            row["other_parties"] = {
                lang: ", ".join(name[lang] for name in named) for lang in languages
            }
        papers = _papers(tie)
        yield from ({**row, **_titled(paper, "paper")} for paper in papers)
        if not papers:
            yield row


def _papers(tie: Tie) -> list[Instrument]:
    """The papers of the tie that stand, as public sources name them."""
    return [paper for paper in tie.instruments.all() if paper.state not in _GONE]


def _titled(paper: Instrument, slot: str = "title") -> dict[str, Any]:
    """What kind of paper it is and, where the very day is known, its date."""
    date = PartialDate.parse_or_none(paper.signed)
    titles = _words()["papers"]
    told: dict[str, Any] = {slot: titles.get(paper.kind, titles["agreement"])}
    if date is not None and date.precision == "day" and not date.bound:
        told["date"] = date.earliest
    return told


def _name(row: Municipality, languages: Sequence[str]) -> dict[str, str]:
    return {lang: row.name_in(lang) for lang in languages}


def _partner(row: Municipality, tie: Tie, languages: Sequence[str]) -> dict[str, str]:
    """The name in each language; beside it the one that the tie's papers may still have."""
    names = _name(row, languages)
    for one in renamings_of(row, tie)[-1:]:
        cyrillic = bool(_CYRILLIC.search(one.former))
        for lang in languages:
            # A name in letters of another script would be no help in an official text.
            if cyrillic == (lang == "uk"):
                frame = _words()["formerly"][lang]
                names[lang] = frame.format(name=names[lang], former=one.former)
    return names


def _framed(frame: str, row: Municipality, languages: Sequence[str]) -> dict[str, str]:
    return {lang: _words()[frame][lang].format(name=row.name_in(lang)) for lang in languages}


def _country(code: str, languages: Sequence[str]) -> dict[str, str]:
    return {lang: the_world().country_name(code, lang) for lang in languages}


def _in(value: Any, languages: Sequence[str]) -> Any:
    """Texts that are there in all five languages, cut to those of the paper."""
    if isinstance(value, dict):
        if set(languages) <= set(value):
            return {lang: value[lang] for lang in languages}
        return {key: _in(part, languages) for key, part in value.items()}
    return [_in(part, languages) for part in value] if isinstance(value, list) else value


def _with_blanks(paper: Paper) -> Paper:
    """The paper with a blank in the place of the day that nobody knows."""
    days = [day_in_words(_NO_DAY, language) for language in paper.languages]
    blank = str(_words()["blank"])

    def cleared(said: Said) -> Said:
        pairs = zip(said, days, strict=True) if said else ()
        return tuple(text.replace(day, blank) for text, day in pairs)

    def piece(one: Piece) -> Piece:
        cells = tuple(tuple(cleared(cell) for cell in row) for row in one.cells)
        return replace(one, texts=cleared(one.texts), cells=cells)

    return replace(paper, pieces=tuple(piece(one) for one in paper.pieces))


@cache
def _words() -> Mapping[str, Any]:
    file = resources.files("mistok.registry") / "data" / "sweep_papers.json"
    found: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found
