"""What a letter of appeal says, and what it lacks to be whole in both its languages."""

from dataclasses import replace

import needs_cast
import pytest
from appeals_cast import (
    RECIPIENT,
    SITUATION,
    a_draft,
    a_line,
    an_entry,
    dortmund,
    quick_papers,
)
from needs_cast import a_need

from factories import BUCHA
from mistok.kernel.errors import Invalid
from mistok.needs import appeals
from mistok.needs.appeals import (
    AddresseeEntry,
    LineEntry,
    change_appeal,
    gaps_of,
    preview,
    preview_of,
    slots_of_letter,
    source_of,
    submit_appeal,
)
from mistok.needs.models import Need

pytestmark = pytest.mark.django_db
people = needs_cast.needy
quick = quick_papers


def refused(kind, code, act, **told):
    with pytest.raises(kind) as refusal:
        act(**told)
    assert refusal.value.code == code, str(refusal.value)
    return refusal.value


def changed(appeal, work, **changes):
    """Change a draft, all but what is told staying."""
    told = {
        "entry": appeals.entry_of(appeal),
        "lines": appeals.lines_of(appeal),
        "addressees": appeals.addressees_of(appeal),
    }
    return change_appeal(actor=work.officer, appeal=appeal, **told | changes)


# What a letter says -----------------------------------------------------------------------


def test_slots_of_a_letter_come_from_the_record(people):
    home = people.home
    lines = [
        a_line(
            home,
            8,
            2,
            specification={"uk": "на причепі", "de": "auf Anhänger"},
            shelf_life_months=0,
            wear_percent=30,
        ),
        a_line(home, "2.5", item="", unit="tonne", end_user="schools"),
    ]
    texts = {"uk": "Столи", "de": "Tische", "en": "Tables", "pl": "Stoły", "fr": "Tables"}
    Need.objects.filter(pk=lines[1].need.pk).update(text=texts)
    appeal = a_draft(home, lines=lines)
    slots = slots_of_letter(appeal, appeal.addressees.get())
    first, second = slots["needs"]
    assert first["item"]["de"] == "Dieselgenerator bis 75 kVA"
    assert (first["quantity"], first["unit"]) == ("2", {"uk": "штуки", "de": "Stück"})
    assert (first["shelf_life"], first["wear"]) == ("0", "30")
    assert first["specification"] == {"uk": "на причепі", "de": "auf Anhänger"}
    assert (second["quantity"], second["unit"]["uk"]) == ("2.5", "тонни")
    assert second["item"] == {"uk": "Столи", "de": "Tische"}
    assert slots["sender_name"]["de"] == "Hromada Schytomyr"
    assert slots["sender_authority"]["uk"] == "Житомирська міська рада"
    assert slots["addressee_office"] == {
        "uk": "Обербургомістру міста Дортмунда",
        "de": "An den Oberbürgermeister der Stadt Dortmund",
    }
    assert slots["salutation"]["de"] == "Sehr geehrter Herr Oberbürgermeister,"
    assert slots["tie"]["de"] == "Städtepartnerschaft seit 2023"
    assert [one["uk"] for one in slots["users"]] == [
        "лікарні та амбулаторії",
        "школи та дитячі садки",
    ]
    assert slots["signatory"] == {"uk": "Іван Петренко", "de": "Iwan Petrenko"}
    assert slots["signatory_office"]["de"] == "Bürgermeister"
    assert slots["contact_phone"] == home.office.callback_phone


def test_item_with_words_of_the_office_has_both(people):
    added = {"uk": "на колесах", "de": "auf Rädern"}
    appeal = a_draft(people.home, lines=[a_line(people.home, 1, text=added)])
    (row,) = slots_of_letter(appeal, appeal.addressees.get())["needs"]
    assert row["item"]["de"] == "Dieselgenerator bis 75 kVA, auf Rädern"


def test_own_words_take_the_place_of_the_usual_ones(people):
    words = {
        "situation": SITUATION,
        "recipient": RECIPIENT,
        "recipient_registration": {"uk": "1027"},
        "sender_authority": {"uk": "Міська рада Житомира", "de": "Rat von Schytomyr"},
        "users": {"uk": "Лікарні\n\nшколи ", "de": "Kliniken\nSchulen"},
        "papers": {"uk": "лист", "de": "Brief"},
    }
    entry = an_entry(words=words, contact_unit={"uk": "Відділ міжнародних зв’язків"})
    appeal = a_draft(people.home, entry=entry, addressees=[dortmund(person="Max Mustermann")])
    slots = slots_of_letter(appeal, appeal.addressees.get())
    assert slots["recipient_registration"] == "1027"
    assert slots["sender_authority"]["de"] == "Rat von Schytomyr"
    assert slots["users"] == [
        {"uk": "Лікарні", "de": "Kliniken"},
        {"uk": "школи", "de": "Schulen"},
    ]
    assert slots["papers"] == [{"uk": "лист", "de": "Brief"}]
    assert slots["contact_unit"]["de"] == "Büro für internationale Beziehungen"
    assert slots["addressee_name"] == {"uk": "Max Mustermann", "de": "Max Mustermann"}


def test_person_is_greeted_by_surname_only_in_the_letters_of_the_language(people):
    to = dortmund(person="Dr. Anna Schmidt", greeted_as="", gender="f")
    appeal = a_draft(people.home, addressees=[to])
    told = slots_of_letter(appeal, appeal.addressees.get())["salutation"]
    assert told == {"uk": "Шановні пані та панове!", "de": "Sehr geehrte Frau Schmidt,"}


def test_letter_to_a_hromada_is_in_ukrainian_alone(people):
    to = AddresseeEntry(place=BUCHA, greeted_as="city_head", gender="m", person="Анатолій Ліс")
    appeal = a_draft(people.home, addressees=[to])
    paper = preview(appeal, appeal.addressees.get())
    slots = slots_of_letter(appeal, appeal.addressees.get())
    assert paper.languages == ("uk",)
    assert slots["addressee_office"]["uk"].startswith("Міському голові Бучанської міської")
    assert "tie" not in slots


def test_medicines_and_food_ask_for_certificates(people):
    appeal = a_draft(people.home, lines=[a_line(people.home, 8, item="tourniquet")])
    assert len(slots_of_letter(appeal, appeal.addressees.get())["papers"]) == 3


@pytest.mark.parametrize("language", ["en", "de", "pl", "fr", "uk"])
def test_letter_goes_out_in_every_language_without_a_gap(people, language):
    appeal = a_draft(people.home, addressees=[dortmund(language=language)])
    source = source_of(appeal, appeal.addressees.get())
    assert gaps_of(source) == ()
    assert source.languages == (("uk",) if language == "uk" else ("uk", language))
    assert "…" not in str(preview_of(source).pieces)


# What it lacks ----------------------------------------------------------------------------


def gaps(people, **changes):
    lines = changes.pop("lines", None)
    to = changes.pop("addressees", None)
    appeal = a_draft(people.home, entry=an_entry(**changes), lines=lines, addressees=to)
    return appeal, gaps_of(source_of(appeal, appeal.addressees.get()))


def test_empty_draft_is_shown_with_marks_and_tells_what_it_lacks(people):
    appeal, found = gaps(
        people,
        words={},
        recipient_code="",
        signatory={},
        signatory_office={},
        valid_until=None,
        lines=[],
    )
    assert {gap.slot for gap in found} == {
        "situation",
        "needs",
        "users",
        "recipient",
        "recipient_code",
        "valid_until",
        "signatory_office",
        "signatory",
    }
    assert {gap.why for gap in found} == {"empty"}
    assert found[0].sentence() == "The letter lacks “Situation”. Write it."
    assert "…" in str(preview(appeal, appeal.addressees.get()).pieces)


@pytest.mark.parametrize(
    ("texts", "why", "sentence"),
    [
        ({"uk": SITUATION["uk"]}, "untranslated", "is not written in German"),
        (SITUATION | {"de": SITUATION["uk"]}, "letters", "letters of another alphabet"),
        (SITUATION | {"uk": SITUATION["en"]}, "letters", "letters of another alphabet"),
        (SITUATION | {"de": SITUATION["en"]}, "copy", "is a copy of another language"),
        (SITUATION | {"de": "Winter " * 700}, "", ""),
    ],
)
def test_text_that_is_not_in_the_language_is_a_gap(people, texts, why, sentence):
    _appeal, found = gaps(people, words={"situation": texts, "recipient": RECIPIENT})
    assert [gap.why for gap in found] == ([why] if why else [])
    assert all(sentence in gap.sentence() for gap in found)


def test_line_without_translation_is_named_with_its_language(people):
    lines = [
        a_line(people.home, 1),
        a_line(people.home, 1, specification={"uk": "на причепі, з автоматичним вмиканням"}),
    ]
    appeal, (gap,) = gaps(people, lines=lines)
    assert (gap.line, gap.field, gap.language) == (2, "specification", "de")
    assert gap.sentence() == "Line 2, “Specification” is not written in German. Translate it."
    refusal = refused(
        Invalid, "letter_not_whole", submit_appeal, actor=people.home.officer, appeal=appeal
    )
    assert refusal.details["gaps"][0]["line"] == 2


def test_several_gaps_are_counted_and_all_named_in_the_details(people):
    appeal, found = gaps(people, words={})
    assert len(found) == 2
    refusal = refused(
        Invalid, "letter_not_whole", submit_appeal, actor=people.home.officer, appeal=appeal
    )
    assert "1 more" in str(refusal)
    assert len(refusal.details["gaps"]) == 2


def test_line_without_any_words_is_empty(people):
    need = a_need(people.home, 1, item="", text={})
    _appeal, (gap,) = gaps(people, lines=[LineEntry(need=need)])
    assert gap.sentence() == "The letter lacks line 1, “Item”. Write it."


def test_types_and_numbers_need_no_translation(people):
    same = dict.fromkeys(("uk", "de"), "Bosch GBH 2-26, 20-50 kVA")
    _appeal, found = gaps(people, lines=[a_line(people.home, 1, specification=same)])
    assert found == ()


def test_specification_too_long_for_the_paper_is_a_gap_and_still_shown(people):
    long = {"uk": "слово " * 100, "de": "Wort " * 100}
    appeal, found = gaps(people, lines=[a_line(people.home, 1, specification=long)])
    assert [(gap.why, gap.language) for gap in found] == [("long", "uk")]
    assert preview(appeal, appeal.addressees.get()).pieces


def test_addressee_whose_ukrainian_name_nobody_knows_is_asked_for(people):
    charleroi = AddresseeEntry(place="geonames:2800481", language="fr", email="a@example.org")
    appeal, (gap,) = gaps(people, addressees=[charleroi])
    assert gap.sentence() == (
        "How Charleroi is called in Ukrainian is not known. Write it with the addressee."
    )
    changed(appeal, people.home, addressees=[replace(charleroi, name="Шарлеруа")])
    slots = slots_of_letter(appeal, appeal.addressees.get())
    assert gaps_of(source_of(appeal, appeal.addressees.get())) == ()
    assert slots["addressee_office"] == {
        "uk": "Місту Шарлеруа",
        "fr": "À la ville de Charleroi",
    }
