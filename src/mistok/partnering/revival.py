"""The revival kit of a sleeping tie: a first message, what both could do, a check-list.

The message is a draft for people to change: it holds facts of the registry only, in the languages
of the sides, and a blank where the name of the writer belongs. Texts: `data/revival.json`.
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from babel.dates import format_date
from django.utils.translation import gettext as _
from django.utils.translation import override

from mistok.kernel.dates import PartialDate
from mistok.kernel.errors import Conflict, NotAllowed, NotFound
from mistok.matching.declared import Profile
from mistok.papers.wording import LOCALES, day_in_words, joined
from mistok.partnering.profiles.policies import Editor
from mistok.partnering.profiles.selectors import profile_for_search
from mistok.partnering.profiles.vocabulary import FIELDS, NEEDS
from mistok.registry.aggressors import AGGRESSOR_STATES
from mistok.registry.correspondence import language_of
from mistok.registry.lifecycle import ENDED, TieState
from mistok.registry.models import Municipality, Tie
from mistok.registry.selectors import dossier
from mistok.registry.sleeping import WATCHED, Sleeper, sleepers

OWN_WORDS = ("en", "uk")
"""Languages of the vocabulary of profiles; the others' words are in the data file."""


@dataclass(frozen=True, slots=True)
class Idea:
    """One thing that both could do: `kind` is both, gives, helps or once; keys of the sides."""

    kind: str
    codes: tuple[str, ...]
    giver: str = ""
    taker: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the message, or items of a list."""

    text: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """The first message in one language."""

    language: str
    subject: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Kit:
    """Everything that helps one side to write to the others again."""

    sleeper: Sleeper
    sender: Municipality
    others: tuple[Municipality, ...]
    drafts: tuple[Draft, ...]
    ideas: tuple[Idea, ...]
    undeclared: tuple[Municipality, ...]
    check: tuple[Mapping[str, str], ...]


def revival_kit(tie: Tie, today: dt.date, *, editor: Editor, sender: str = "") -> Kit:
    """The kit for one side of a tie, by its key; a Ukrainian side unless told.

    Raises Conflict (`tie_ended`, `tie_suspended`, `tie_not_begun`), NotAllowed
    (`aggressor_state`), NotFound (`not_a_party`).
    """
    check_revivable(tie)
    seats = [seat.municipality for seat in tie.parties.all()]
    own = _sender(seats, sender)
    others = tuple(row for row in seats if row.pk != own.pk)
    (sleeper,) = sleepers([tie], today)
    known = {row.key: profile_for_search(row.key, editor) for row in seats}
    profiles = {key: profile for key, profile in known.items() if profile is not None}
    found = (*ideas(own.key, [row.key for row in others], profiles), *_earlier(tie))
    languages = dict.fromkeys(language_of(row.country) for row in (own, *others))
    return Kit(
        sleeper=sleeper,
        sender=own,
        others=others,
        drafts=tuple(_draft(language, sleeper, own, others, found) for language in languages),
        ideas=found,
        undeclared=tuple(row for row in seats if row.key not in profiles),
        check=tuple(_data()["check"]),
    )


def check_revivable(tie: Tie) -> None:
    """Refuse to wake what is not asleep but stopped, ended, never begun, or not to be kept."""
    swept = {state.country for state in AGGRESSOR_STATES}
    if any(seat.municipality.country in swept for seat in tie.parties.all()):
        raise NotAllowed(
            _(
                "Ties with municipalities of Russia and Belarus are not taken up again here. The "
                "sweep says what can be done with this one."
            ),
            code="aggressor_state",
        )
    if tie.state in ENDED:
        raise Conflict(
            _("This tie has ended. It is not woken but begun anew: look for it as a new partner."),
            code="tie_ended",
        )
    if tie.state == TieState.SUSPENDED:
        raise Conflict(
            _(
                "This tie is suspended, which is no sleep: it was stopped by a decision, and only "
                "a decision lets it go on. Put its review on the agenda."
            ),
            code="tie_suspended",
        )
    if tie.state not in WATCHED:
        raise Conflict(
            _("This tie has not been signed yet, so there is nothing to wake. Carry it on."),
            code="tie_not_begun",
        )


def ideas(own: str, others: Sequence[str], profiles: Mapping[str, Profile]) -> Iterator[Idea]:
    """What the own side and each of the others could do, by what both have declared."""
    mine = profiles.get(own)
    for key in others:
        theirs = profiles.get(key)
        if mine is None or theirs is None:
            continue
        pairs = (
            ("both", "", "", mine.wanted & theirs.wanted),
            ("gives", own, key, mine.offered & theirs.wanted),
            ("gives", key, own, theirs.offered & mine.wanted),
            ("helps", own, key, mine.offers & theirs.needs),
            ("helps", key, own, theirs.offers & mine.needs),
        )
        for kind, giver, taker, codes in pairs:
            if codes:
                yield Idea(kind, tuple(sorted(codes)), giver, taker)


def word(code: str, language: str) -> str:
    """A field or need in one of the five languages."""
    if language not in OWN_WORDS:
        return str(_data()["words"][code][language])
    with override(language):
        return str(FIELDS.get(code) or NEEDS[code])


def date_in(date: PartialDate, language: str) -> str:
    """A date as exact as it is stated, in one of the five languages."""
    day = dt.date(date.year, date.month or 1, date.day or 1)
    if date.precision == "day":
        told = day_told(day, language)
    elif date.precision == "month":
        told = format_date(day, "LLLL y", locale=LOCALES[language])
    else:
        told = str(date.year)
    return str(_data()["bounds"][date.bound][language]).format(told) if date.bound else told


def day_told(day: dt.date, language: str) -> str:
    """A day in words for a text that people copy: with plain blanks."""
    return day_in_words(day, language).replace("\u00a0", " ")


def idea_told(idea: Idea, names: Mapping[str, str], language: str) -> str:
    """An idea as a sentence for people of one language; `names` of the sides by key."""
    words = joined([word(code, language) for code in idea.codes], language)
    giver, taker = names.get(idea.giver, ""), names.get(idea.taker, "")
    frame = str(_data()["ideas"][idea.kind][language])
    return frame.format(words=words, giver=giver, taker=taker)


def _sender(seats: Sequence[Municipality], key: str) -> Municipality:
    if not key:
        return next((row for row in seats if row.country == "UA"), seats[0])
    for row in seats:
        if row.key == key:
            return row
    raise NotFound(
        _("This municipality is no party to the tie. Choose one of its parties."),
        code="not_a_party",
        details={"key": key[:40]},
    )


def _earlier(tie: Tie) -> Iterator[Idea]:
    """What sources say that the tie was about, as far as we have the words in all languages."""
    alias = _data()["earlier"]
    named = {field for fact in dossier(tie=tie).facts for field in fact.event.fields}
    codes = {code for field in named if (code := alias.get(field, field)) in FIELDS}
    if codes:
        yield Idea("once", tuple(sorted(codes)))


def _draft(
    language: str,
    sleeper: Sleeper,
    own: Municipality,
    others: Sequence[Municipality],
    found: Sequence[Idea],
) -> Draft:
    names = {row.key: row.name_in(language) for row in (own, *others)}
    slots = _slots(sleeper, language) | {
        "own": own.name_in(language),
        "others": joined([row.name_in(language) for row in others], language),
    }
    slots["ideas"] = "yes" if found else ""
    subject, paragraphs = "", list[Paragraph]()
    for block in _data()["message"]:
        if not slots.get(block.get("needs", "own")):
            continue
        text = str(block["text"][language])
        if block["part"] == "subject":
            subject = text.format_map(slots)
        elif block["part"] == "ideas":
            paragraphs.append(
                Paragraph("", tuple(idea_told(idea, names, language) for idea in found))
            )
        elif block["part"] == "fact":
            _add_item(paragraphs, text.format_map(slots))
        else:
            paragraphs.append(Paragraph(text.format_map(slots)))
    return Draft(language, subject, tuple(paragraphs))


def _add_item(paragraphs: list[Paragraph], text: str) -> None:
    """Facts that follow one another are items of one list."""
    last = paragraphs[-1]
    if last.items:
        paragraphs[-1] = Paragraph("", (*last.items, text))
    else:
        paragraphs.append(Paragraph("", (text,)))


def _slots(sleeper: Sleeper, language: str) -> dict[str, str]:
    """Facts of the tie in words; what is not known is empty, and its line is left out."""
    coming, last = sleeper.dormancy.anniversary, sleeper.last
    data = _data()
    slots = {
        "kind": data["kinds"].get(sleeper.tie.kind, {}).get(language, ""),
        "since": date_in(sleeper.began, language) if sleeper.began else "",
        "signers": _signers(sleeper.tie),
        "event": data["events"][last.event.event][language] if last else "",
        "last": date_in(last.placed, language) if last and last.placed else "",
        "anniversary": day_told(coming.on, language) if coming else "",
        "years": str(coming.years) if coming else "",
    }
    return slots | {"facts": "".join(slots.values())}


def _signers(tie: Tie) -> str:
    """Who signed, as public sources name them, each once."""
    facts = [fact for fact in dossier(tie=tie).facts if fact.event.event == "signed"]
    hands = [hand.get("person", "") for fact in facts for hand in fact.event.signatures]
    return ", ".join(dict.fromkeys(name for name in hands if name))


@cache
def _data() -> Mapping[str, Any]:
    file = resources.files("mistok.partnering") / "data" / "revival.json"
    found: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found
