"""The boxes of the editor: texts by language with their help, needs with amounts, addressees."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from mistok.kernel.errors import Refusal
from mistok.needs.appeals import Partner
from mistok.needs.appeals.place_names import language_of
from mistok.needs.lines import words_of
from mistok.needs.models import Need
from mistok.papers import LANGUAGES, slots_of
from mistok.registry.gazetteer import the_world
from mistok.registry.models import Tie
from mistok.web.appeals.line_cards import amount_told
from mistok.web.appeals.sheet import HOME, OWN_TEXTS, REGISTRATION, WORDS, Sheet
from mistok.web.appeals.words import GENDERS, GREETED
from mistok.web.procedure.slot_words import label_of_texts
from mistok.web.procedure.slots import Input, SlotView
from mistok.web.procedure.words import day_words
from mistok.web.registry.present import country_name
from mistok.web.words import kind_label, lang, language_name, stated_words

KIND = "letter_of_appeal"
LONG = ("situation", "users", "papers")
BY_LANGUAGE = frozenset({*WORDS, *OWN_TEXTS})
HELP = {
    "users": gettext_lazy(
        "One a line. Empty: the users that the chosen needs name, in the words of the letter."
    ),
    "papers": gettext_lazy("One a line. Empty: the usual list of goods and deed of gift."),
    "sender_authority": gettext_lazy("Empty: the council of your municipality."),
    "contact_unit": gettext_lazy("Empty: the council of your municipality."),
    "signatory": gettext_lazy("In Ukrainian; in other languages it is transcribed where empty."),
    "signatory_office": gettext_lazy(
        "Usually the mayor or head of the hromada; usual offices are translated where empty."
    ),
    "contact_mail": gettext_lazy("Empty: the verified mail of your office."),
    "contact_phone": gettext_lazy("Empty: the verified number of your office."),
}
"""Where something usual is taken, it is told; elsewhere the letter's own help stands."""
NOT_NEEDED = frozenset({"users", "papers", "sender_authority", "contact_mail", "contact_unit"})
GROUPS: Sequence[tuple[Any, Sequence[str]]] = (
    (gettext_lazy("What has happened, and for whom"), ("situation", "users")),
    (
        gettext_lazy("Who receives the help"),
        ("recipient", "recipient_code", REGISTRATION, "papers"),
    ),
    (
        gettext_lazy("Who answers questions"),
        ("contact_unit", "contact_person", "contact_mail", "contact_phone"),
    ),
    (
        gettext_lazy("Who signs, and until when it is good"),
        ("sender_authority", "sender_seat", "signatory_office", "signatory", "valid_until"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedBox:
    """A need that can be asked for, with how much of it."""

    id: str
    words: str
    open: str
    priority: str
    needed_by: str
    checked: bool
    amount: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddresseeBox:
    """A place to which the letter can go, with how it is written to."""

    key: str
    name: str
    country: str
    checked: bool
    partner: bool
    language: str
    tie: str
    ties: tuple[tuple[str, str], ...]
    greeted_as: str
    gender: str
    person: str
    email: str
    own_mail: str
    own_name: str
    asks_name: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Texts under one heading; `folded` are those that may well stay empty."""

    title: str
    slots: tuple[SlotView, ...]
    folded: tuple[SlotView, ...]

    @property
    def opened(self) -> bool:
        """Whether something stands in what is folded, or is wrong with it."""
        return any(s.error or any(box.value for box in s.inputs) for s in self.folded)


def groups(sheet: Sheet, languages: Sequence[str], wrong: Mapping[str, str]) -> list[Group]:
    """All texts of the letter, each in the languages of its addressees."""
    asked = {slot.name: slot for slot in slots_of(KIND)}
    found = []
    for title, names in GROUPS:
        slots = [_slot(asked[name], sheet, languages, wrong) for name in names]
        needed = tuple(one for one in slots if one.required)
        folded = tuple(one for one in slots if not one.required)
        found.append(Group(title=str(title), slots=needed, folded=folded))
    return found


def _slot(slot: Any, sheet: Sheet, languages: Sequence[str], wrong: Mapping[str, str]) -> SlotView:
    name = slot.name
    label, error = label_of_texts(slot.label), wrong.get(name, "")
    kind = "long" if name in LONG else "date" if name == "valid_until" else "words"
    codes = languages if name in BY_LANGUAGE else [""]
    names = [(code, f"{name}.{code}" if code else name) for code in codes]
    inputs = tuple(
        Input(
            id="slot-" + full.replace(".", "-"),
            name=full,
            label=label,
            kind=kind,
            value=sheet.value(full),
            lang=code,
            wrong=bool(error),
        )
        for code, full in names
    )
    return SlotView(
        name=name,
        label=label,
        help=str(HELP.get(name) or label_of_texts(slot.help)),
        required=bool(slot.required) and name not in NOT_NEEDED,
        several=False,
        inputs=inputs,
        error=error,
    )


def kept_hidden(sheet: Sheet, languages: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Texts in languages that nobody of the addressees reads now: kept in hidden fields."""
    for name in (*WORDS, *OWN_TEXTS):
        for code in LANGUAGES:
            text = sheet.value(f"{name}.{code}")
            if code not in languages and text:
                yield f"{name}.{code}", text


def need_boxes(sheet: Sheet, needs: Mapping[str, Need], wrong: Mapping[str, str]) -> list[NeedBox]:
    """The office's open needs, the chosen ones first and in the order of the letter."""
    places = {name: number for number, name in enumerate(sheet.needs)}
    boxes = [_need(sheet, one, wrong) for one in needs.values()]
    return sorted(boxes, key=lambda box: places.get(box.id, len(places)))


def _need(sheet: Sheet, need: Need, wrong: Mapping[str, str]) -> NeedBox:
    name = f"amount.{need.public_id}"
    return NeedBox(
        id=need.public_id,
        words=words_of(need, lang()),
        open=amount_told(need, need.still_open),
        priority=need.get_priority_display(),
        needed_by=day_words(need.needed_by),
        checked=need.public_id in sheet.needs,
        amount=sheet.value(name),
        error=wrong.get(name, ""),
    )


def addressee_boxes(sheet: Sheet, partners: Sequence[Partner]) -> list[AddresseeBox]:
    """The partners, then the other places that were looked for; none twice."""
    names = [name for one in partners for name in one.ties]
    ties = Tie.objects.in_bulk(names, field_name="public_id")
    boxes = [_partner(sheet, one, [ties[name] for name in one.ties]) for one in partners]
    known = {one.place for one in partners}
    added = [key for key in dict.fromkeys([*sheet.others, *sheet.places]) if key not in known]
    return [*boxes, *(box for key in added if (box := _other(sheet, key)))]


def _partner(sheet: Sheet, partner: Partner, ties: Sequence[Tie]) -> AddresseeBox:
    typed = f"language.{partner.place}" in sheet.values
    return _box(
        sheet,
        partner.place,
        name=partner.name,
        country=country_name(partner.country, lang()),
        partner=True,
        language=sheet.value(f"language.{partner.place}") or partner.language,
        tie=sheet.value(f"tie.{partner.place}") if typed else partner.tie,
        ties=tuple((one.public_id, _tie_words(one)) for one in ties),
        own_mail=partner.email,
    )


def _tie_words(tie: Tie) -> str:
    words = (kind_label(tie.kind), stated_words(tie.since))
    return ", ".join(word for word in words if word)


def _other(sheet: Sheet, key: str) -> AddresseeBox | None:
    """A place by its key; none where the world does not know it."""
    try:
        place = the_world().get(key)
    except Refusal:
        return None
    return _box(
        sheet,
        key,
        name=place.name_in(lang()),
        country=country_name(place.country, lang()),
        partner=False,
        language=sheet.value(f"language.{key}") or language_of(place.country),
        tie=sheet.value(f"tie.{key}"),
        ties=(),
        own_mail="",
    )


def _box(sheet: Sheet, key: str, **known: Any) -> AddresseeBox:
    return AddresseeBox(
        key=key,
        checked=key in sheet.places,
        greeted_as=sheet.value(f"greeted_as.{key}"),
        gender=sheet.value(f"gender.{key}"),
        person=sheet.value(f"person.{key}"),
        email=sheet.value(f"email.{key}"),
        own_name=sheet.value(f"name.{key}"),
        asks_name=bool(sheet.value(f"name.{key}")) or not _named_at_home(key),
        **known,
    )


def _named_at_home(key: str) -> bool:
    """Whether the world knows how a place is called in Ukrainian."""
    try:
        return bool(the_world().get(key).labels.get(HOME))
    except Refusal:
        return False


def choices() -> dict[str, list[tuple[str, str]]]:
    """What can be chosen for an addressee."""
    return {
        "languages": [(code, language_name(code)) for code in LANGUAGES],
        "greetings": [(code, str(words)) for code, words in GREETED.items()],
        "genders": [(code, str(words)) for code, words in GENDERS.items()],
    }
