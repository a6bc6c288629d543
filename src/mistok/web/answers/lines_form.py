"""What is said to lines of need: in full, a part, something else, or that one cannot.

The same fields stand in the answer to a letter, behind a one-time link and in an account, and in
the form that commits to a single need. `present` and answers/lines.html show them anywhere.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.needs.answers.entries import CommitmentEntry
from mistok.needs.models import Need
from mistok.web.answers.amounts import NumberField, number_of, steps_words
from mistok.web.needs.fields import whole
from mistok.web.procedure.fields import choice, day, line, text

FULL, PART, ALTERNATIVE, CANNOT = "full", "part", "alternative", "cannot"
_SHORT = ("amount", "day")
_FOLDED = ("instead", "shelf_life", "wear", "note")
LONGEST_NOTE = 2000
MOST_MONTHS = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class LineAsked:
    """One line as it is shown; `words` in `lang`, the language of the letter.

    `asked` and `open`: thousandths of the unit, of this letter and of the need today. `closed`:
    why the line takes no answer any more; empty while it does.
    """

    number: int
    need: Need
    words: str
    lang: str
    asked: int
    open: int
    facts: tuple[tuple[str, str], ...] = ()
    closed: str = ""

    @property
    def left(self) -> int:
        """What "in full" means: all that the letter asks for and nobody has committed yet."""
        return min(self.asked, self.open)

    @property
    def left_words(self) -> str:
        """The same in words; empty where nothing is left."""
        return steps_words(self.left, self.need.unit) if self.left else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineWord:
    """What is said to one line; `open` is what was open of it when it was checked."""

    line: LineAsked
    how: str
    amount: Decimal | None
    open: int
    arrives_on: dt.date | None
    instead: str
    shelf_life: int | None
    wear: int | None
    note: str

    @property
    def commits(self) -> bool:
        """Whether anything is promised."""
        return self.how in (FULL, PART, ALTERNATIVE)

    @property
    def number(self) -> Decimal:
        """For how many units of the line it counts."""
        return number_of(self.line.left) if self.how == FULL else self.amount or Decimal(0)

    @property
    def beyond(self) -> bool:
        """Whether it was more than was open when it was checked, so that it waits for a word."""
        return self.commits and self.number > number_of(self.open)

    @property
    def entry(self) -> CommitmentEntry:
        """As the service takes it."""
        return CommitmentEntry(
            number=self.number,
            unit=self.line.need.unit,
            beyond_open=self.beyond,
            instead=self.instead if self.how == ALTERNATIVE else "",
            arrives_on=self.arrives_on,
            shelf_life_months=self.shelf_life,
            wear_percent=self.wear,
            note=self.note,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFields:
    """One line with its fields, for the template."""

    line: LineAsked
    how: forms.BoundField
    short: tuple[forms.BoundField, ...]
    folded: tuple[forms.BoundField, ...]
    opened: bool


class LinesForm(forms.Form):
    """A word to each line that still takes one; a line without a word stays unanswered."""

    needed = False
    """Whether every line must have a word."""

    def __init__(self, lines: Sequence[LineAsked], data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.lines = tuple(lines)
        for one in self.open_lines:
            fields = {"how": self.how_field(one)} | _fields(one)
            self.fields |= {_name(one, part): field for part, field in fields.items()}

    def question(self) -> str:
        """What each line is asked."""
        return _("What you commit") if self.needed else _("Your word to this line")

    def how_field(self, one: LineAsked) -> forms.Field:
        """What can be said to a line."""
        field: forms.Field = choice(self.question(), _hows(one, needed=self.needed))
        field.required = self.needed
        field.error_messages["invalid_choice"] = _(
            "This cannot be said to the line any more. Look at what is still open of it."
        )
        return field

    @property
    def open_lines(self) -> list[LineAsked]:
        """Those that take an answer."""
        return [one for one in self.lines if not one.closed]

    def rows(self) -> Iterator[LineFields | LineAsked]:
        """Every line in its order: with its fields, or as it is where it takes no answer."""
        for one in self.lines:
            yield one if one.closed else self._row(one)

    def _row(self, one: LineAsked) -> LineFields:
        folded = self._bound(one, _FOLDED)
        return LineFields(
            line=one,
            how=self[_name(one, "how")],
            short=self._bound(one, _SHORT),
            folded=folded,
            opened=any(field.value() or field.errors for field in folded),
        )

    def _bound(self, one: LineAsked, parts: Sequence[str]) -> tuple[forms.BoundField, ...]:
        names = (_name(one, part) for part in parts)
        return tuple(self[name] for name in names if name in self.fields)

    def words(self) -> list[LineWord]:
        """What was said, line by line; those without a word are left out."""
        said = (self._word(one) for one in self.open_lines)
        return [word for word in said if word.how]

    def _word(self, one: LineAsked) -> LineWord:
        parts = ("how", *_SHORT, *_FOLDED)
        told = {part: self.cleaned_data.get(_name(one, part)) for part in parts}
        seen = self.data.get(_name(one, "open"), "")
        opened = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 16 else one.open
        return LineWord(
            line=replace(one, open=opened),
            how=told["how"] or "",
            amount=told["amount"],
            open=opened,
            arrives_on=told["day"],
            instead=told["instead"] or "",
            shelf_life=told["shelf_life"],
            wear=told["wear"],
            note=told["note"] or "",
        )

    def clean(self) -> dict[str, Any]:
        """What one field asks of another."""
        for one in self.open_lines:
            self._check(self._word(one))
        return self.cleaned_data

    def _check(self, word: LineWord) -> None:
        parts = (*_SHORT, *_FOLDED)
        told = [part for part in parts if self.cleaned_data.get(_name(word.line, part))]
        if told and not word.how:
            self._wrong(word, "how", _("Say how you answer this line, or empty what is below."))
        if word.how in (PART, ALTERNATIVE) and word.amount is None:
            self._wrong(word, "amount", _("Write for how much of this line it counts."))
        if word.how == ALTERNATIVE and not word.instead:
            self._wrong(word, "instead", _("Write what you would give instead."))
        if word.arrives_on and word.arrives_on < timezone.localdate():
            self._wrong(word, "day", _("This day has passed. Write the day when it will arrive."))

    def _wrong(self, word: LineWord, part: str, sentence: str) -> None:
        name = _name(word.line, part)
        if name not in self.errors:
            self.add_error(name, sentence)


def present(form: LinesForm) -> dict[str, Any]:
    """What the template answers/lines.html shows."""
    return {"form": form, "rows": list(form.rows())}


def hidden(form: forms.Form) -> list[Any]:
    """The whole form in hidden fields: what was checked is what is sent."""
    return [field.as_hidden() for field in form if field.value() not in (None, "", [])]


def seen(form: LinesForm) -> list[tuple[str, str]]:
    """What was open of each line when it was checked: names and values of hidden fields."""
    return [(_name(word.line, "open"), str(word.line.open)) for word in form.words()]


def _name(one: LineAsked, part: str) -> str:
    return f"line{one.number}-{part}"


def _hows(one: LineAsked, *, needed: bool) -> list[tuple[str, str]]:
    given = [(PART, _("a part") if one.left else _("more than is asked"))]
    if one.left:
        given.insert(0, (FULL, _("in full: %(amount)s") % {"amount": one.left_words}))
    given.append((ALTERNATIVE, _("something else instead")))
    return given if needed else [("", _("no word yet")), *given, (CANNOT, _("we cannot"))]


def _fields(one: LineAsked) -> dict[str, forms.Field]:
    only = _("Only for a part, or for something else.")
    counts = _("It counts when whoever asked accepts it.")
    fields: dict[str, forms.Field] = {
        "amount": NumberField(
            unit=one.need.unit, label=_("How much"), help_text=only, required=False
        ),
        "day": day(_("Expected to arrive"), _("As far as you know it.")),
        "instead": line(_("What you would give instead"), counts, most=400),
    }
    if one.need.shelf_life_months is not None:
        fields["shelf_life"] = whole(_("Shelf life left, in months"), most=MOST_MONTHS)
    if one.need.wear_percent is not None:
        fields["wear"] = whole(_("Wear, in percent"), most=100)
    return fields | {"note": text(_("Note to this line"), most=LONGEST_NOTE)}
