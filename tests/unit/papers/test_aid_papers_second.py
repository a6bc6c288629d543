"""Papers of aid after its arrival: what each must say, when it is silent, what none may ask for."""

import re

import pytest
from paper_fillings import example

from mistok.kernel.errors import Invalid
from mistok.papers import LANGUAGES, compose, kinds, slots_of, template
from mistok.papers.pdf import widths

COMMISSIONED = ("discrepancy_act", "valuation_act", "write_off_act")
ACTS = (*COMMISSIONED, "redistribution_act", "return_act")
KINDS = (*ACTS, "issue_sheet", "aid_report", "aid_thank_you")
TABLED = tuple(kind for kind in KINDS if kind != "aid_thank_you")
PAIRS = [("uk", other) for other in ("en", "de", "pl", "fr")]

every_kind = pytest.mark.parametrize("kind", KINDS)
every_language = pytest.mark.parametrize("language", LANGUAGES)


def changed(kind, without=(), **more):
    return {name: value for name, value in example(kind).items() if name not in without} | more


def words_of(kind, language, slots):
    paper = compose(kind, (language,), slots)
    texts = [text for piece in paper.pieces for text in piece.texts]
    texts += [t for piece in paper.pieces for row in piece.cells for cell in row for t in cell]
    return " ".join(" ".join(texts).split())


def tables_of(paper):
    return [piece for piece in paper.pieces if piece.block == "table"]


def titles_of(kind, slots, table=0):
    paper = compose(kind, ("en",), slots)
    return [cell[0] for cell in tables_of(paper)[table].cells[0]]


def hands_of(kind, slots):
    paper = compose(kind, ("en",), slots)
    return [cells for piece in paper.pieces if piece.block == "signatures" for cells in piece.cells]


def asked_of(kind):
    """Every slot and field of a paper, with the name that a filling gives it."""
    for slot in slots_of(kind):
        yield slot.name, slot
        for field in slot.fields:
            yield f"{slot.name}.{field.name}", field


@every_kind
def test_example_fills_every_slot_and_every_field(kind):
    slots = example(kind)
    assert set(slots) == {slot.name for slot in slots_of(kind)}
    for slot in slots_of(kind):
        if slot.type == "rows":
            told = {name for row in slots[slot.name] for name in row}
            assert told == {field.name for field in slot.fields}


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
    words = words_of(kind, language, slots)
    assert not re.search(r"[{}]|\[\[|: ?[.;]|\( ?\)|, ?[.;,]", words)


@every_kind
def test_paper_asks_for_no_stores_routes_carriers_or_vehicles(kind):
    asked = [told for name, thing in asked_of(kind) for told in (name, thing.label["en"])]
    dangerous = r"store\b|warehouse|route|plate|driver|vehicle|carrier|unload|crossing|coordinates"
    assert [told for told in asked if re.search(dangerous, told, re.IGNORECASE)] == []
    helps = {slot.name: slot.help["en"] for slot in slots_of(kind) if "address" in slot.name}
    assert all("no address of any other object" in told for told in helps.values())


def test_same_name_takes_the_same_kind_of_answer_in_every_paper_of_aid():
    aid = [kind for kind in kinds() if "consignment" in {slot.name for slot in slots_of(kind)}]
    assert set(KINDS) < set(aid)
    found = {}
    for kind in aid:
        for name, thing in asked_of(kind):
            # Words are one line of a text; whoever fills in either gives the same.
            answer = ("text" if thing.type == "words" else thing.type, thing.per_language)
            found.setdefault(name, {}).setdefault(answer, []).append(kind)
    assert {name: told for name, told in found.items() if len(told) > 1} == {}


@every_kind
def test_source_is_honest_and_names_the_facts_it_follows(kind):
    source = template(kind).source
    for language, ours in (("en", "Our proposal"), ("uk", "Наша пропозиція")):
        assert source[language].startswith(ours)
    told = [set(re.findall(r"[FD]\d+-\d+", source[language])) for language in ("en", "uk")]
    assert told[0] == told[1] != set()


@every_kind
def test_rule_that_may_change_stands_in_no_sentence_as_a_number_of_days(kind):
    told = " ".join(text for block in template(kind).blocks for text in block.text.values())
    counted = r"\d+\s*(?:календарн|робоч|дн|calendar|working|days|Tag|Werktag|Arbeitstag|dni|jours)"
    assert not re.search(counted, told)


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
@pytest.mark.parametrize("kind", TABLED)
def test_columns_have_room_for_their_longest_words_in_both_languages(kind, pair):
    paper = compose(kind, pair, example(kind))
    assert paper.landscape
    room = 143  # letters of a line of a page that lies on its side, as in mistok.papers.pdf
    for piece in tables_of(paper):
        shares = widths(piece, room)
        for share, column in zip(shares, zip(*piece.cells, strict=True), strict=True):
            words = [word for cell in column for text in cell for word in text.split()]
            longest = max(len(word) for word in words if len(word) <= 20)
            assert share / sum(shares) * room >= longest + 2


@pytest.mark.parametrize("kind", [*ACTS, "issue_sheet"])
def test_paper_without_a_signatory_keeps_the_line_for_the_hand(kind):
    bare = hands_of(kind, changed(kind, without=("signatory", "signatory_office")))
    assert len(bare) == len(hands_of(kind, example(kind)))
    assert ("",) in [below for _above, below in bare]


@pytest.mark.parametrize("kind", COMMISSIONED)
def test_every_member_of_the_commission_is_named_and_signs_before_the_act_is_approved(kind):
    hands = hands_of(kind, example(kind))
    assert [below[0] for _above, below in hands] == [
        "Mariia Tkach",
        "Oksana Bondar",
        "Petro Melnyk",
        "Iryna Koval",
    ]
    assert hands[-1][0][0].startswith("Approved")
    assert "Oksana Bondar – accountant" in words_of(kind, "en", example(kind))


@every_language
def test_discrepancy_act_says_how_its_columns_add_up_and_they_do(language):
    kind = "discrepancy_act"
    told = {
        "uk": "дорівнює сумі прийнятого, нестачі та пошкодженого; надлишок враховано окремо",
        "en": "the sum of what was accepted, what is missing and what is damaged; surplus is",
        "de": "die Summe aus angenommener, fehlender und beschädigter Menge; ein Überschuss",
        "pl": "sumą ilości przyjętej, brakującej i uszkodzonej; nadwyżkę ujęto osobno",
        "fr": "somme des quantités acceptées, manquantes et endommagées ; l’excédent",
    }[language]
    assert told in words_of(kind, language, example(kind))
    rows = tables_of(compose(kind, (language,), example(kind)))[0].cells[1:]
    counts = [[int(re.sub(r"\s", "", cell[0])) for cell in row[4:9]] for row in rows]
    assert [declared - sum(rest) for declared, *rest, _surplus in counts] == [0, 0, 0]


@every_language
def test_valuation_act_names_the_letter_of_the_ministry(language):
    words = words_of("valuation_act", language, example("valuation_act"))
    assert "41020-06-5/8479" in words
    assert re.search(r"\b27\.? \w+ 2022\b", words)


def test_valuation_act_keeps_the_rate_with_its_day_and_is_silent_where_none_was_used():
    kind = "valuation_act"
    words = words_of(kind, "en", example(kind))
    assert "EUR 1 – 48.65 hryvnias (rate of 4 December 2026)" in words
    assert "Total value: UAH 630,844.55." in words
    bare = words_of(kind, "en", changed(kind, without=("rates",)))
    assert "turned into hryvnias" not in bare
    assert "48.65" not in bare


def test_line_without_a_value_in_hryvnias_is_refused_in_a_valuation():
    lines = [dict(line) for line in example("valuation_act")["lines"]]
    del lines[1]["value_uah"]
    with pytest.raises(Invalid) as caught:
        compose("valuation_act", ("uk",), changed("valuation_act", lines=lines))
    assert (caught.value.details["row"], caught.value.details["field"]) == (2, "value_uah")


@pytest.mark.parametrize("kind", ["issue_sheet", "aid_report"])
@every_language
def test_papers_on_distribution_hold_counts_only_and_say_so(kind, language):
    told = {
        "uk": "персональних даних",
        "en": "personal data",
        "de": "personenbezogenen Daten",
        "pl": "danych osobowych",
        "fr": "données à caractère personnel",
    }[language]
    assert told in words_of(kind, language, example(kind))
    rows = {"issue_sheet": "lines", "aid_report": "issues"}[kind]
    fields = {field.name for field in template(kind).slot(rows).fields}
    assert {"settlement", "category", "households", "persons"} <= fields
    assert not fields & {"person", "recipient", "address", "phone", "signature"}


def test_issue_sheet_leaves_out_the_columns_that_no_line_fills():
    lines = [
        {name: line[name] for name in ("name", "unit", "amount", "settlement", "category")}
        for line in example("issue_sheet")["lines"]
    ]
    assert titles_of("issue_sheet", changed("issue_sheet", lines=lines)) == [
        "No.",
        "Description",
        "Amount",
        "Settlement",
        "Category",
    ]


def test_redistribution_act_tells_the_decision_or_the_day_by_which_it_is_due():
    kind = "redistribution_act"
    decided = words_of(kind, "en", example(kind))
    assert "order No. 14 of 22 January 2027; it was due by 8 February 2027." in decided
    assert "The decision on the redistribution is due" not in decided
    open_yet = words_of(kind, "en", changed(kind, without=("decision",)))
    assert "The decision on the redistribution is due by 8 February 2027." in open_yet
    bare = words_of(kind, "en", changed(kind, without=("decision", "decision_due", "copies_due")))
    assert "due by" not in bare


def test_redistribution_act_needs_request_and_consent_and_names_both_acquirers():
    kind = "redistribution_act"
    words = words_of(kind, "uk", example(kind))
    assert "Його звернення про перерозподіл: лист № 01-15/88" in words
    assert "Його згода: лист № 33" in words
    for slot in ("request", "consent", "acquirer", "new_acquirer"):
        assert template(kind).slot(slot).required


def test_return_act_speaks_of_export_only_where_there_is_a_document():
    kind = "return_act"
    assert "export regime" in words_of(kind, "en", example(kind))
    bare = words_of(kind, "en", changed(kind, without=("export_document",)))
    assert "export" not in bare
    assert ("For the donor",) in [above for above, _below in hands_of(kind, example(kind))]


@every_language
def test_write_off_act_cites_the_resolutions_only_with_a_decision_on_early_write_off(language):
    kind = "write_off_act"
    full = words_of(kind, language, example(kind))
    bare = words_of(kind, language, changed(kind, without=("decision",)))
    for number in ("514", "1216"):
        assert number in full
        assert number not in bare


def test_report_before_anything_is_issued_says_so():
    kind = "aid_report"
    slots = changed(kind, without=("issues", "total_households", "total_persons"))
    assert "No aid has been issued yet." in words_of(kind, "en", slots)
    assert "issued yet" not in words_of(kind, "en", example(kind))


def test_report_for_everybody_leaves_out_what_is_left():
    kind = "aid_report"
    assert titles_of(kind, example(kind))[-1] == "Left"
    lines = [
        {name: value for name, value in line.items() if name != "held"}
        for line in example(kind)["lines"]
    ]
    assert "Left" not in titles_of(kind, changed(kind, lines=lines))


def test_report_takes_a_small_count_as_less_than_ten():
    kind = "aid_report"
    issues = [example(kind)["issues"][1] | {"persons": "< 10"}]
    slots = changed(kind, without=("total_persons", "total_households"), issues=issues)
    assert "< 10" in words_of(kind, "en", slots)


def test_report_without_its_first_day_tells_the_day_of_its_amounts():
    kind = "aid_report"
    words = words_of(kind, "en", changed(kind, without=("period_from",)))
    assert "Amounts are told as of 25 February 2027." in words
    assert "Period under report" not in words


def test_thank_you_letter_has_no_slot_for_what_is_not_coarse():
    names = {name.split(".")[-1] for name, _thing in asked_of("aid_thank_you")}
    assert not names & {"settlement", "category", "code", "declaration", "batch", "serial", "held"}
    assert template("aid_thank_you").slot("month").type == "words"


@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("uk", "Від імені нашої громади"),
        ("en", "On behalf of our hromada"),
        ("de", "im Namen unserer Hromada"),
        ("pl", "w imieniu naszej hromady"),
        ("fr", "Au nom de notre hromada"),
    ],
)
def test_thank_you_letter_goes_on_as_its_salutation_asks_for(language, first):
    kind = "aid_thank_you"
    greeting = example(kind)["salutation"][language]
    assert f"{greeting} {first}" in words_of(kind, language, example(kind))


@every_kind
def test_french_text_keeps_its_double_signs_on_the_line(kind):
    paper = compose(kind, ("fr",), example(kind))
    texts = [text for piece in paper.pieces if piece.block != "meta" for text in piece.texts]
    assert [text for text in texts if re.search(" [:;?!»]|« ", text)] == []
