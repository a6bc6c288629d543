"""From a proposal to statements: kinds, places, things given, and what readers must not see."""

import pytest
import read_cast
from read_cast import (
    ARTICLE,
    SENT,
    a_project,
    a_text,
    a_tie,
    again,
    changed,
    first,
    party,
    refused,
    sent,
    some_aid,
    statements,
)

from factories import DORTMUND, GDYNIA, ZHYTOMYR
from mistok.ingest.documents.services import accept, correct
from mistok.kernel.errors import Invalid
from mistok.provenance.models import Source, Statement
from mistok.provenance.values import SupportReport, TieEvent
from mistok.reading.model import Item
from mistok.registry.models import Municipality, Support, Tie
from mistok.registry.services import provisional_key, tie_subject

pytestmark = pytest.mark.django_db
fake, ground, crew = read_cast.fake, read_cast.ground, read_cast.crew


def test_words_for_kinds_become_kinds_of_the_registry(crew, fake):
    def told(kind, label=""):
        fake.says(lambda text: {"ties": (a_tie(text, kind=kind, label=label, date=""),)})
        document = sent(crew.stranger, a_text(ARTICLE + f" {kind} {label}"))
        one = accept(actor=crew.of_all, proposal=first(document))
        (event,) = statements(one, "event")
        read = TieEvent.from_text(event.value)
        labels = [(said.value, said.lang) for said in statements(one, "label")]
        return read.kind, read.instrument, labels

    assert told("twinning") == ("twinning", "", [])
    assert told("partner") == ("partnership", "", [])
    assert told("cooperation") == ("partnership", "", [("cooperation", "en")])
    agreed = "угода про співпрацю"
    assert told("cooperation", agreed) == ("partnership", "agreement", [(agreed, "en")])
    assert told("memorandum") == ("partnership", "memorandum", [])
    assert told("solidarity") == ("solidarity", "", [])
    assert told("unknown") == ("unknown", "", [])


def test_three_parties_of_one_instrument_are_one_tie(crew, fake):
    fake.says(
        lambda text: {
            "ties": (a_tie(text, "dortmund", "zhytomyr", "gdynia"),) * 2,
        }
    )
    document = sent(crew.stranger)
    one = accept(actor=crew.of_poland, proposal=first(document))
    assert one.subject == tie_subject([DORTMUND, ZHYTOMYR, GDYNIA])
    assert Tie.objects.get().parties.count() == 3


def test_place_that_no_gazetteer_has_is_known_by_country_and_name(crew, fake):
    fake.says(lambda text: {"ties": (a_tie(text, "kreis", "zhytomyr"),)})
    one = accept(actor=crew.of_ukraine, proposal=first(sent(crew.stranger)))
    key = provisional_key("DE", "Kreis Musterland")
    row = Municipality.objects.get(key=key)
    assert (row.name, row.country) == ("Kreis Musterland", "DE")
    assert one.subject == tie_subject([key, ZHYTOMYR])
    fake.says(lambda text: {"ties": (a_tie(text, "zhytomyr", "gdynia"),)})
    other = first(sent(crew.stranger, a_text(ARTICLE + "!")))
    own = {"key": key, "name": "Kreis Musterland", "country": "DE", "level": "district"}
    content = changed(other.content, parties=[party("zhytomyr"), own])
    assert correct(actor=crew.of_ukraine, proposal=other, content=content).subject == one.subject


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"key": "geonames:999999999", "name": "X", "country": "DE"}, "party_unknown"),
        ({"key": "", "name": "Somewhere", "country": ""}, "party_unknown"),
        ({"key": "", "name": " ", "country": "DE"}, "party_unknown"),
        ({"key": "", "name": "x" * 201, "country": "DE"}, "party_unknown"),
        ({"key": ZHYTOMYR, "name": "Zhytomyr", "country": "UA"}, "parties_missing"),
    ],
)
def test_tie_of_parties_that_nobody_knows_is_not_taken(crew, fake, other, code):
    one = first(sent(crew.stranger))
    content = changed(one.content, parties=[party("zhytomyr"), other])
    refused(code, Invalid, lambda: correct(actor=crew.of_all, proposal=one, content=content))
    assert (again(one).state, Statement.objects.count(), Source.objects.count()) == ("open", 0, 0)


def test_help_becomes_a_report_for_each_thing(crew, fake):
    one = accept(actor=crew.of_ukraine, proposal=first(sent(crew.stranger), "aid"))
    assert one.subject.startswith("support_")
    goods, money = sorted(Support.objects.all(), key=lambda row: row.kind)
    assert (goods.giver.key, goods.receiver.key) == (DORTMUND, ZHYTOMYR)
    read = SupportReport.from_text(goods.value)
    assert (read.what, read.quantity, read.unit) == ({"en": "generator"}, "2", "pcs")
    assert (read.status, read.date, read.restricted) == ("delivered", "2023-02", False)
    read = SupportReport.from_text(money.value)
    assert (read.kind, read.what, read.quantity, read.unit) == ("money", {}, "5000", "EUR")
    assert {said.original_value for said in statements(one)} == {SENT}


@pytest.mark.parametrize(
    ("item", "quantity", "unit", "kind"),
    [
        (Item("medicines"), "", "", "goods"),
        (Item("bus", 14), "14", "pcs", "goods"),
        (Item("food", 2.5, "t", ">"), ">2.5", "t", "goods"),
        (Item("money", 1000), "", "", "money"),
        (Item("money", None, "EUR"), "", "", "money"),
    ],
)
def test_amounts_stay_as_exact_as_the_text(crew, fake, item, quantity, unit, kind):
    fake.says(lambda text: {"aid": (some_aid(text, "dortmund", "zhytomyr", item),)})
    accept(actor=crew.of_all, proposal=first(sent(crew.stranger), "aid"))
    read = SupportReport.from_text(Support.objects.get().value)
    assert (read.quantity, read.unit, read.kind) == (quantity, unit, kind)


def test_help_without_things_is_general(crew, fake):
    fake.says(lambda text: {"aid": (some_aid(text, "the diaspora"),)})
    one = first(sent(crew.stranger, a_text(lang="uk")), "aid")
    accept_it = changed(one.content, items=[])
    correct(actor=crew.of_all, proposal=one, content=accept_it)
    read = SupportReport.from_text(Support.objects.get().value)
    words = {"en": "the diaspora", "uk": "the diaspora"}
    assert (read.kind, read.giver, read.giver_words) == ("general", "", words)


@pytest.mark.parametrize(
    ("what", "shown"),
    [
        ("quadcopters", "communication and protective equipment"),
        ("бронежилети", "communication and protective equipment"),
        ("Nachtsichtgeräte", "communication and protective equipment"),
        ("kamizelki kuloodporne", "communication and protective equipment"),
        ("thermal imaging cameras", "communication and protective equipment"),
        ("means of communication", "communication and protective equipment"),
        ("autotransformers", "equipment for power and heat supply"),
    ],
)
def test_goods_of_dual_use_are_not_told_to_readers(crew, fake, what, shown):
    fake.says(lambda text: {"aid": (some_aid(text, "dortmund", "zhytomyr", Item(what, 3, "pcs")),)})
    one = accept(actor=crew.of_all, proposal=first(sent(crew.stranger), "aid"))
    (said,) = statements(one)
    read = SupportReport.from_text(said.value)
    assert (read.restricted, read.public_what["en"], said.visibility) == (True, shown, "restricted")


@pytest.mark.parametrize(
    "what", ["ambulance", "medicines", "blankets", "generators", "school buses", "ліки", "Betten"]
)
def test_everyday_goods_are_told(crew, fake, what):
    fake.says(lambda text: {"aid": (some_aid(text, "dortmund", "zhytomyr", Item(what)),)})
    one = accept(actor=crew.of_all, proposal=first(sent(crew.stranger), "aid"))
    assert statements(one)[0].visibility == "public"


def test_reviewer_can_hide_what_no_list_knows(crew, fake):
    one = first(sent(crew.stranger), "aid")
    correct(actor=crew.of_all, proposal=one, content=changed(one.content, restricted=True))
    reports = {row.kind: SupportReport.from_text(row.value) for row in Support.objects.all()}
    assert all(report.restricted for report in reports.values())


def test_help_to_nobody_in_particular_must_be_corrected_first(crew, fake):
    fake.says(lambda text: {"aid": (some_aid(text, "dortmund", "the people of Zhytomyr"),)})
    one = first(sent(crew.stranger), "aid")
    refused("receiver_missing", Invalid, lambda: accept(actor=crew.of_all, proposal=one))
    content = changed(one.content, to_party=party("kreis"), from_party=party("kreis"))
    assert correct(actor=crew.of_all, proposal=one, content=content).state == "corrected"
    assert Support.objects.first().receiver.name == "Kreis Musterland"


def test_project_becomes_a_promise_to_build(crew, fake):
    one = accept(actor=crew.of_all, proposal=first(sent(crew.stranger), "project"))
    read = SupportReport.from_text(Support.objects.get(public_id=one.subject).value)
    assert (read.kind, read.status, read.quantity, read.unit) == (
        "reconstruction",
        "promised",
        "200000",
        "EUR",
    )


def test_corrected_project_is_taken(crew, fake):
    one = first(sent(crew.stranger), "project")
    content = changed(one.content, object="a new school", amount=1.5, currency="EUR")
    correct(actor=crew.of_all, proposal=one, content=content)
    read = SupportReport.from_text(Support.objects.get().value)
    assert (read.what, read.quantity) == ({"en": "a new school"}, "1.5")


def test_project_of_no_place_and_no_sum_is_told_in_words(crew, fake):
    told = {"amount": None, "currency": "EUR"}
    fake.says(lambda text: {"projects": (a_project(text, "UNDP", **told),)})
    accept(actor=crew.of_all, proposal=first(sent(crew.stranger), "project"))
    read = SupportReport.from_text(Support.objects.get().value)
    assert (read.giver_words, read.quantity, read.unit) == ({"en": "UNDP"}, "", "")
