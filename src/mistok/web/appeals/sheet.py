"""What stands in the form of a letter, as it was typed: nothing of it is lost by a mistake.

Names of fields: `title`, `need` (public ids), `amount.<need>`, `to` (places), `other` (places that
are no partners), `language.<place>` and its like, `situation.uk`, `recipient_code`, `valid_until`.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from mistok.kernel.errors import Invalid
from mistok.kernel.ids import is_place_key
from mistok.needs.appeals import AddresseeEntry, AppealEntry, LineEntry
from mistok.needs.items import convert
from mistok.needs.models import Need
from mistok.papers import LANGUAGES
from mistok.web.needs.fields import read_amount
from mistok.web.needs.sentences import told

OF_ADDRESSEE = ("language", "tie", "greeted_as", "gender", "person", "email", "name")
WORDS = (
    "situation",
    "users",
    "recipient",
    "papers",
    "contact_person",
    "sender_authority",
    "sender_seat",
)
OWN_TEXTS = ("contact_unit", "signatory", "signatory_office")
PLAIN = ("recipient_code", "contact_mail", "contact_phone")
REGISTRATION = "recipient_registration"
HOME = "uk"
"""The language of the offices that ask."""
CYRILLIC = re.compile("[\u0400-\u04ff]")
MOST_OTHERS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The fields by name; the chosen needs and places in their order; other places offered."""

    values: Mapping[str, str] = field(default_factory=dict)
    needs: Sequence[str] = ()
    places: Sequence[str] = ()
    others: Sequence[str] = ()
    shown: str = ""

    def value(self, name: str) -> str:
        """What stands in a field; empty for nothing."""
        return self.values.get(name, "")

    def languages(self, usual: Mapping[str, str]) -> list[str]:
        """Of the texts: Ukrainian, in which every letter stands, then those of the addressees.

        `usual`: the language of a place, where none is told.
        """
        told = {self.value(f"language.{key}") or usual.get(key, "") for key in self.places}
        return [code for code in LANGUAGES if code == HOME or code in told]


def from_entry(
    entry: AppealEntry, lines: Sequence[LineEntry], addressees: Sequence[AddresseeEntry]
) -> Sheet:
    """A letter as its form shows it."""
    values = {"title": entry.title, **{name: getattr(entry, name) for name in PLAIN}}
    values["valid_until"] = entry.valid_until.isoformat() if entry.valid_until else ""
    texts = {name: entry.words.get(name, {}) for name in WORDS}
    texts |= {name: getattr(entry, name) for name in OWN_TEXTS}
    for name, told_in in texts.items():
        values |= {f"{name}.{code}": text for code, text in told_in.items()}
    values[REGISTRATION] = next(iter(entry.words.get(REGISTRATION, {}).values()), "")
    for line in lines:
        amount = "" if line.amount is None else f"{line.amount.normalize():f}"
        values[f"amount.{line.need.public_id}"] = amount
    for one in addressees:
        values |= {f"{name}.{one.place}": getattr(one, name) for name in OF_ADDRESSEE}
        # What the record keeps may be the name in another alphabet; here it is asked in Ukrainian.
        values[f"name.{one.place}"] = one.name if CYRILLIC.search(one.name) else ""
    places = [one.place for one in addressees]
    needs = [line.need.public_id for line in lines]
    return Sheet(values=values, needs=needs, places=places, others=places)


def from_post(data: QueryDict) -> Sheet:
    """The form as it was sent, with the place that was added to it."""
    kept = {name: _clean(data.get(name, "")) for name in data if _is_field(name)}
    added = [data.get("add", "")] if "add" in data else []
    others = [key for key in [*data.getlist("other"), *added] if is_place_key(key)]
    return Sheet(
        values=kept,
        needs=list(dict.fromkeys(map(_clean, data.getlist("need")))),
        places=list(dict.fromkeys(map(_clean, [*data.getlist("to"), *added]))),
        others=list(dict.fromkeys(others))[:MOST_OTHERS],
        shown=data.get("shown", ""),
    )


def _clean(text: str) -> str:
    """Without what no person types and PostgreSQL does not take."""
    return text.replace("\x00", "").strip()


def _is_field(name: str) -> bool:
    first = name.partition(".")[0]
    return first in {
        "title",
        "amount",
        "valid_until",
        REGISTRATION,
        *PLAIN,
        *OF_ADDRESSEE,
        *WORDS,
        *OWN_TEXTS,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What the form says, as the services take it; `wrong` by field what cannot be read."""

    entry: AppealEntry
    lines: tuple[LineEntry, ...]
    addressees: tuple[AddresseeEntry, ...]
    wrong: Mapping[str, str]


def written(sheet: Sheet, needs: Mapping[str, Need]) -> Written:
    """The sheet as entries. `needs`: those that may be asked for, by public id."""
    wrong: dict[str, str] = {}
    entry = AppealEntry(
        title=sheet.value("title"),
        words=_words(sheet),
        recipient_code=sheet.value("recipient_code"),
        contact_mail=sheet.value("contact_mail"),
        contact_phone=sheet.value("contact_phone"),
        contact_unit=_texts(sheet, "contact_unit"),
        signatory=_texts(sheet, "signatory"),
        signatory_office=_texts(sheet, "signatory_office"),
        valid_until=_day(sheet.value("valid_until"), wrong),
    )
    lines = [_line(sheet, needs[one], wrong) for one in sheet.needs if one in needs]
    addressees = tuple(
        AddresseeEntry(place=key, **{name: sheet.value(f"{name}.{key}") for name in OF_ADDRESSEE})
        for key in sheet.places
    )
    return Written(entry=entry, lines=tuple(lines), addressees=addressees, wrong=wrong)


def _words(sheet: Sheet) -> dict[str, dict[str, str]]:
    found = {name: _texts(sheet, name) for name in WORDS}
    if sheet.value(REGISTRATION):
        found[REGISTRATION] = {HOME: sheet.value(REGISTRATION)}
    return {name: texts for name, texts in found.items() if texts}


def _texts(sheet: Sheet, name: str) -> dict[str, str]:
    return {code: text for code in LANGUAGES if (text := sheet.value(f"{name}.{code}"))}


def _day(text: str, wrong: dict[str, str]) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        wrong["valid_until"] = _("This is no day. Write it as 2027-06-30.")
        return None


def _line(sheet: Sheet, need: Need, wrong: dict[str, str]) -> LineEntry:
    """The need with its amount; what cannot be read is told, and all that is open stands for it."""
    name = f"amount.{need.public_id}"
    text: Any = sheet.value(name)
    if not text:
        return LineEntry(need=need)
    try:
        number = convert(read_amount(text, need.unit), need.unit).number
    except ValidationError as error:
        wrong[name] = " ".join(error.messages)
    except Invalid as refusal:
        wrong[name] = told(refusal)
    else:
        return LineEntry(need=need, amount=number)
    return LineEntry(need=need)
