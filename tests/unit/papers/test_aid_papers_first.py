"""Papers of aid up to the acceptance act: what each must say, and what none may ask for."""

import re

import pytest
from paper_fillings import example, pdf_text, squashed

from mistok.kernel.errors import Invalid
from mistok.papers import LANGUAGES, compose, slots_of, template, to_pdf
from mistok.papers.pdf import widths

KINDS = (
    "donation_letter",
    "proforma_invoice",
    "packing_list",
    "cmr_sheet",
    "goods_list",
    "need_letter",
    "distribution_plan",
    "acceptance_act",
)
SIGNED = tuple(kind for kind in KINDS if kind != "cmr_sheet")
PAIRS = [("uk", other) for other in ("en", "de", "pl", "fr")]

every_kind = pytest.mark.parametrize("kind", KINDS)
every_language = pytest.mark.parametrize("language", LANGUAGES)


def changed(kind, without=(), **more):
    return {name: value for name, value in example(kind).items() if name not in without} | more


def words_of(paper):
    texts = [text for piece in paper.pieces for text in piece.texts]
    texts += [t for piece in paper.pieces for row in piece.cells for cell in row for t in cell]
    return " ".join(" ".join(texts).split())


def table_of(paper):
    return next(piece for piece in paper.pieces if piece.block == "table")


def hands_of(paper):
    return [cells for piece in paper.pieces if piece.block == "signatures" for cells in piece.cells]


@every_kind
def test_example_fills_every_slot_and_every_field_of_the_goods(kind):
    slots = example(kind)
    assert set(slots) == {slot.name for slot in slots_of(kind)}
    fields = {field.name for field in template(kind).slot("lines").fields}
    assert {name for line in slots["lines"] for name in line} == fields


@every_kind
def test_paper_without_a_needed_slot_is_refused_and_names_it(kind):
    for slot in slots_of(kind):
        if slot.required:
            with pytest.raises(Invalid) as caught:
                compose(kind, ("uk", "de"), changed(kind, without=(slot.name,)))
            assert (caught.value.code, caught.value.details["slot"]) == ("slot_missing", slot.name)


@every_kind
@every_language
def test_paper_with_needed_slots_alone_has_no_gap(kind, language):
    needed = {slot.name for slot in slots_of(kind) if slot.required}
    slots = {name: value for name, value in example(kind).items() if name in needed}
    words = words_of(compose(kind, (language,), slots))
    assert not re.search(r"[{}]|\[\[|: ?[.;]|\( ?\)|, ?[.;,]", words)


@every_kind
def test_paper_asks_for_no_stores_routes_carriers_or_vehicles(kind):
    asked = [slot.name for slot in slots_of(kind)]
    asked += [field.name for slot in slots_of(kind) for field in slot.fields]
    asked += [slot.label["en"] for slot in slots_of(kind) if slot.name != "remarks"]
    asked += [field.label["en"] for slot in slots_of(kind) for field in slot.fields]
    dangerous = r"store\b|warehouse|route|plate|driver|vehicle|carrier|unload|crossing|coordinates"
    assert [told for told in asked if re.search(dangerous, told, re.IGNORECASE)] == []
    helps = {slot.name: slot.help["en"] for slot in slots_of(kind) if "address" in slot.name}
    assert all("never a store" in told for told in helps.values())


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
@every_kind
def test_columns_have_room_for_their_longest_words_in_both_languages(kind, pair):
    paper = compose(kind, pair, example(kind))
    room = 143 if paper.landscape else 95  # letters of a line, as in mistok.papers.pdf
    for piece in paper.pieces:
        if piece.block == "table":
            shares = widths(piece, room)
            for share, column in zip(shares, zip(*piece.cells, strict=True), strict=True):
                words = [word for cell in column for text in cell for word in text.split()]
                longest = max(len(word) for word in words if len(word) <= 20)
                assert share / sum(shares) * room >= longest + 3


@pytest.mark.parametrize("kind", SIGNED)
def test_paper_without_a_signatory_keeps_the_line_for_the_hand(kind):
    paper = compose(kind, ("uk", "fr"), changed(kind, without=("signatory", "signatory_office")))
    assert len(hands_of(paper)) == len(hands_of(compose(kind, ("uk", "fr"), example(kind))))
    assert ("", "") in [below for _above, below in hands_of(paper)]


def test_data_sheet_is_not_signed():
    assert hands_of(compose("cmr_sheet", ("uk", "en"), example("cmr_sheet"))) == []


@every_kind
def test_french_text_keeps_its_double_signs_on_the_line(kind):
    paper = compose(kind, ("fr",), example(kind))
    texts = [text for piece in paper.pieces if piece.block != "meta" for text in piece.texts]
    assert [text for text in texts if re.search(" [:;?!»]|« ", text)] == []


@every_kind
def test_source_is_honest_and_names_the_facts_it_follows(kind):
    source = template(kind).source
    for language, ours in (("en", "Our proposal"), ("uk", "Наша пропозиція")):
        assert source[language].startswith(ours)
    told = [set(re.findall(r"[FD]\d+-\d+", source[language])) for language in ("en", "uk")]
    assert told[0] == told[1] != set()


@pytest.mark.parametrize(
    ("language", "value", "payment"),
    [
        ("uk", "Вартість зазначено лише для митних цілей", "Оплаті не підлягає"),
        ("en", "Value for customs purposes only", "No payment due"),
        ("de", "Wertangabe nur für Zollzwecke", "Keine Zahlung zu leisten"),
        ("pl", "Wartość wyłącznie do celów celnych", "Nie podlega zapłacie"),
        ("fr", "Valeur à des fins douanières uniquement", "Aucun paiement dû"),
    ],
)
def test_proforma_says_under_its_name_that_nothing_is_to_be_paid(language, value, payment):
    paper = compose("proforma_invoice", (language,), example("proforma_invoice"))
    (title,) = (piece.texts[0] for piece in paper.pieces if piece.block == "title")
    assert title.split("\n")[1:] == [value, payment]
    assert squashed(value + payment) in pdf_text(to_pdf(paper))


def test_proforma_needs_the_value_of_each_line():
    lines = [dict(line) for line in example("proforma_invoice")["lines"]]
    del lines[1]["value"]
    with pytest.raises(Invalid) as caught:
        compose("proforma_invoice", ("uk",), changed("proforma_invoice", lines=lines))
    assert caught.value.details["row"] == 2
    assert caught.value.details["field"] == "value"


@every_language
def test_donation_letter_is_silent_on_customs_where_no_value_is_told(language):
    full = words_of(compose("donation_letter", (language,), example("donation_letter")))
    slots = changed("donation_letter", without=("total_value",))
    bare = words_of(compose("donation_letter", (language,), slots))
    told = {
        "uk": "лише для митних та облікових цілей",
        "en": "for customs and accounting purposes only",
        "de": "ausschließlich Zoll- und Buchungszwecken",
        "pl": "wyłącznie do celów celnych i księgowych",
        "fr": "uniquement à des fins douanières et comptables",
    }[language]
    assert told in full.replace("\u00a0", " ").replace("\u2011", "-")
    assert told not in bare.replace("\u00a0", " ").replace("\u2011", "-")


def test_amount_that_was_told_as_more_than_stays_an_inequality():
    rows = table_of(compose("packing_list", ("uk", "pl"), example("packing_list"))).cells
    assert rows[4][2] == (">1000 шт.", ">1000 szt.")


@every_language
def test_data_sheet_says_that_it_is_no_waybill_and_what_is_written_by_hand(language):
    words = words_of(compose("cmr_sheet", (language,), example("cmr_sheet")))
    no_waybill, by_hand = {
        "uk": ("не є накладною", "вписують від руки в саму накладну"),
        "en": ("is not a waybill", "written by hand into the waybill itself"),
        "de": ("ist kein Frachtbrief", "von Hand in den Frachtbrief selbst eingetragen"),
        "pl": ("nie jest listem przewozowym", "wpisuje się odręcznie w samym liście"),
        "fr": ("n’est pas une lettre de voiture", "inscrits à la main sur la lettre de voiture"),
    }[language]
    assert no_waybill in words
    assert by_hand in words
    assert example("cmr_sheet")["place"][language] in words


@pytest.mark.parametrize("kind", ["need_letter", "distribution_plan"])
@every_language
def test_papers_on_use_hold_no_personal_data_and_say_so(kind, language):
    words = words_of(compose(kind, (language,), example(kind)))
    told = {
        "uk": "персональних даних",
        "en": "personal data",
        "de": "personenbezogene Daten",
        "pl": "danych osobowych",
        "fr": "à caractère personnel",
    }[language]
    assert told in words


def test_distribution_plan_shows_who_gets_how_much_and_where():
    rows = table_of(compose("distribution_plan", ("en",), example("distribution_plan"))).cells
    assert [" ".join(cell[0].split()) for cell in rows[5]] == [
        "5",
        "sodium chloride solution for infusion 0.9%, 500 ml",
        "480 bottles",
        "Family Medicine Clinic EDRPOU code 34567890",
        "village of Veresy",
        "patients of hospitals",
        "keep warm",
    ]


def test_commission_of_two_is_too_small_for_an_acceptance():
    two = example("acceptance_act")["members"][:2]
    with pytest.raises(Invalid, match="Commission") as caught:
        compose("acceptance_act", ("uk",), changed("acceptance_act", members=two))
    assert (caught.value.code, caught.value.details["slot"]) == ("slot_wrong", "members")


def test_every_member_is_named_and_signs_the_act_before_those_who_hand_over_and_keep():
    paper = compose("acceptance_act", ("en",), example("acceptance_act"))
    listed = [piece.texts[0] for piece in paper.pieces if piece.block == "list"]
    assert [" ".join(text.split()) for text in listed] == [
        "Mariia Tkach – chair of the commission;",
        "Oksana Bondar – accountant;",
        "Petro Melnyk – storekeeper.",
    ]
    assert [(above[0].split("\n")[0], below[0]) for above, below in hands_of(paper)] == [
        ("chair of the commission", "Mariia Tkach"),
        ("accountant", "Oksana Bondar"),
        ("storekeeper", "Petro Melnyk"),
        ("Approved", "Ivan Shevchenko"),
        ("Handed over (for the donor or the carrier)", ""),
        ("Taken into custody", ""),
    ]


def test_inventory_stands_in_the_annex_and_sets_what_came_against_the_papers():
    paper = compose("acceptance_act", ("en",), example("acceptance_act"))
    blocks = [piece.block for piece in paper.pieces]
    assert blocks.index("annex") + 1 == blocks.index("table")
    titles, *rows = [[cell[0] for cell in row] for row in table_of(paper).cells]
    assert titles[2:8] == [
        "Unit",
        "By the papers",
        "Accepted in good condition",
        "Shortage",
        "Damaged",
        "Condition",
    ]
    assert rows[1][3:7] == ["40", "38", "0", "2"]
    assert rows[0][7] == "used, works\nwear: 20%"
    for row in rows[:3]:
        assert int(row[3]) == int(row[4]) + int(row[5]) + int(row[6])


def test_act_without_donor_or_remarks_says_so():
    slots = changed("acceptance_act", without=("giver", "giver_address", "remarks"))
    words = words_of(compose("acceptance_act", ("uk", "fr"), slots))
    assert "Донор: невідомий" in words
    assert "Зауважень немає." in words
    assert "Aucune observation n’a été formulée." in words
    full = words_of(compose("acceptance_act", ("uk", "fr"), example("acceptance_act")))
    assert "невідомий" not in full
    assert "Зауважень немає." not in full
