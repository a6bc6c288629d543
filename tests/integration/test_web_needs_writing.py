"""Writing needs: one by a form, several from the catalogue, two people in one form."""

import datetime as dt
import html
import re
from decimal import Decimal

import needs_cast
import pytest
from django.test import Client
from needs_cast import BED, GENERATOR, TODAY, a_need, at_work

from factories import PARDUBICE
from living import a_member
from mistok.accounts.models import Membership
from mistok.needs.lifecycle import NeedState
from mistok.needs.models import Need
from signing import enters

pytestmark = pytest.mark.django_db
people = needs_cast.needy
NEW, CATALOGUE = "/en/needs/new/", "/en/needs/catalogue/"
SOUND = {
    "kind": "goods",
    "cluster": "education",
    "text_en": "Tables for the canteen",
    "amount": "2,5",
    "unit": "tonne",
    "priority": "urgent",
    "needed_by": (TODAY + dt.timedelta(days=30)).isoformat(),
    "season": "none",
    "end_user": "schools",
    "value": "1500",
    "currency": "EUR",
    "value_basis": "estimate",
}


def browser(actor, *, factor=False):
    client = Client()
    if factor:
        enters(client, actor.user)
    else:
        client.force_login(actor.user)
    return client


def text_of(answer):
    return html.unescape(answer.content.decode()).replace("\u00a0", " ")


def typed_in(answer):
    """The answers that a page's form holds: boxes, areas, chosen options."""
    text = text_of(answer)
    boxes = re.findall(r'<input type="text" name="(\w+)" value="([^"]*)"', text)
    areas = re.findall(r'<textarea name="(\w+)"[^>]*>\s*([^<]*)</textarea>', text)
    lists = re.findall(r'<select name="(\w+)"[^>]*>(.*?)</select>', text, re.DOTALL)
    picked = [
        (name, found[1])
        for name, inner in lists
        if (found := re.search(r'value="([^"]*)" s', inner))
    ]
    return dict(boxes) | dict(areas) | dict(picked)


def test_pages_are_for_officers_and_say_why_others_may_not(people):
    for path in (NEW, CATALOGUE, "/en/needs/import/"):
        assert browser(people.home.officer).get(path).status_code == 200
        refused = browser(people.home.approver).get(path)
        assert refused.status_code == 403
        assert "role_cannot" in text_of(refused)
        assert "you are of none" in text_of(browser(people.stranger).get(path))
        assert Client().get(path).status_code == 302


def test_need_is_written_in_words_with_an_exact_amount(people):
    client = browser(people.home.officer)
    answer = client.post(NEW, SOUND)
    assert answer.status_code == 302, text_of(answer)[:3000]
    need = Need.objects.get(office=people.home.office)
    assert answer["Location"] == f"/en/needs/{need.public_id}/"
    assert (need.asked, need.unit, need.state) == (2500, "tonne", NeedState.DRAFT)
    assert (need.value, need.currency) == (Decimal(1500), "EUR")
    assert need.text == {"en": "Tables for the canteen"}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"amount": "about 5"}, "only about so much"),
        ({"amount": "0"}, "no amount to ask for"),
        ({"amount": "-3"}, "below zero"),
        ({"amount": "1e30"}, "nobody can send"),
        ({"amount": "3 barns"}, "not a unit"),
        ({"unit": "piece"}, "come in whole numbers"),
        ({"text_en": ""}, "choose it from the catalogue"),
        ({"cluster": ""}, "This field is required"),
        ({"needed_by": "soon"}, "This is no day"),
        ({"needed_by": "2020-01-01"}, "is over"),
        ({"currency": ""}, "Choose the currency"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_typed_is_lost(people, wrong, told):
    sent = SOUND | wrong
    answer = browser(people.home.officer).post(NEW, sent)
    assert answer.status_code == 400
    assert told in text_of(answer)
    kept = typed_in(answer)
    for name in ("text_en", "amount", "unit", "priority", "value", "cluster"):
        assert kept.get(name, "") == sent[name]
    assert not Need.objects.filter(office=people.home.office).exists()


def test_item_is_found_in_any_language_and_fills_the_form_in(people):
    client = browser(people.home.officer)
    text = text_of(client.get(f"{NEW}?q=дизельний генератор"))
    assert f"item={GENERATOR}" in text
    assert "nothing like" in text_of(client.get(f"{NEW}?q=qqqq"))
    address = f"{NEW}?item={GENERATOR}"
    text = text_of(client.get(address))
    assert "Diesel generator up to 75 kVA" in text
    assert 'name="kind"' not in text
    sent = SOUND | {"text_en": "", "unit": "piece", "amount": "4", "cluster": "energy"}
    assert client.post(address, sent).status_code == 302
    assert Need.objects.get(office=people.home.office).item == GENERATOR
    assert client.get(f"{NEW}?item=nothing").status_code == 404


def test_need_is_changed_and_two_at_once_see_both_versions(people):
    need = a_need(people.home, item="", state="draft", specification={"en": "Of oak"})
    address = f"/en/needs/{need.public_id}/edit/"
    first, second = browser(people.home.officer), browser(people.home.officer)
    form = typed_in(first.get(address))
    assert form["specification_en"] == "Of oak"
    sent = {**form, "version": need.version}
    assert first.post(address, {**sent, "amount": "9"}).status_code == 302
    answer = second.post(address, {**sent, "amount": "7", "specification_en": "Of ash"})
    assert answer.status_code == 409
    text = text_of(answer)
    assert "Both versions, side by side" in text
    rows = {label: (now, mine) for label, now, mine in answer.context["differs"]}
    assert rows == {"How much": ("9", "7"), "Specification (English)": ("Of oak", "Of ash")}
    kept = typed_in(answer)
    assert (kept["amount"], kept["specification_en"]) == ("7", "Of ash")
    need.refresh_from_db()
    assert f'name="version" value="{need.version}"' in text
    assert second.post(address, {**kept, "version": need.version}).status_code == 302
    need.refresh_from_db()
    assert (need.asked, need.specification) == (7000, {"en": "Of ash"})


def test_open_need_is_not_changed_into_a_dangerous_one(people):
    need = a_need(people.home, item="")
    address = f"/en/needs/{need.public_id}/edit/"
    client = browser(people.home.officer)
    sent = typed_in(client.get(address)) | {"version": need.version}
    sent["specification_en"] = "To 12 Kyivska Street."
    answer = client.post(address, sent)
    assert answer.status_code == 400
    assert "<mark>12 Kyivska Street</mark>" in text_of(answer)
    assert "reason_" not in text_of(answer)
    both = a_member(people.home.office, "approver", app=True)
    Membership.objects.filter(person=both.user).update(role="officer")
    more = a_member(people.home.office, "approver")
    Membership.objects.filter(person=more.user).update(person=both.user)
    client = browser(both, factor=True)
    text = text_of(client.post(address, sent))
    (name,) = set(re.findall(r'name="(reason_\w+)"', text))
    unproved = browser(both)
    assert "Show your second factor" in text_of(unproved.post(address, {**sent, name: "Known."}))
    assert client.post(address, {**sent, name: "The school is long known."}).status_code == 302
    need.refresh_from_db()
    assert need.specification == {"en": "To 12 Kyivska Street."}


def test_unit_of_what_is_committed_stays_and_the_form_stays_filled(people):
    need = a_need(people.home, 8, committed=2)
    address = f"/en/needs/{need.public_id}/edit/"
    client = browser(people.home.officer)
    sent = typed_in(client.get(address)) | {"version": need.version}
    answer = client.post(address, {**sent, "unit": "set"})
    assert answer.status_code == 409
    assert "so the unit stays" in text_of(answer)
    assert answer.context["differs"] == []
    assert typed_in(answer)["unit"] == "set"
    answer = client.post(address, {**sent, "amount": "1"})
    assert "the amount cannot be less than 2 pieces" in text_of(answer)


def test_others_cannot_change_a_need(people):
    need = a_need(people.home)
    address = f"/en/needs/{need.public_id}/edit/"
    assert browser(people.partner.officer).get(address).status_code == 404
    assert browser(people.home.approver).get(address).status_code == 403
    assert browser(people.second.officer).post(address, SOUND).status_code == 404


def test_catalogue_keeps_amounts_while_one_looks_further(people):
    client = browser(people.home.officer)
    text = text_of(client.get(f"{CATALOGUE}?q=генератор"))
    assert f'name="n_{GENERATOR}"' in text
    assert text.count(f'name="n_{GENERATOR}"') == 1
    answer = client.post(CATALOGUE, {"act": "find", "q": "ліжко", f"n_{GENERATOR}": "5"})
    text = text_of(answer)
    assert [line.typed for line in answer.context["chosen"]] == ["5"]
    assert f'name="n_{BED}"' in text.split('id="found"')[1].split("</section>")[0]
    assert "nothing like" in text_of(client.get(f"{CATALOGUE}?q=qqqq"))
    only = client.get(f"{CATALOGUE}?q=генератор&cluster=health").context["found"]
    assert GENERATOR not in {line.code for line in only}
    opened = [row for row in client.get(f"{CATALOGUE}?cluster=energy").context["groups"] if row[2]]
    assert len(opened) == 1


def test_several_are_taken_at_once_or_none(people):
    client = browser(people.home.officer)
    chosen = {f"n_{GENERATOR}": "5", f"n_{BED}": "about 20"}
    answer = client.post(CATALOGUE, {"act": "take", **chosen})
    assert answer.status_code == 400
    assert "only about so much" in text_of(answer)
    assert {line.typed for line in answer.context["chosen"]} == {"5", "about 20"}
    assert "No amount is filled in" in text_of(client.post(CATALOGUE, {"act": "take"}))
    assert not Need.objects.filter(office=people.home.office).exists()
    answer = client.post(CATALOGUE, {"act": "take", **chosen, f"n_{BED}": "20"}, follow=True)
    assert "2 needs are in your list as drafts" in text_of(answer)
    made = dict(Need.objects.values_list("item", "asked"))
    assert made == {GENERATOR: 5000, BED: 20000}


def test_person_of_two_offices_chooses_for_which_she_writes(people):
    other = at_work(PARDUBICE, "Pardubice")
    officer = a_member(people.home.office, "officer")
    second = a_member(other.office, "officer")
    Membership.objects.filter(person=second.user).update(person=officer.user)
    client = browser(officer)
    address = f"{CATALOGUE}?office={other.office.public_id}"
    assert "For which office" in text_of(client.get(address))
    client.post(CATALOGUE, {"act": "take", f"n_{BED}": "1", "office": other.office.public_id})
    assert Need.objects.get().office == other.office
