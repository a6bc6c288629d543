"""The check-list for export: by country, goods, value and weight; what is not known stays open."""

import json
from decimal import Decimal

import aid_cast
import pytest
from papers_cast import ambulances, batches, beds, goods

from mistok.aid.models.consignments import ControlList
from mistok.aid.papers import Judged, checklist_for, export_checklist
from mistok.aid.papers.exporting import TABLE, flags_of_line
from mistok.law.selectors import rule_on
from mistok.papers import LANGUAGES

people = aid_cast.aid_people
GENERAL = [
    *("two_languages", "donation_letter", "proforma_invoice", "packing_list"),
    *("waybill", "export_document"),
]


def rows(country="DE", value="900", currency="EUR", gross="800", flags=(), regime=""):
    found = export_checklist(
        country=country,
        regime=regime or "humanitarian_aid",
        flags=flags,
        value=None if value is None else Decimal(value),
        currency=currency,
        gross_kg=None if gross is None else Decimal(gross),
    )
    return {row.code: row for row in found}


def judged(code, **told):
    return rows(**told)[code].judged


@pytest.mark.parametrize(
    ("value", "currency", "gross", "oral"),
    [
        ("1000", "EUR", "1000", Judged.NEEDED),
        ("1000.01", "EUR", "10", Judged.NOT_NEEDED),
        ("10", "EUR", "1000.5", Judged.NOT_NEEDED),
        ("900", "EUR", None, Judged.UNKNOWN),
        (None, "", "10", Judged.UNKNOWN),
        ("900", "PLN", "10", Judged.UNKNOWN),
        (None, "", "1001", Judged.NOT_NEEDED),
        ("1001", "EUR", None, Judged.NOT_NEEDED),
    ],
)
def test_oral_declaration_in_germany(value, currency, gross, oral):
    told = {"value": value, "currency": currency, "gross": gross}
    opposite = {"needed": "not_needed", "not_needed": "needed", "unknown": "unknown"}
    assert judged("de_oral", **told) == oral
    assert judged("de_two_stages", **told) == opposite[oral]
    assert judged("export_document", **told) == opposite[oral]


def test_oral_declaration_in_poland_knows_no_weight():
    assert judged("pl_oral", country="PL", gross="5000") == Judged.NEEDED
    assert judged("pl_form", country="PL", gross=None) == Judged.NOT_NEEDED
    assert judged("pl_oral", country="PL", value="1001") == Judged.NOT_NEEDED
    assert judged("pl_form", country="PL", value="1001") == Judged.NEEDED


@pytest.mark.django_db
def test_bounds_are_those_of_the_law():
    table = {row["code"]: row for row in json.loads(TABLE.read_text(encoding="utf-8"))["rows"]}
    value, weight = (rule_on(code, aid_cast.TODAY).value for code in ("R15", "R15-W"))
    assert table["de_oral"]["oral"] == {"value": value, "currency": "EUR", "gross_kg": weight}
    assert table["pl_oral"]["oral"] == {"value": value, "currency": "EUR"}


def test_unknown_country_gets_the_general_rows_and_asks():
    told = rows(country="PT", value="10")
    assert list(told) == [*GENERAL, "ask_customs"]
    assert told["export_document"].judged == Judged.NEEDED
    assert list(rows(country="")) == list(told)
    assert "ask_customs" not in rows(country="RO")


def test_goods_with_rules_of_their_own():
    plain = rows()
    assert not {"licence", "medicines", "veterinary", "vehicle_title", "excisable"} & set(plain)
    controlled = rows(flags={"dual_use"}, value="5000")
    assert {"licence", "de_single"} <= set(controlled)
    assert "de_collective" not in controlled
    assert "de_collective" in rows(value="5000")
    assert {"medicines", "hu_medicines"} <= set(rows(country="HU", flags={"medicine"}))
    assert "hu_protective" in rows(country="HU", flags={"military"})
    assert "vehicle_title" in rows(flags={"vehicle"})
    assert "veterinary" in rows(flags={"food"})
    assert "excisable" in rows(flags={"excisable"})
    assert {"collective_60", "eori", "transit_t1"} <= set(rows(country="GB"))
    assert rows(country="RO")["ro_permits"].judged == Judged.NOT_NEEDED


def test_what_is_lent_is_no_donation_and_money_crosses_no_border():
    assert "donation_letter" not in rows(regime="loan")
    assert rows(regime="grant_money") == {}
    assert rows(regime="military_aid") == {}


def test_every_row_says_where_it_comes_from():
    table = json.loads(TABLE.read_text(encoding="utf-8"))
    for row in table["rows"]:
        assert row["standing"] in ("verified", "older", "general")
        assert bool(row["sources"]) == (row["standing"] != "general")
        assert set(row["sources"]) <= set(table["sources"])
        assert set(row["text"]) == {"en", "uk"}
        assert all(text.endswith(".") for text in row["text"].values())
    used = {key for row in table["rows"] for key in row["sources"]}
    assert used == set(table["sources"])
    found = rows()["de_oral"]
    assert found.sources[0].url.startswith("https://")
    assert found.words("uk").startswith("Німеччина")
    assert found.words("de") == found.words("en")
    assert "de" in LANGUAGES


@pytest.mark.django_db
def test_check_list_of_a_consignment(people):
    home = people.home
    small = goods(home, beds("4", gross_kg=Decimal(60), net_kg=Decimal(50)), abroad=True)
    told = {row.code: row.judged for row in checklist_for(small)}
    assert told["de_oral"] == Judged.NEEDED
    large = goods(home, beds(), ambulances(unit_value=Decimal(9000), currency="EUR"), abroad=True)
    told = {row.code: row.judged for row in checklist_for(large)}
    assert told["de_oral"] == Judged.NOT_NEEDED
    assert told["vehicle_title"] == Judged.NEEDED
    part = goods(home, beds("4"), ambulances(), abroad=True)
    told = {row.code: row.judged for row in checklist_for(part)}
    assert told["de_oral"] == Judged.NOT_NEEDED
    unvalued = goods(home, batches(), abroad=True, donor_place="", donor_name="Lions Club")
    told = {row.code: row.judged for row in checklist_for(unvalued)}
    assert told["medicines"] == Judged.NEEDED
    assert told["ask_customs"] == Judged.NEEDED
    assert checklist_for(goods(home, beds())) == []
    empty = goods(home, beds(), abroad=True)
    empty.lines.update(removed_at=empty.written_at)
    assert {row.code: row.judged for row in checklist_for(empty)}["de_oral"] == Judged.UNKNOWN


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("told", "flags"),
    [("", set()), ("dual_use", {"dual_use"}), ("both", {"dual_use", "military"})],
)
def test_flags_of_a_line_know_its_control_list(people, told, flags):
    row = goods(people.home, beds())
    line = row.lines.get()
    line.control_list = told
    assert flags_of_line(line) == flags
    assert set(ControlList.values) == {"", "dual_use", "military", "both"}
