"""What somebody filled in, checked against a template and put into words of each language."""

import datetime
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from babel.numbers import is_currency

from mistok.kernel.errors import Invalid
from mistok.papers.format import LANGUAGES, Field, Slot, Template, Texts
from mistok.papers.wording import day_in_words, money_in_words, number_in_words

LONGEST: Final = {"words": 500, "place": 500, "list": 2_000, "text": 20_000}
"""In characters; longer than any paper needs, short enough to keep a machine from choking."""
MOST_ITEMS: Final = 500
_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,6})?")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile(r"[ \t]+")
_JOINERS = "\u200c\u200d"
"""Signs without width that some scripts need. Every other invisible sign is taken out, those that
turn the direction of writing above all: they could make a paper read otherwise than it is.
"""

Said = tuple[str, ...]
"""One text for each language of the paper, in its order."""
Row = Mapping[str, Said]


@dataclass(frozen=True, slots=True)
class Filled:
    """What was filled in, in words; what is empty is not there."""

    words: Mapping[str, Said]
    lists: Mapping[str, tuple[Said, ...]]
    rows: Mapping[str, tuple[Row, ...]]

    def has(self, name: str) -> bool:
        """Whether the slot holds anything."""
        return name in self.words or name in self.lists or name in self.rows


def filled(template: Template, languages: Sequence[str], slots: Mapping[str, Any]) -> Filled:
    """The slots in words of each of `languages`.

    Texts that differ by language are mappings from language to text (a plain text will do when the
    paper has one language); days are dates or ISO words; numbers are whole, Decimal or digits;
    money is `{"amount", "currency"}`; lists and rows are sequences, their empty items are passed
    over. Raises Invalid: `slot_missing`, `slot_wrong`, `slot_unknown`, `language_unknown`.
    """
    _check_names(template, slots)
    words: dict[str, Said] = {}
    lists: dict[str, tuple[Said, ...]] = {}
    rows: dict[str, tuple[Row, ...]] = {}
    for slot in template.slots:
        asked, value = _Asked(template, slot, languages), slots.get(slot.name)
        if _empty(value):
            asked.check_not_required(slot.required)
        elif slot.type == "list":
            lists[slot.name] = tuple(
                asked.at(number).said("list", slot.per_language, item)
                for number, item in asked.items(value)
            )
        elif slot.type == "rows":
            rows[slot.name] = tuple(asked.at(number).row(r) for number, r in asked.items(value))
        else:
            words[slot.name] = asked.said(slot.type, slot.per_language, value)
    return Filled(words, lists, rows)


def language_unknown(language: str, details: Mapping[str, Any]) -> Invalid:
    """The refusal of a language that papers are not made in."""
    return Invalid(
        f"Papers are not made in the language {language!r}. Languages: {', '.join(LANGUAGES)}.",
        code="language_unknown",
        details={**details, "language": language},
    )


def _check_names(template: Template, slots: Mapping[str, Any]) -> None:
    for name in sorted(set(slots) - {slot.name for slot in template.slots}):
        raise Invalid(
            f"{template.title['en']} has no slot {name!r}. Take it out, or check its name.",
            code="slot_unknown",
            details={"slot": name, "kind": template.kind},
        )


def _empty(value: object) -> bool:
    """Whether nothing was filled in: blank, or nothing but blanks inside."""
    if isinstance(value, Mapping):
        # A form sends its chosen currency also where no amount was given.
        if set(value) == {"amount", "currency"}:
            return _empty(value["amount"])
        return all(_empty(part) for part in value.values())
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, Sequence):
        return all(_empty(part) for part in value)
    return value is None


@dataclass(frozen=True, slots=True)
class _Asked:
    """One slot, or one cell of it, of one paper: what a refusal names."""

    template: Template
    slot: Slot
    languages: Sequence[str]
    row_number: int = 0
    field: Field | None = None

    def at(self, row: int) -> "_Asked":
        return _Asked(self.template, self.slot, self.languages, row)

    def items(self, value: object) -> Iterator[tuple[int, Any]]:
        """The items that hold something, each with its number from 1 on."""
        if not isinstance(value, Sequence) or isinstance(value, str | bytes):
            raise self.wrong("must be a list")
        if len(value) > MOST_ITEMS:
            raise self.wrong(f"may hold {MOST_ITEMS} lines at most")
        held = [(number, item) for number, item in enumerate(value, 1) if not _empty(item)]
        if len(held) < self.slot.least:
            raise self.wrong(f"needs {self.slot.least} lines at least")
        yield from held

    def row(self, value: object) -> Row:
        if not isinstance(value, Mapping):
            raise self.wrong("must have named fields in each row")
        names = {field.name for field in self.slot.fields}
        for name in sorted(set(value) - names):
            raise Invalid(
                f"{self._told()} has no field {name!r}. Take it out, or check its name.",
                code="slot_unknown",
                details=self._details() | {"field": name},
            )
        found = {}
        for field in self.slot.fields:
            cell = _Asked(self.template, self.slot, self.languages, self.row_number, field)
            if _empty(value.get(field.name)):
                cell.check_not_required(field.required)
            else:
                found[field.name] = cell.said(field.type, field.per_language, value[field.name])
        return found

    def said(self, kind: str, per_language: bool, value: object) -> Said:
        """One value in words of each language."""
        if kind == "date":
            day = self._day(value)
            return tuple(day_in_words(day, language) for language in self.languages)
        if kind == "number":
            number = self._number(value)
            return tuple(number_in_words(number, language) for language in self.languages)
        if kind == "money":
            amount, currency = self._money(value)
            return tuple(money_in_words(amount, currency, lang) for lang in self.languages)
        if not per_language:
            return (self._clean(kind, value),) * len(self.languages)
        if isinstance(value, str) and len(self.languages) == 1:
            return (self._clean(kind, value),)
        return self._by_language(kind, value)

    def _by_language(self, kind: str, value: object) -> Said:
        if not isinstance(value, Mapping):
            raise self.wrong("must be told in each language of the paper")
        for language in sorted(map(str, set(value) - set(LANGUAGES))):
            raise language_unknown(language, self._details())
        for language in self.languages:
            if _empty(value.get(language)):
                raise self.missing(language)
        return tuple(self._clean(kind, value[language]) for language in self.languages)

    def _clean(self, kind: str, value: object) -> str:
        """The text without signs that no paper can hold; words are one line."""
        if not isinstance(value, str):
            raise self.wrong("must be a text")
        text = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", value))
        if kind != "text":
            text = text.replace("\n", " ")
        kept = f"\n\t{_JOINERS}"
        shown = "".join(s for s in text if s in kept or unicodedata.category(s)[0] != "C")
        lines = [_BLANKS.sub(" ", line).strip() for line in shown.split("\n")]
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
        if not text:
            raise self.wrong("holds no sign that can be printed")
        if len(text) > LONGEST[kind]:
            raise self.wrong(f"may have {LONGEST[kind]} characters at most")
        return text

    def _day(self, value: object) -> datetime.date:
        if isinstance(value, datetime.date):
            return value
        try:
            return datetime.date.fromisoformat(str(value).strip())
        except ValueError as error:
            raise self.wrong("must be a day such as 2026-11-22") from error

    def _number(self, value: object) -> Decimal:
        if isinstance(value, bool | float) or not _NUMBER.fullmatch(str(value).strip()):
            raise self.wrong("must be a number in digits, with a point before decimals")
        return Decimal(str(value).strip())

    def _money(self, value: object) -> tuple[Decimal, str]:
        if not isinstance(value, Mapping) or set(value) != {"amount", "currency"}:
            raise self.wrong("must be an amount with its currency")
        amount = self._number(value["amount"])
        if not is_currency(str(value["currency"])):
            raise self.wrong("needs a currency by its code, such as EUR or UAH")
        if amount != round(amount, 2):
            raise self.wrong("may have two decimals at most")
        return amount, str(value["currency"])

    def check_not_required(self, required: bool) -> None:
        if required:
            raise self.missing("")

    def missing(self, language: str) -> Invalid:
        where = f" in the language {language}" if language else ""
        return Invalid(
            f"{self._told()} is empty{where}. Fill it in: the paper needs it.",
            code="slot_missing",
            details=self._details() | ({"language": language} if language else {}),
        )

    def wrong(self, what: str) -> Invalid:
        return Invalid(
            f"{self._told()} {what}. Correct it.", code="slot_wrong", details=self._details()
        )

    def _label(self) -> Texts:
        """The slot's label in English and Ukrainian, with the row and the field if any."""
        row = f" {self.row_number}" if self.row_number else ""
        tail = self.field.label if self.field else {"en": "", "uk": ""}
        return {
            lang: self.slot.label[lang] + row + (f", {tail[lang]}" if self.field else "")
            for lang in ("en", "uk")
        }

    def _told(self) -> str:
        return f"“{self._label()['en']}” ({self.template.title['en']})"

    def _details(self) -> dict[str, Any]:
        found: dict[str, Any] = {"kind": self.template.kind, "slot": self.slot.name}
        found["label"] = self._label()
        found |= {"row": self.row_number} if self.row_number else {}
        return found | ({"field": self.field.name} if self.field else {})
