"""What the public may read of a line, from when, how coarse; and zones of hostilities."""

import dataclasses
import datetime as dt
import json
from decimal import Decimal

import needs_cast
import pytest
from django.contrib.auth.models import Permission
from needs_cast import AMBULANCE, BED, GENERATOR, TODAY, a_need, steps

from factories import ZHYTOMYR
from mistok.accounts.actors import Actor
from mistok.accounts.models import User
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from mistok.needs.lines import (
    LetPass,
    add_zone,
    change_need,
    earliest,
    end_zone,
    entry_of,
    exposed,
    fulfil_need,
    load_zones,
    may_be_public,
    open_need,
    open_to_public,
    project,
    public_needs,
    publish_need,
    shown_passages,
    standing_publication,
    take,
    withdraw_publication,
    words_of_projection,
)
from mistok.needs.lines.zones import lies_in
from mistok.needs.models import Publication, Zone
from mistok.provenance.models import AuditEvent
from office_cast import KYIV_OBLAST, SHELL, ZHYTOMYR_OBLAST
from signing import enters

pytestmark = pytest.mark.django_db
people = needs_cast.needy
PHONE = "Дзвоніть +380 67 123 45 67"
STREET = "вул. Перемоги"
TOMORROW = TODAY + dt.timedelta(days=1)
LIST = {"kind": "active_hostilities", "since": TODAY, "source": "Order No. 376 of 2025"}


def refused(error, code, act, /, **fields):
    with pytest.raises(error) as caught:
        act(**fields)
    assert caught.value.code == code, caught.value
    return caught.value


def published(people, need, **fields):
    return publish_need(
        actor=people.home.approver, need=need, **{"not_before": TODAY, "expected": 1} | fields
    )


def test_the_projection_holds_no_more_than_the_public_may_know(people):
    need = a_need(
        people.home,
        8,
        item=AMBULANCE,
        withdrawn=2,
        specification={"en": "with a stretcher", "uk": STREET},
        text={"en": "for two crews"},
        delivery_note="unloaded by hand",
        value=Decimal(5000),
        currency="EUR",
        needed_by=dt.date(2027, 3, 15),
    )
    told = project(need, TODAY)
    assert (told["place"], told["level"], told["country"]) == (ZHYTOMYR, 1, "UA")
    assert (told["asked"], told["needed_by"]) == ("6", "2027-03")
    assert told["specification"] == {}
    assert told["text"] == {"en": "for two crews"}
    whole = json.dumps(told, ensure_ascii=False)
    for hidden in ("unloaded", "5000", "EUR", "Перемоги", "2027-03-15", "person", "office"):
        assert hidden not in whole
    assert words_of_projection(told, "en") == "6\u00a0ambulances, for two crews"


@pytest.mark.parametrize(
    ("fields", "level"),
    [
        ({"item": GENERATOR}, 3),
        ({"item": AMBULANCE, "end_user": "utilities"}, 3),
        ({"item": AMBULANCE}, 1),
        ({"item": "", "cluster": "wash"}, 3),
        ({"item": BED, "needed_by": None}, 1),
    ],
)
def test_what_points_to_a_critical_object_is_told_by_oblast(people, fields, level):
    told = project(a_need(people.home, **fields), TODAY)
    assert told["level"] == level
    assert told["place"] == (ZHYTOMYR if level == 1 else ZHYTOMYR_OBLAST)
    assert bool(told["needed_by"]) == ("needed_by" not in fields)


def test_a_need_of_a_city_abroad_is_told_by_city(people):
    told = project(a_need(people.partner, item=AMBULANCE), TODAY)
    assert (told["place"], told["country"]) == (people.partner.place, "DE")


@pytest.mark.parametrize("territory", [ZHYTOMYR, ZHYTOMYR_OBLAST])
def test_in_a_zone_the_oblast_and_the_quarter_are_told(people, territory):
    add_zone(actor=SHELL, place=territory, **LIST)
    need = a_need(people.home, item=AMBULANCE, needed_by=dt.date(2027, 3, 15))
    told = project(need, TODAY)
    assert (told["place"], told["level"], told["needed_by"]) == (ZHYTOMYR_OBLAST, 3, "2027-Q1")
    assert project(need, TODAY - dt.timedelta(days=1))["level"] == 1
    assert project(need, TODAY - dt.timedelta(days=1), TODAY)["level"] == 3
    assert not exposed(people.neighbour.place, TODAY)
    assert lies_in(people.neighbour.place, [KYIV_OBLAST])


def test_an_approver_publishes_from_a_day_on(people):
    need = a_need(people.home, item=AMBULANCE)
    made = published(people, need, not_before=TOMORROW)
    assert (made.need_version, made.rules, made.overruled) == (1, "2026-11", [])
    assert need.version == 1
    assert list(public_needs(TODAY)) == []
    assert list(public_needs(TOMORROW)) == [made]
    event = AuditEvent.objects.get(verb="publish_need")
    assert event.after["not_before"] == TOMORROW.isoformat()
    again = published(people, need)
    assert list(public_needs(TODAY)) == [again]
    made.refresh_from_db()
    assert made.withdrawn_by == str(people.home.approver)
    refused(Conflict, "need_changed", published, people=people, need=need, expected=2)
    refused(
        Invalid,
        "day_is_over",
        published,
        people=people,
        need=need,
        not_before=TODAY - dt.timedelta(days=1),
    )


def test_where_no_day_is_named_the_delay_of_the_rules_holds(people):
    made = publish_need(actor=people.home.approver, need=a_need(people.home))
    assert made.not_before == earliest(TODAY) == TODAY + dt.timedelta(days=14)


def test_only_an_approver_with_a_second_factor_publishes(people):
    need = a_need(people.home)
    for actor, code in (
        (people.home.officer, "role_cannot"),
        (people.partner.approver, "not_yours"),
        (people.coordinator, "not_yours"),
        (people.nobody, "sign_in_needed"),
    ):
        refused(NotAllowed, code, publish_need, actor=actor, need=need, not_before=TODAY)
    made = published(people, need)
    told = {"publication": made, "reason": "x"}
    refused(NotAllowed, "role_cannot", withdraw_publication, actor=people.home.officer, **told)


@pytest.mark.parametrize(
    "fields",
    [
        {"restricted": True},
        {"item": "drone", "restricted": False},
        {"item": AMBULANCE, "end_user": "defence"},
        {"item": "", "end_user": "defence"},
    ],
)
def test_dual_use_military_and_restricted_lines_are_never_public(people, fields):
    need = a_need(people.home, **fields)
    assert not may_be_public(need)
    refused(Conflict, "never_public", published, people=people, need=need)


def test_what_defence_needs_is_shown_to_nobody(people):
    officer = people.home.officer
    need = a_need(people.home, state="draft", end_user="defence")
    refused(Conflict, "need_for_defence", open_need, actor=officer, need=need, today=TODAY)
    shown = a_need(people.home)
    told = {"need": shown, "entry": dataclasses.replace(entry_of(shown), end_user="defence")}
    refused(Conflict, "need_for_defence", change_need, actor=officer, **told)


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("draft", "need_not_open"),
        ("committed", "nothing_open"),
        ("withdrawn", "need_withdrawn"),
        ("fulfilled", "need_fulfilled"),
    ],
)
def test_only_an_open_line_is_published(people, state, code):
    committed = 8 if state in ("committed", "fulfilled") else 0
    need = a_need(people.home, state=state, committed=committed)
    refused(Conflict, code, published, people=people, need=need)


def test_words_that_name_the_thing_are_let_pass_or_taken_out(people):
    need = a_need(people.home, item="", text={"uk": f"Столи. {PHONE}"})
    refused(Invalid, "dangerous_text", published, people=people, need=need)
    let = [LetPass(one.mark, "The hotline of the office") for one in shown_passages(need)]
    made = published(people, need, overruled=let)
    assert made.overruled[0]["why"] == "phone"
    assert made.projection["text"] == need.text
    beside = a_need(people.home, text={"uk": PHONE})
    assert published(people, beside).projection["text"] == {}


def test_a_line_that_becomes_restricted_is_public_no_more(people):
    need = a_need(people.home, item=AMBULANCE)
    made = published(people, need)
    told = {"actor": people.home.officer, "need": need}
    change_need(entry=dataclasses.replace(entry_of(need), priority="important"), **told)
    assert list(public_needs(TODAY)) == [made]
    change_need(entry=dataclasses.replace(entry_of(need), restricted=True), **told)
    assert list(public_needs(TODAY)) == []
    assert standing_publication(need) is None


def test_what_is_open_to_the_public_is_never_more_than_was_approved(people):
    need = a_need(people.home, 8)
    made = published(people, need)
    assert open_to_public(made) == 8
    more = dataclasses.replace(entry_of(need), number=Decimal(20))
    change_need(actor=people.home.officer, need=need, entry=more)
    made = public_needs(TODAY).get()
    assert open_to_public(made) == 8
    take(need, steps(15))
    assert open_to_public(public_needs(TODAY).get()) == 5


def test_a_committed_line_stays_readable_and_a_fulfilled_one_does_not(people):
    need = a_need(people.home, 8)
    published(people, need)
    take(need, steps(8))
    assert public_needs(TODAY).count() == 1
    fulfil_need(actor=people.home.officer, need=need)
    assert public_needs(TODAY).count() == 0


def test_a_publication_is_taken_back_once_with_a_reason(people):
    need = a_need(people.home)
    made = published(people, need)
    told = {"actor": people.home.approver, "publication": made}
    refused(Invalid, "text_missing", withdraw_publication, reason="", **told)
    withdraw_publication(reason="Too exact, ask olena@example.org", **told)
    assert made.withdrawn_at is not None
    assert AuditEvent.objects.get(verb="withdraw_publication").after["reason"].endswith("…")
    refused(Conflict, "publication_withdrawn", withdraw_publication, reason="again", **told)
    assert list(public_needs(TODAY)) == []


def test_a_hromada_that_comes_into_a_zone_is_hidden_until_approved_anew(people):
    near = published(people, a_need(people.home, item=AMBULANCE))
    coarse = published(people, a_need(people.home, item=GENERATOR))
    elsewhere = publish_need(
        actor=people.partner.approver,
        need=a_need(people.partner, item=AMBULANCE),
        not_before=TODAY,
    )
    assert set(public_needs(TODAY)) == {near, coarse, elsewhere}
    zone = add_zone(actor=SHELL, place=ZHYTOMYR_OBLAST, **LIST)
    assert set(public_needs(TODAY)) == {coarse, elsewhere}
    again = published(people, near.need)
    assert set(public_needs(TODAY)) == {again, coarse, elsewhere}
    end_zone(actor=SHELL, zone=zone, until=TODAY)
    assert exposed(ZHYTOMYR, TODAY)
    assert not exposed(ZHYTOMYR, TOMORROW)


@pytest.mark.parametrize(
    ("fields", "error", "code"),
    [
        ({"source": " "}, Invalid, "text_missing"),
        ({"until": TODAY - dt.timedelta(days=1)}, Invalid, "zone_ends_before"),
        ({"kind": "quiet"}, Invalid, "zone_kind_unknown"),
        ({"place": "geonames:999999999"}, NotFound, "place_unknown"),
        ({"actor": Actor()}, NotAllowed, "zone_not_yours"),
    ],
)
def test_a_zone_that_cannot_be_is_refused(fields, error, code):
    sound = {"actor": SHELL, "place": ZHYTOMYR, **LIST}
    refused(error, code, add_zone, **sound | fields)


def test_a_zone_stands_under_its_canonical_key_and_once(people):
    zone = add_zone(actor=SHELL, place="iso:UA-18", **LIST)
    assert zone.place == ZHYTOMYR_OBLAST
    refused(Conflict, "zone_known", add_zone, actor=SHELL, place=ZHYTOMYR_OBLAST, **LIST)
    stranger = people.stranger
    refused(NotAllowed, "zone_not_yours", end_zone, actor=stranger, zone=zone, until=TODAY)
    end_zone(actor=SHELL, zone=zone, until=TODAY)
    end_zone(actor=SHELL, zone=zone, until=None)
    assert Zone.objects.get().until is None


@pytest.fixture
def administrator():
    user = User(email="zones@example.org", is_staff=True)
    user.set_unusable_password()
    user.save()
    names = ("add_zone", "change_zone", "view_zone", "view_publication", "delete_zone")
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return user


def test_an_administrator_keeps_the_list_in_the_staff_pages(client, administrator, people):
    enters(client, administrator)
    address = "/staff/needs/zone/add/"
    form = {
        "place": "iso:UA-18",
        "kind": "active_hostilities",
        "since": TODAY.isoformat(),
        "source": "Order No. 376",
    }
    page = client.post(address, form | {"place": "moon"}).content.decode()
    assert "moon" in page
    assert not Zone.objects.exists()
    assert client.post(address, form).status_code == 302
    zone = Zone.objects.get()
    assert zone.place == ZHYTOMYR_OBLAST
    assert AuditEvent.objects.get(verb="add_zone").actor == administrator.public_id
    one = f"/staff/needs/zone/{zone.pk}/change/"
    late = (TODAY - dt.timedelta(days=1)).isoformat()
    assert "would end before" in client.post(one, {"until": late}).content.decode()
    assert client.post(one, {"until": TODAY.isoformat(), "place": "x"}).status_code == 302
    zone.refresh_from_db()
    assert (zone.place, zone.until) == (ZHYTOMYR_OBLAST, TODAY)
    assert client.post(f"/staff/needs/zone/{zone.pk}/delete/").status_code == 403
    made = published(people, a_need(people.home))
    page = client.get("/staff/needs/publication/").content.decode()
    assert made.public_id in page
    assert client.get("/staff/needs/publication/add/").status_code == 403
    assert client.post("/staff/needs/zone/add/", {}).status_code == 200
    assert Publication.objects.count() == 1


def test_official_list_comes_with_the_program_and_is_taken_in_once(people):
    marhanets, in_crimea = "katottg:UA12080030000022466", "katottg:UA01160330000011827"
    assert not exposed(marhanets, TODAY)
    assert load_zones() == Zone.objects.count() > 300
    assert load_zones() == 0
    assert exposed(marhanets, TODAY)
    assert exposed(in_crimea, TODAY)
    assert not exposed(marhanets, dt.date(2023, 1, 1))
    assert not exposed(ZHYTOMYR, TODAY)
