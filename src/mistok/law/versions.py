"""What other rooms get of a rule: the version in force, and a deadline that it sets."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields

from mistok.kernel.deadlines import days_left
from mistok.law.models import Rule

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleInForce:
    """One version of a rule, as plain values. `version` is what a deadline is stored with.

    `unit` is `calendar`, `working`, `months` or `none`; `value` is none where nobody has told it
    or where each decision sets it (`set_by`). With unit `none`, `measure` says what is counted.
    """

    version: str
    code: str
    value: int | None
    unit: str
    measure: str
    bound: str
    tells: str
    set_by: str
    rolls: bool
    rolls_standing: str
    effective_from: str
    first_day: dt.date | None
    effective_to: str
    last_day: dt.date | None
    jurisdiction: str
    number: str
    article: str
    act_date: str
    source: str
    source_title: str
    source_date: str
    url: str
    more_sources: tuple[Texts, ...]
    standing: str
    origin: str
    titles: Texts
    starts: Texts
    effects: Texts
    notes: Texts
    acts: Texts

    @classmethod
    def of(cls, row: Rule) -> "RuleInForce":
        """The values of a row."""
        same = {
            field.name: getattr(row, field.name)
            for field in fields(cls)
            if field.name not in ("version", "more_sources")
        }
        return cls(version=row.public_id, more_sources=tuple(row.more_sources), **same)

    def title(self, lang: str = "en") -> str:
        """What the rule is about, in the language or else in English."""
        return _text(self.titles, lang)

    def start(self, lang: str = "en") -> str:
        """The event from which the term is counted; in Ukrainian in the genitive."""
        return _text(self.starts, lang)

    def effect(self, lang: str = "en") -> str:
        """What happens at the end of the term."""
        return _text(self.effects, lang)

    def note(self, lang: str = "en") -> str:
        """What to keep in mind; empty where there is nothing."""
        return _text(self.notes, lang)

    def act_named(self, lang: str = "en") -> str:
        """The act by its name, without number; empty where the source names none."""
        return _text(self.acts, lang)

    @property
    def act(self) -> str:
        """The act's name in English."""
        return self.act_named("en")

    @property
    def country(self) -> str:
        """The one country in which the rule holds; empty for several, a union, or our own."""
        single = len(self.jurisdiction) == 2 and self.jurisdiction.isupper()
        return self.jurisdiction if single and self.jurisdiction != "EU" else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A day computed once from a rule (D8-02): store it with `rule.version`, never recompute.

    `counted` is the last day of the term as counted; `due_on` differs from it only where the
    rule moves a day that is not worked to the next one.
    """

    code: str
    start: dt.date
    due_on: dt.date
    counted: dt.date
    country: str
    rule: RuleInForce

    @property
    def version(self) -> str:
        """The rule's version."""
        return self.rule.version

    def days_left(self, today: dt.date) -> int:
        """Calendar days until it is due; negative when it has passed."""
        return days_left(self.due_on, today)


def _text(texts: Texts, lang: str) -> str:
    return texts.get(lang) or texts.get("en", "")


def precedence(row: Rule) -> tuple[dt.date, bool, int]:
    """Which of several versions holds: the greatest of those that have begun.

    The later first day; then what an administrator added; then what came later.
    """
    return (row.first_day or dt.date.min, row.origin == Rule.Origin.ADMINISTRATOR, row.pk)
