"""Acts through their pages: counting, valuing, issuing, passing on, reporting, reversing."""

import datetime as dt

import pytest
import web_aid_cast as cast
from django.core.cache import cache
from web_aid_cast import (
    ON_THE_SHEET,
    START,
    a_line,
    browser,
    main_of,
    page,
    send,
)

from factories import ZHYTOMYR
from mistok.aid.lifecycle import Account, State
from mistok.aid.models import (
    AidAct,
    AidDeadline,
    AidReport,
    Balance,
    Consignment,
    Distribution,
    Entry,
)

pytestmark = pytest.mark.django_db
people = cast.needy


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.MISTOK_DATA = tmp_path


def sheet(consignment, kind):
    return f"{consignment.public_id}/act/{kind}/"


def day(days=0):
    return (START + dt.timedelta(days=days)).isoformat()


def lies(consignment, account, category=""):
    rows = Balance.objects.filter(lot__line__consignment=consignment, account=account)
    rows = rows.filter(category=category) if category else rows
    return sum(rows.values_list("amount", flat=True)) / 1000


def lot_ids(consignment):
    rows = consignment.lines.order_by("position").values_list("lots__public_id", flat=True)
    return list(rows)


def test_commission_counts_what_came_and_a_discrepancy_follows(people):
    made = cast.inland(people.home, a_line(10), a_line(4))
    client = browser(people.home.officer)
    assert "On the way: 10 pcs" in page(client, sheet(made, "acceptance"))
    beds, further = lot_ids(made)
    counted = {f"{beds}-received": "7", f"{beds}-damaged": "1", f"{further}-received": "5"}
    send(client, sheet(made, "acceptance"), "acceptance", day=day(1), **counted, **ON_THE_SHEET)
    assert lies(made, "store") == 12
    assert (lies(made, "damaged"), lies(made, "shortage")) == (1, 2)
    assert cast.state(made) == State.RECEIVED
    kinds = list(AidAct.objects.filter(consignment=made).values_list("kind", flat=True))
    assert kinds == ["dispatch", "acceptance", "discrepancy"]
    told = page(client, f"{made.public_id}/")
    assert "Discrepancy act No. 1/" in told
    assert "it adds up" in told
    assert "Petro Store, driver" in told
    assert "Ivan Books, accountant" in told


def test_part_is_counted_and_the_rest_comes_with_another_vehicle(people):
    made = cast.inland(people.home, a_line(10), a_line(4))
    client = browser(people.home.officer)
    beds, _further = lot_ids(made)
    told = {f"{beds}-received": "6", f"{beds}-more_to_come": "on"}
    send(client, sheet(made, "acceptance"), "acceptance", day=day(1), **told, **ON_THE_SHEET)
    assert cast.state(made) == State.DISPATCHED
    assert lies(made, "in_transit") == 8


def test_line_without_a_number_gets_its_lot_at_the_count(people):
    made = cast.inland(people.home, a_line(5, bound=">", unit="tonne"))
    client = browser(people.home.officer)
    assert "Told: more than 5 t" in page(client, sheet(made, "acceptance"))
    line = made.lines.get().public_id
    told = {f"{line}-received": "5,4", f"{line}-batch": "L-1"}
    send(client, sheet(made, "acceptance"), "acceptance", day=day(1), **told, **ON_THE_SHEET)
    assert lies(made, "store") == 5.4
    assert made.lines.get().lots.get().batch == "L-1"


@pytest.mark.parametrize(
    ("told", "status", "sentence"),
    [
        ({"received": ""}, 400, "Nothing is counted yet"),
        ({"received": "", "damaged": "1"}, 400, "Write how many came sound"),
        ({"received": "-1"}, 400, "below zero"),
        ({"received": "3 kg"}, 400, "cannot be turned into pieces"),
        ({"members": ""}, 400, "Further members: This field is required"),
        ({"members": "Ivan Books"}, 400, "at least three people"),
        ({"day": "2099-01-01"}, 400, "lies ahead"),
        ({"day": (START - dt.timedelta(days=1)).isoformat()}, 400, "from its dispatch on"),
        ({"settlement": "Dortmund"}, 400, "Settlement"),
    ],
)
def test_count_that_cannot_be_keeps_what_was_typed_and_posts_nothing(
    people, told, status, sentence
):
    made = cast.inland(people.home)
    (lot,) = lot_ids(made)
    told = {f"{lot}-{k}" if k in ("received", "damaged") else k: v for k, v in told.items()}
    sound = {f"{lot}-received": "10", "remarks": "Kept words", "day": day(1), **ON_THE_SHEET}
    answer = send(
        browser(people.home.officer),
        sheet(made, "acceptance"),
        "acceptance",
        status,
        **sound | told,
    )
    assert sentence in main_of(answer)
    assert "Kept words" in main_of(answer)
    assert cast.state(made) == State.DISPATCHED
    assert not Entry.objects.filter(act__kind="acceptance").exists()


def test_double_click_and_reload_post_once(people):
    made = cast.inland(people.home)
    client, (lot,) = browser(people.home.officer), lot_ids(made)
    told = {
        "act": "acceptance",
        "key": "abcdefabcdef",
        "version": str(made.version),
        "day": day(1),
        f"{lot}-received": "10",
        **ON_THE_SHEET,
    }
    for _ in range(2):
        answer = client.post(f"/en/aid/{sheet(made, 'acceptance')}", told)
        assert answer["Location"] == f"/en/aid/{made.public_id}/"
    assert AidAct.objects.filter(kind="acceptance").count() == 1
    other = client.post(f"/en/aid/{sheet(made, 'acceptance')}", told | {f"{lot}-received": "9"})
    assert other.status_code == 409
    assert 'value="abcdefabcdef"' not in other.content.decode()
    assert AidAct.objects.filter(kind="acceptance").count() == 1


def test_key_that_was_used_is_refused_also_when_the_cache_has_forgotten(people):
    made = cast.inland(people.home)
    client, (lot,) = browser(people.home.officer), lot_ids(made)
    told = {"act": "acceptance", "key": "abcdefabcdef", "version": str(made.version)}
    told |= {"day": day(1), f"{lot}-received": "10", **ON_THE_SHEET}
    client.post(f"/en/aid/{sheet(made, 'acceptance')}", told)
    cache.clear()
    client.post(f"/en/aid/{sheet(made, 'acceptance')}", told)
    assert AidAct.objects.filter(kind="acceptance").count() == 1
    assert lies(made, "store") == 10


def test_commission_values_what_was_received(people):
    made = cast.received(people.home, a_line(10))
    one = made.lines.get().public_id
    client = browser(people.home.approver, factor=True)
    told = {f"{one}-unit_value": "120.50", f"{one}-currency": "EUR", f"{one}-basis": "invoice"}
    more = {f"{one}-uah_rate": "48.12", "day": day(2)}
    send(client, sheet(made, "valuation"), "valuation", **told, **more, **ON_THE_SHEET)
    assert cast.state(made) == State.ON_BALANCE
    line = made.lines.get()
    assert (str(line.unit_value), line.currency, str(line.uah_rate)) == (
        "120.50",
        "EUR",
        "48.120000",
    )


def test_value_needs_its_currency(people):
    made = cast.received(people.home)
    one = made.lines.get().public_id
    client = browser(people.home.approver, factor=True)
    told = {f"{one}-unit_value": "120", f"{one}-currency": "", "day": day(2)}
    answer = send(client, sheet(made, "valuation"), "valuation", 400, **told, **ON_THE_SHEET)
    assert "Choose it for this value" in main_of(answer)
    told = {f"{one}-unit_value": "", "day": day(2)}
    answer = send(client, sheet(made, "valuation"), "valuation", 400, **told, **ON_THE_SHEET)
    assert "No value is written yet" in main_of(answer)


def test_binding_act_asks_for_the_second_factor_and_keeps_what_was_typed(people):
    made = cast.received(people.home)
    one = made.lines.get().public_id
    told = {f"{one}-unit_value": "120", f"{one}-currency": "EUR", f"{one}-basis": "invoice"}
    client = browser(people.home.approver)
    path = sheet(made, "valuation")
    answer = send(client, path, "valuation", 403, day=day(2), **told, **ON_THE_SHEET)
    assert "Show your second factor" in main_of(answer)
    assert "Olha Head" in answer.content.decode()
    assert cast.state(made) == State.RECEIVED


def test_storekeeper_issues_with_counts_and_no_names(people):
    made = cast.in_books(people.home, a_line(10), a_line(4))
    first, second = lot_ids(made)
    who = cast.crew(people)
    told = {
        "day": day(3),
        "category": "displaced",
        "where": ZHYTOMYR,
        f"{first}-amount": "6",
        f"{first}-households": "12",
        f"{second}-amount": "4",
        f"{second}-persons": "30",
    }
    send(who.storekeeper, sheet(made, "issue"), "issue", **told)
    assert lies(made, "issued", "displaced") == 10
    rows = Distribution.objects.filter(act__consignment=made).order_by("pk")
    assert [(one.households, one.persons) for one in rows] == [(12, None), (None, 30)]
    assert cast.state(made) == State.DISTRIBUTING
    told = page(who.storekeeper, f"{made.public_id}/")
    assert "Issue sheet No. 1/" in told
    assert "issued: internally displaced people" in told


def test_issuing_more_than_is_held_says_how_much_there_is(people):
    made = cast.in_books(people.home)
    (lot,) = lot_ids(made)
    told = {"day": day(3), "category": "health", "where": ZHYTOMYR, f"{lot}-amount": "11"}
    client = cast.crew(people).storekeeper
    answer = send(client, sheet(made, "issue"), "issue", 409, **told)
    assert "10 p" in main_of(answer)
    assert lies(made, "store") == 10
    answer = send(client, sheet(made, "issue"), "issue", 400, **told | {f"{lot}-amount": ""})
    assert "Nothing is written yet" in main_of(answer)


@pytest.mark.parametrize(
    ("kind", "account", "more"),
    [
        ("redistribution", Account.REDISTRIBUTED, {"receiver": "Hospital No. 2"}),
        ("return", Account.RETURNED, {}),
        ("write_off", Account.WRITTEN_OFF, ON_THE_SHEET),
        ("loss", Account.LOST, {}),
    ],
)
def test_goods_leave_otherwise_with_their_ground(people, kind, account, more):
    made = cast.in_books(people.home)
    client = browser(people.home.approver, factor=True)
    (lot,) = lot_ids(made)
    told = {"day": day(3), f"{lot}-store-amount": "3", **more}
    answer = send(client, sheet(made, kind), kind, 400, **told)
    assert "Ground: This field is required" in main_of(answer)
    send(client, sheet(made, kind), kind, ground="Decision 12 of the council", **told)
    assert lies(made, account) == 3
    assert "Decision 12 of the council" in page(client, f"{made.public_id}/")


def test_goods_on_the_way_are_seized_or_lost_as_a_whole_when_never_counted(people):
    made = cast.inland(people.home, a_line(10), a_line(5, bound=">"))
    client = browser(people.home.approver, factor=True)
    uncounted, (lot, _none) = made.lines.get(position=2).public_id, lot_ids(made)
    send(
        client,
        sheet(made, "seizure"),
        "seizure",
        day=day(1),
        ground="Protocol 7",
        **{f"{lot}-in_transit-amount": "10", f"{uncounted}-whole": "on"},
    )
    assert lies(made, "seized") == 10
    assert cast.state(made) == State.SEIZED


def test_report_is_filed_and_the_consignment_closed(people):
    made = cast.in_books(people.home)
    (lot,) = lot_ids(made)
    who = cast.crew(people)
    told = {"category": "health", "where": ZHYTOMYR, f"{lot}-amount": "10"}
    send(who.storekeeper, sheet(made, "issue"), "issue", day=day(3), **told)
    shown = page(who.officer, sheet(made, "report"))
    assert "hospitals and health centres: 10 pcs" in shown
    send(who.officer, sheet(made, "report"), "report", number="Z-1", filed_on=day(4), final="on")
    assert AidReport.objects.get().final
    assert cast.state(made) == State.REPORTED
    send(who.officer, f"{made.public_id}/", "to_closed", day=day(5))
    assert cast.state(made) == State.CLOSED
    assert "Z-1" in page(who.officer, f"{made.public_id}/")


def test_act_is_reversed_once_and_both_stay(people):
    made = cast.in_books(people.home)
    (lot,) = lot_ids(made)
    told = {"category": "health", "where": ZHYTOMYR, f"{lot}-amount": "4", "day": day(3)}
    send(cast.crew(people).storekeeper, sheet(made, "issue"), "issue", **told)
    act = AidAct.objects.get(kind="issue")
    client = browser(people.home.approver, factor=True)
    path = f"{sheet(made, 'reversal')}?act={act.public_id}"
    assert path in client.get(f"/en/aid/{made.public_id}/").content.decode()
    assert "What would be turned round" in page(client, path)
    send(client, path, "reversal", day=day(4), reason="Wrong lot.")
    assert lies(made, "store") == 10
    told = page(client, f"{made.public_id}/")
    assert "Reversal No. 1/" in told
    assert "↩ Reversed" in told
    answer = send(client, path, "reversal", 409, day=day(4), reason="Again.")
    assert "already" in main_of(answer)


def test_act_of_another_consignment_is_not_found(people):
    made, other = cast.in_books(people.home), cast.in_books(people.home)
    act = AidAct.objects.filter(consignment=other).last()
    client = browser(people.home.approver, factor=True)
    page(client, f"{sheet(made, 'reversal')}?act={act.public_id}", 404)
    page(client, sheet(made, "reversal"), 404)
    page(client, sheet(made, "nonsense"), 404)


@pytest.mark.parametrize(
    "kind", ["acceptance", "valuation", "issue", "redistribution", "write_off", "report"]
)
def test_act_that_cannot_be_done_now_says_so(people, kind):
    made = cast.coming(people.home)
    who = cast.crew(people)
    one = {"acceptance": who.officer, "report": who.officer, "issue": who.storekeeper}
    told = page(one.get(kind, who.approver), sheet(made, kind))
    assert "cannot be done now" in told


@pytest.mark.parametrize("kind", ["valuation", "issue", "write_off", "reversal"])
def test_who_has_no_right_is_told_why(people, kind):
    made = cast.in_books(people.home)
    act = AidAct.objects.filter(consignment=made).last()
    told = page(browser(people.home.officer), f"{sheet(made, kind)}?act={act.public_id}", 403)
    assert "Not allowed" in told


def test_officer_is_not_led_to_what_others_do(people):
    made = cast.in_books(people.home)
    who = cast.crew(people)
    assert "Write goods off" in page(who.approver, f"{made.public_id}/")
    assert "Write goods off" not in page(who.officer, f"{made.public_id}/")
    assert "Issue goods" in page(who.storekeeper, f"{made.public_id}/")


@pytest.mark.parametrize("language", ["en", "uk"])
def test_sheets_render_in_both_languages(people, language):
    made = cast.received(people.home, damaged=1)
    client = browser(people.home.approver, factor=True)
    for kind in ("valuation", "return", "write_off", "loss"):
        assert page(client, sheet(made, kind), language=language)
    assert page(browser(people.home.officer), sheet(made, "report"), language=language)


def test_stale_page_of_a_closed_consignment_posts_nothing(people):
    made = cast.inland(people.home)
    Consignment.objects.filter(pk=made.pk).update(state="closed")
    client, (lot,) = browser(people.home.officer), lot_ids(made)
    told = {"day": day(1), f"{lot}-received": "10", "version": str(made.version), **ON_THE_SHEET}
    answer = send(client, sheet(made, "acceptance"), "acceptance", 409, **told)
    assert "closed" in main_of(answer)
    assert lies(made, "store") == 0


def test_request_for_the_goods_begins_the_days_of_the_decision(people):
    made = cast.in_books(people.home)
    Consignment.objects.filter(pk=made.pk).update(regime="humanitarian_aid")
    client = browser(people.home.approver, factor=True)
    send(client, f"{made.public_id}/", "request", day=day(3), medical="on")
    row = AidDeadline.objects.get(consignment=made, rule="R07-M")
    assert row.start == START + dt.timedelta(days=3)
    assert "R07-M" in page(client, f"{made.public_id}/")
