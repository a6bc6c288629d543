"""What everybody reads of aid, and the approver who decides: totals, traces, places."""

import json
import re

import pytest
import seeing_cast as cast
from acts_cast import ago, give_out, the_lot, to_people
from seeing_cast import LONG_AGO, again, approved, in_store, in_zone, public_now
from web_aid_cast import browser, main_of, page, send, text_of

from factories import BUCHA, DORTMUND, GDYNIA, ZHYTOMYR
from mistok.aid.models import AidPublication, Consignment
from mistok.aid.seeing import public_trace, public_traces
from mistok.provenance.models import AuditEvent
from mistok.web.aid import totals_page
from mistok.web.registry import lists
from office_cast import KYIV_OBLAST, ZHYTOMYR_OBLAST

pytestmark = pytest.mark.django_db
people = cast.seers
TITLE = "Beds and blankets"
MONTH = f"{ago(LONG_AGO):%Y-%m}"


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.MISTOK_DATA = tmp_path


def room(consignment):
    return f"{consignment.public_id}/public/"


@pytest.mark.parametrize(
    ("language", "words"), [("en", "No aid is public just now"), ("uk", "</h1>")]
)
def test_empty_page_tells_what_will_stand_there(people, language, words):
    answer = browser().get(f"/{language}/aid/")
    assert answer.status_code == 200
    assert words in text_of(answer)
    assert '<form class="filters"' not in text_of(answer)


def test_totals_count_what_is_public_and_each_bar_is_a_link(people):
    public_now(people, {"cluster": "shelter"}, {"cluster": "health"})
    public_now(people, giver=False, donor_place=GDYNIA)
    public_now(people, giver=False)
    in_store(people, came=LONG_AGO)
    approved(people, in_store(people, {"cluster": "food"}))
    told = page(browser(), "")
    assert "3 consignments" in told
    for words in ("Dortmund", "Gdynia", "Giver not named", "Zhytomyr", "Where aid came"):
        assert words in told
    assert "Food" not in told
    shelter = re.search(r'href="\?field=shelter">([^<]+)</a>.*?width="(\d+)".*?>(\d+)<', body(""))
    assert shelter.groups()[1:] == ("100", "3")
    assert re.search(r'href="\?field=health">[^<]+</a>.*?width="33".*?>1<', body(""))


def body(path, client=None):
    return text_of((client or browser()).get(f"/en/aid/{path}")).replace("\n", " ")


def test_list_is_narrowed_by_each_filter(people):
    energy = public_now(people, {"cluster": "energy"})
    beds = public_now(people, giver=False, donor_place=GDYNIA)
    nobody = public_now(people, giver=False)
    every = {energy.public_id, beds.public_id, nobody.public_id}
    for query, expected in {
        f"?giver={DORTMUND}": {energy.public_id},
        "?giver=-": {nobody.public_id},
        "?field=shelter": {beds.public_id, nobody.public_id},
        f"?month={MONTH}": every,
        f"?region={ZHYTOMYR_OBLAST}": every,
        f"?giver={GDYNIA}&field=energy": set(),
        "?giver=nobody-at-all": set(),
        f"?about={GDYNIA}": {beds.public_id},
        f"?about={ZHYTOMYR}": {beds.public_id, nobody.public_id},
        "?about=geonames:1": every,
        "?about=what%20ever": every,
    }.items():
        shown = body(query)
        assert {one for one in every if one in shown} == expected, query
        assert ("No consignment matches" in shown) == (not expected)
    shown = body(f"?giver={GDYNIA}")
    assert re.search(rf'<option value="{GDYNIA}" selected>Gdynia', shown)
    assert "What Gdynia got or gave" in body(f"?about={GDYNIA}")


def test_long_list_has_pages_and_long_charts_an_end(people, monkeypatch):
    monkeypatch.setattr(lists, "PAGE_SIZE", 1)
    monkeypatch.setattr(totals_page, "MOST_BARS", 1)
    public_now(people)
    public_now(people, giver=False, donor_place=GDYNIA)
    told = page(browser(), "")
    assert "Page 1 of 2" in told
    assert "1 more row is found by the filter above" in told
    assert "Page 2 of 2" in page(browser(), "?page=9")


@pytest.mark.parametrize("language", ["en", "uk"])
def test_everybody_reads_a_public_trace_and_what_is_hidden(people, language):
    row = in_store(people, came=LONG_AGO)
    give_out(
        people.home,
        row,
        to_people(the_lot(row), 4, category="displaced", persons=40),
        to_people(the_lot(row), 4, category="households", persons=50),
        to_people(the_lot(row), 1, category="health", persons=3),
    )
    approved(people, again(row))
    for actor in (None, people.stranger, people.second.officer, people.coordinator):
        shown = text_of(browser(actor).get(f"/{language}/aid/{row.public_id}/"))
        assert "50" in shown
        for hidden in (TITLE, "folding bed", ago(LONG_AGO).isoformat(), "sums"):
            assert hidden not in shown
    if language == "en":
        told = page(browser(), f"{row.public_id}/")
        assert "Dortmund" in told
        assert "100 kg to 1 t" in told
        assert "only the hromada is named" in told
        assert "Numbers of people below ten" in told
        assert f"/en/aid/?giver={DORTMUND}".replace(":", "%3A") in body(f"{row.public_id}/")


def test_trace_near_the_front_is_told_by_oblast_and_quarter(people):
    in_zone(ZHYTOMYR)
    in_zone(BUCHA)
    row = public_now(people, {"gross_grams": None}, giver=False, donor_place=BUCHA)
    told = page(browser(), f"{row.public_id}/")
    assert "only the quarter is told" in told
    assert "only the oblast is named" in told
    assert "Bucha" not in told
    assert "Weight Not told" in told
    assert "Numbers of people" not in told
    assert f"?about={KYIV_OBLAST}".replace(":", "%3A") in text_of(
        browser().get(f"/en/places/{KYIV_OBLAST}/")
    )


def test_what_is_not_public_answers_as_what_is_not_there(people):
    row = in_store(people, came=LONG_AGO)
    unknown = page(browser(), "consignment_ffffffffffff/", 404)
    taken = public_now(people)
    send(
        browser(people.home.approver, factor=True),
        room(taken),
        "take_back",
        version="0",
        reason="a mistake",
    )
    for actor in (None, people.stranger, people.second.officer, people.coordinator):
        client = browser(actor)
        for one in (row, taken):
            assert page(client, f"{one.public_id}/", 404) == unknown
            # Whoever has not come in is asked to; who has, learns nothing.
            page(client, room(one), 404 if actor else 302)


def test_members_see_what_the_public_would_read_and_approvers_decide(people):
    row = in_store(people, came=LONG_AGO)
    for actor in (people.home.officer, people.home.storekeeper, people.home.auditor):
        told = page(browser(actor), room(row))
        assert "What the public would read" in told
        assert "An approver of your office decides about it" in told
        assert "Approve it for the public" not in told
    approver = browser(people.home.approver, factor=True)
    assert "For the public" in page(approver, f"{row.public_id}/")
    send(approver, room(row), "publish", not_before="")
    assert public_trace(row)
    told = page(approver, room(row))
    assert "Everybody reads this since" in told
    assert "What it would be now" not in told
    assert "Approved, to be read from" in told
    assert AuditEvent.objects.filter(verb="publish_aid").count() == 1


def test_page_before_the_day_says_so(people):
    row = in_store(people)
    approver = browser(people.home.approver, factor=True)
    answer = send(approver, room(row), "publish", 400, not_before=ago(0).isoformat())
    assert "Name that or later" in main_of(answer)
    send(approver, room(row), "publish", not_before="")
    told = page(approver, room(row))
    assert "It is approved. Everybody may read it from" in told
    assert "Nothing yet. It is approved" in told
    assert page(browser(), f"{row.public_id}/", 404)


def test_approver_is_told_when_it_changed_meanwhile_and_approves_the_new(people):
    row = in_store(people, came=LONG_AGO)
    approver = browser(people.home.approver, factor=True)
    path = f"/en/aid/{room(row)}"
    shown = approver.get(path).content.decode()
    old = re.search(r'name="version" value="(\d+)"', shown)[1]
    give_out(people.home, row, to_people(the_lot(row), 10, persons=30))
    told = {"act": "publish", "key": "a1b2c3d4", "version": old, "not_before": ""}
    answer = approver.post(path, told)
    assert answer.status_code == 409
    assert "has changed since you opened the page" in main_of(answer)
    new = re.search(r'name="version" value="(\d+)"', answer.content.decode())[1]
    assert new != old
    key = re.search(r'name="key" value="(\w+)"', answer.content.decode())[1]
    assert approver.post(path, told | {"version": new, "key": key}).status_code == 302
    assert public_trace(row)["for"] == {"households": 30}


def test_office_reads_beside_what_was_approved_what_it_would_be_now(people):
    row = public_now(people)
    row.lines.update(cluster="health")
    told = page(browser(people.home.officer), room(row))
    assert "something has changed since" in told
    assert "What it would be now" in told


def test_second_factor_is_asked_for_as_for_other_binding_acts(people):
    row = in_store(people, came=LONG_AGO)
    client = browser(people.home.approver)
    answer = send(client, room(row), "publish", 403, not_before="")
    assert "second factor" in main_of(answer)
    assert not AidPublication.objects.exists()
    event = AuditEvent.objects.get(verb="refused_publish")
    assert event.after["code"] == "second_factor_not_shown"


def test_taking_back_needs_a_reason_and_works_at_once(people):
    row = public_now(people)
    approver = browser(people.home.approver, factor=True)
    send(approver, room(row), "take_back", 400, version="0", reason="")
    send(approver, room(row), "take_back", version="0", reason="The partner asked for it.")
    told = page(approver, room(row))
    assert "Taken back: The partner asked for it." in told
    assert "Take it back" not in told
    assert page(browser(), f"{row.public_id}/", 404)
    assert public_traces() == []
    answer = send(approver, room(row), "take_back", 409, version="0", reason="Once more.")
    assert "Nothing more is needed" in main_of(answer)


@pytest.mark.parametrize(
    "fields", [{"restricted": True}, {"regime": "military_aid", "restricted": True}]
)
def test_nobody_is_offered_to_publish_what_is_never_public(people, fields):
    row = in_store(people, came=LONG_AGO)
    Consignment.objects.filter(pk=row.pk).update(**fields)
    approver = browser(people.home.approver, factor=True)
    told = page(approver, room(row))
    assert "Nothing of it can be shown now" in told
    assert "Approve it" not in told
    send(approver, room(row), "publish", 409, not_before="")


def test_giver_and_others_have_no_room_for_publishing(people):
    row = in_store(people)
    page(browser(people.giver.approver), room(row), 404)
    page(browser(people.coordinator), room(row), 404)
    assert browser().get(f"/en/aid/{room(row)}").status_code == 302


def test_pages_of_both_places_name_it_with_a_link(people):
    row = public_now(people)
    in_store(people, giver=False)
    for place in (ZHYTOMYR, DORTMUND, ZHYTOMYR_OBLAST):
        shown = text_of(browser().get(f"/en/places/{place}/"))
        assert shown.count(f"/en/aid/{row.public_id}/") == 1
    assert "/en/aid/consignment" not in text_of(browser().get(f"/en/places/{GDYNIA}/"))


def test_programs_and_people_read_the_same(people):
    row = public_now(people)
    told = browser().get(f"/api/v1/consignments/{row.public_id}").json()
    assert (told["month"], told["clusters"]) == (MONTH, ["shelter"])
    listed = browser().get("/api/v1/consignments").json()
    assert [one["id"] for one in listed["items"]] == [row.public_id]
    assert TITLE not in json.dumps([told, listed])
