"""What forms give of a letter of appeal: its words, its lines, to whom it goes; checked here."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

from mistok.accounts.services.texts import mail, phone, words
from mistok.kernel.errors import Invalid
from mistok.needs.models import Addressee, Appeal, Need
from mistok.needs.models.lines import STEPS_PER_UNIT
from mistok.papers import LANGUAGES
from mistok.papers.naming import OFFICES

LONGEST_TITLE: Final = 200
MOST_LINES: Final = 100
MOST_ADDRESSEES: Final = 60
_CODE: Final = re.compile(r"\d{8}", re.ASCII)

Texts = Mapping[str, str]
"""What the office wrote, by language."""


class Told(NamedTuple):
    """One kind of free text of a letter: how long it may be, whether each line is an item."""

    most: int
    listed: bool = False


SLOTS: Final[Mapping[str, Told]] = {
    "situation": Told(6000),
    "recipient": Told(300),
    "recipient_registration": Told(40),
    "sender_authority": Told(200),
    "sender_seat": Told(300),
    "users": Told(1000, listed=True),
    "papers": Told(2000, listed=True),
    "contact_person": Told(200),
}
"""Words of a letter that an office may write. Without `sender_authority`, `users` and `papers` the
usual ones are taken; `recipient_registration` is the same in every language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealEntry:
    """A letter as a form gives it. `words` by slot (see SLOTS) and language; a list has an item a
    line. Empty contacts are those of the office. Texts may be empty in a draft.
    """

    title: str
    words: Mapping[str, Texts] = field(default_factory=dict)
    recipient_code: str = ""
    contact_unit: Texts = field(default_factory=dict)
    contact_mail: str = ""
    contact_phone: str = ""
    signatory: Texts = field(default_factory=dict)
    signatory_office: Texts = field(default_factory=dict)
    valid_until: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineEntry:
    """A need that the letter asks for; without an amount, all of it that is still open."""

    need: Need
    amount: Decimal | None = None

    @property
    def steps(self) -> int:
        """The amount in thousandths of the need's unit."""
        return (
            self.need.still_open or self.need.asked
            if self.amount is None
            else int(self.amount * STEPS_PER_UNIT)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AddresseeEntry:
    """To whom the letter goes; what is left empty comes from the record.

    `name`: how the place is called in Ukrainian, where the gazetteer does not know; `language`:
    uk, en, de, pl or fr; `greeted_as`: a word of `papers.naming.OFFICES`; `gender`: m, f or
    nothing; `person`: as the person writes it; `email`: empty is that of its verified office.
    """

    place: str
    name: str = ""
    language: str = ""
    tie: str = ""
    greeted_as: str = ""
    gender: str = ""
    person: str = ""
    email: str = ""


def cleaned(entry: AppealEntry) -> AppealEntry:
    """The entry with its texts checked and brought into one form.

    Raises Invalid (codes `text_missing`, `text_too_long`, `slot_unknown`, `language_unknown`,
    `recipient_code_wrong`, `mail_invalid`, `phone_invalid`).
    """
    code = "".join(entry.recipient_code.split())
    if code and not _CODE.fullmatch(code):
        raise Invalid(
            _("“%(code)s” is no EDRPOU code. It has eight digits.") % {"code": code[:20]},
            code="recipient_code_wrong",
        )
    return AppealEntry(
        title=words(entry.title, what=_("The title"), most=LONGEST_TITLE),
        words=_slots(entry.words),
        recipient_code=code,
        contact_unit=texts(entry.contact_unit, _("The unit that answers"), 200),
        contact_mail=mail(entry.contact_mail),
        contact_phone=phone(entry.contact_phone),
        signatory=texts(entry.signatory, _("Who signs"), 200),
        signatory_office=texts(entry.signatory_office, _("The office of who signs"), 200),
        valid_until=entry.valid_until,
    )


def _slots(given: Mapping[str, Texts]) -> dict[str, Texts]:
    for name in given:
        if name not in SLOTS:
            raise Invalid(
                _("A letter has no words “%(slot)s”. Take them out.") % {"slot": name[:40]},
                code="slot_unknown",
            )
    return {
        name: found
        for name, told in SLOTS.items()
        if (found := texts(given.get(name, {}), _("The text"), told.most))
    }


def texts(given: Texts, what: str, most: int) -> Texts:
    """A text by language without the empty ones. Raises Invalid."""
    for language in given:
        if language not in LANGUAGES:
            raise language_unknown(language)
    kept = {
        language: words(given[language].replace("\r\n", "\n"), what=what, most=most, needed=False)
        for language in LANGUAGES
        if language in given
    }
    return {language: text for language, text in kept.items() if text}


def language_unknown(language: str) -> Invalid:
    """The refusal of a language that letters are not written in."""
    return Invalid(
        _("Letters are not written in “%(language)s”. Choose uk, en, de, pl or fr.")
        % {"language": language[:12]},
        code="language_unknown",
    )


def cleaned_addressee(entry: AddresseeEntry) -> AddresseeEntry:
    """The entry checked and trimmed; raises Invalid (`language_unknown`, `greeting_unknown` …)."""
    if entry.language and entry.language not in LANGUAGES:
        raise language_unknown(entry.language)
    if (entry.greeted_as and entry.greeted_as not in OFFICES) or entry.gender not in ("", "m", "f"):
        raise Invalid(
            _("Nobody is greeted like that. Choose an office of the list, and he or she."),
            code="greeting_unknown",
        )
    return replace(
        entry,
        name=words(entry.name, what=_("The name"), most=200, needed=False),
        person=words(entry.person, what=_("The person"), most=200, needed=False),
        email=mail(entry.email),
    )


def entry_of(appeal: Appeal) -> AppealEntry:
    """The letter as its form shows it."""
    return AppealEntry(
        title=appeal.title,
        words=appeal.words,
        recipient_code=appeal.recipient_code,
        contact_unit=appeal.contact_unit,
        contact_mail=appeal.contact_mail,
        contact_phone=appeal.contact_phone,
        signatory=appeal.signatory,
        signatory_office=appeal.signatory_office,
        valid_until=appeal.valid_until,
    )


def lines_of(appeal: Appeal) -> tuple[LineEntry, ...]:
    """Its lines as a form shows them, in their order."""
    return tuple(
        LineEntry(need=line.need, amount=line.need.number(line.amount))
        for line in appeal.lines.select_related("need").order_by("position")
    )


def addressee_entry(addressee: Addressee) -> AddresseeEntry:
    """An addressee as a form shows it."""
    names = (one for one in AddresseeEntry.__dataclass_fields__)
    return AddresseeEntry(**{name: getattr(addressee, name) for name in names})


def addressees_of(appeal: Appeal) -> tuple[AddresseeEntry, ...]:
    """Its addressees as a form shows them, in their order."""
    return tuple(addressee_entry(one) for one in appeal.addressees.order_by("pk"))


def as_kept(
    entry: AppealEntry, lines: Sequence[LineEntry], addressees: Sequence[AddresseeEntry]
) -> dict[str, Any]:
    """A whole letter as JSON, for a correction that waits for the approver."""
    told = asdict(entry)
    told["valid_until"] = entry.valid_until.isoformat() if entry.valid_until else ""
    return {
        "entry": told,
        "lines": [[line.need.public_id, line.steps] for line in lines],
        "addressees": [asdict(one) for one in addressees],
    }


def from_kept(
    kept: Mapping[str, Any],
) -> tuple[AppealEntry, tuple[LineEntry, ...], tuple[AddresseeEntry, ...]]:
    """What `as_kept` kept."""
    told = dict(kept["entry"])
    day = told.pop("valid_until")
    needs = {
        need.public_id: need
        for need in Need.objects.filter(public_id__in=[one for one, _steps in kept["lines"]])
    }
    lines = (
        LineEntry(need=needs[one], amount=needs[one].number(steps)) for one, steps in kept["lines"]
    )
    return (
        AppealEntry(**told, valid_until=dt.date.fromisoformat(day) if day else None),
        tuple(lines),
        tuple(AddresseeEntry(**one) for one in kept["addressees"]),
    )
