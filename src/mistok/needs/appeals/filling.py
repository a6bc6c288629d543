"""The slots of a letter of appeal for one addressee, from what the office wrote and the record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from mistok.accounts.models import Office
from mistok.needs.appeals.entries import (
    AddresseeEntry,
    AppealEntry,
    LineEntry,
    addressee_entry,
    addressees_of,
    entry_of,
    lines_of,
)
from mistok.needs.appeals.place_names import CYRILLIC, Named, language_of, named, person_in
from mistok.needs.appeals.wording import end_users, tie_words, translated, usual_papers
from mistok.needs.items import item as item_of
from mistok.needs.items import unit as unit_of
from mistok.needs.items.plurals import form
from mistok.needs.models import Addressee as AddresseeRow
from mistok.needs.models import Appeal, Need
from mistok.needs.models.lines import EndUser
from mistok.papers import PRIORITIES, Paper, compose
from mistok.papers.naming import Addressee, closing, salutation
from mistok.registry.gazetteer import the_world
from mistok.registry.models import Tie

KIND: Final = "letter_of_appeal"
HOME: Final = "uk"
"""The language of the office that asks; a letter abroad has the addressee's beside it."""
_CERTIFIED: Final = frozenset({"medicine", "medical_device", "food"})

Texts = Mapping[str, str]
Slots = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """What one letter is made of: who writes, what, which lines, to whom."""

    office: Office
    entry: AppealEntry
    lines: tuple[LineEntry, ...]
    to: AddresseeEntry

    @cached_property
    def language(self) -> str:
        """The addressee's."""
        return self.to.language or language_of(the_world().get(self.to.place).country)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Of the letter, left to right."""
        return (HOME,) if self.language == HOME else (HOME, self.language)

    @cached_property
    def addressee(self) -> Named:
        """The municipality that gets the letter."""
        return named(self.to.place, self.languages, written=self.to.name)

    @cached_property
    def sender(self) -> Named:
        """The hromada that asks."""
        return named(self.office.place, self.languages)


def source_of(appeal: Appeal, addressee: AddresseeRow) -> Source:
    """What the letter to one addressee is made of, as it is written now."""
    return Source(appeal.office, entry_of(appeal), lines_of(appeal), addressee_entry(addressee))


def sources_of(appeal: Appeal) -> tuple[Source, ...]:
    """The same for every addressee, in their order."""
    entry, lines = entry_of(appeal), lines_of(appeal)
    return tuple(Source(appeal.office, entry, lines, one) for one in addressees_of(appeal))


def letter_of(source: Source, slots: Mapping[str, Any]) -> Paper:
    """The paper with these slots; raises what `mistok.papers.compose` raises."""
    return compose(KIND, source.languages, slots, office=source.sender.bare(HOME))


def slots_of(source: Source) -> Slots:
    """Every slot that is known, in the form that mistok.papers takes; number and code come later.

    Texts stand in every language that the office wrote, for `gaps_of` to compare them.
    """
    entry, office = source.entry, source.office
    greeted = {lang: _greeted(source, lang) for lang in source.languages}
    found: Slots = {
        "sender_name": {lang: source.sender.bare(lang) for lang in source.languages},
        "sender_authority": _authority(source),
        "sender_seat": translated(entry.words.get("sender_seat", {})),
        "addressee_office": {
            lang: source.addressee.office(lang, source.to.greeted_as, source.to.gender)
            for lang in source.languages
        },
        "addressee_name": dict.fromkeys(source.languages, source.to.person),
        "salutation": {lang: salutation(lang, to) for lang, to in greeted.items()},
        "closing": {lang: closing(lang, to) for lang, to in greeted.items()},
        "tie": _tie(source),
        "situation": entry.words.get("situation", {}),
        "needs": [_row(number, line, source) for number, line in enumerate(source.lines, 1)],
        "users": _listed(entry, "users") or _users(source),
        "recipient": translated(entry.words.get("recipient", {})),
        "recipient_code": entry.recipient_code,
        "recipient_registration": _neutral(entry.words.get("recipient_registration", {})),
        "papers": _listed(entry, "papers") or _papers(source),
        "contact_unit": translated(entry.contact_unit) or _authority(source),
        "contact_person": entry.words.get("contact_person", {}),
        "contact_mail": entry.contact_mail or office.official_email,
        "contact_phone": entry.contact_phone or office.callback_phone,
        "valid_until": entry.valid_until.isoformat() if entry.valid_until else "",
        "signatory_office": translated(entry.signatory_office),
        "signatory": _signatory(source),
    }
    return {name: value for name, value in found.items() if value and _holds(value)}


def trimmed(slots: Mapping[str, Any], languages: Sequence[str]) -> Slots:
    """The slots in the letter's own languages only."""

    def cut(value: Any) -> Any:
        if isinstance(value, list):
            return [cut(one) for one in value]
        if isinstance(value, Mapping):
            known = {*SLOTS_LANGUAGES} & set(value)
            return {k: cut(v) for k, v in value.items() if k not in known or k in languages}
        return value

    return {name: cut(value) for name, value in slots.items()}


SLOTS_LANGUAGES: Final = ("uk", "en", "de", "pl", "fr")


def _holds(value: Any) -> bool:
    """Whether a text by language says anything."""
    return any(value.values()) if isinstance(value, Mapping) else True


def _greeted(source: Source, language: str) -> Addressee:
    """Whom the letter greets; a surname only in the letters of the language."""
    own = bool(CYRILLIC.search(source.to.person)) == (language == HOME)
    surname = source.to.person.split(" ")[-1] if own else ""
    return Addressee(source.to.greeted_as, source.to.gender, surname)


def _authority(source: Source) -> Texts:
    made = {lang: source.sender.authority(lang) for lang in source.languages}
    return translated(source.entry.words.get("sender_authority", {})) or made


def _signatory(source: Source) -> Texts:
    """Who signs, in every language as written, else in the letters of the language."""
    given = source.entry.signatory
    return {**given, **{lang: person_in(given, lang) for lang in source.languages}}


def _tie(source: Source) -> Texts:
    tie = Tie.objects.filter(public_id=source.to.tie).first() if source.to.tie else None
    if tie is None:
        return {}
    return {lang: tie_words(tie.kind, tie.since, lang) for lang in source.languages}


def _listed(entry: AppealEntry, slot: str) -> list[Texts]:
    """The items that the office wrote a line each, put together from the languages."""
    by_language = {
        lang: [line.strip() for line in text.splitlines() if line.strip()]
        for lang, text in entry.words.get(slot, {}).items()
    }
    count = max(map(len, by_language.values()), default=0)
    return [
        translated({lang: items[n] for lang, items in by_language.items() if n < len(items)})
        for n in range(count)
    ]


def _users(source: Source) -> list[Texts]:
    return end_users(
        [line.need.end_user for line in source.lines if line.need.end_user != EndUser.DEFENCE]
    )


def _papers(source: Source) -> list[Texts]:
    flags = {flag for line in source.lines for flag in _flags(line.need)}
    return usual_papers(certificates=bool(flags & _CERTIFIED))


def _flags(need: Need) -> frozenset[str]:
    return item_of(need.item).flags if need.item else frozenset()


def _row(number: int, line: LineEntry, source: Source) -> dict[str, Any]:
    """One line of the list; its text is the catalogue's, or the office's own."""
    need = line.need
    amount = need.number(line.steps)
    names = unit_of(need.unit).names
    row: dict[str, Any] = {
        "line": str(number),
        "item": _item(need),
        "quantity": f"{amount.normalize():f}",
        "unit": {lang: form(names[lang], amount, lang) for lang in source.languages},
        "priority": {lang: PRIORITIES[need.priority][lang] for lang in source.languages},
        "needed_by": need.needed_by.isoformat() if need.needed_by else "",
        "specification": need.specification,
        "shelf_life": _number(need.shelf_life_months),
        "wear": _number(need.wear_percent),
    }
    return {name: value for name, value in row.items() if value and _holds(value)}


def _item(need: Need) -> Texts:
    """The catalogue's name, with what the office added to it, or the office's own words."""
    if not need.item:
        return dict(need.text)
    names = {lang: forms[0] for lang, forms in item_of(need.item).names.items()}
    if not need.text:
        return names
    return {lang: f"{names[lang]}, {text}" for lang, text in need.text.items()}


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _neutral(given: Texts) -> str:
    """What is the same in every language: the first that was written."""
    return next(iter(given.values()), "")
