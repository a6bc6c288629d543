"""The way through customs on its page: recipient, code, vehicles, declarations, clearance."""

import datetime as dt

import pytest
import web_aid_cast as cast
from web_aid_cast import START, a_line, browser, main_of, page, send

from mistok.aid.lifecycle import State
from mistok.aid.models import AidDeadline, Consignment, Declaration, Entry, UniqueCode
from mistok.needs.models.lines import STEPS_PER_UNIT

pytestmark = pytest.mark.django_db
people = cast.needy
PAPERS = ("need_letter", "donor_offer", "distribution_plan", "invoice", "packing_list")


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.MISTOK_DATA = tmp_path


def customs(consignment):
    return f"{consignment.public_id}/customs/"


def day(days=0):
    return (START + dt.timedelta(days=days)).isoformat()


@pytest.fixture
def ready(people):
    """Accepted, with its papers, by an office that is a recipient."""
    made = cast.coming(people.home, a_line(10), a_line(4))
    cast.with_papers(people.home, made, *PAPERS)
    told = {"number": "R-100200", "status": "active", "told_on": day()}
    send(browser(people.home.officer), customs(made), "recipient", **told)
    return made


def with_code(people, made, value="HA-1"):
    send(browser(people.home.officer), customs(made), "code", value=value, issued_on=day(1))
    return UniqueCode.objects.get(value=value)


def a_vehicle(client, made, plate="AA1234BB"):
    told = {"kind": "truck", "plate": plate, "driver": "Mykola Driver"}
    send(client, customs(made), "vehicle", **told)
    return made.vehicles.get(plate=plate)


def declared(client, made, vehicle, number="D-1", **amounts):
    told = {"vehicle": vehicle.public_id, "number": number, "created_on": day(2)}
    send(client, customs(made), "declare", **told | amounts)
    return Declaration.objects.get(number=number)


def test_code_is_recorded_with_all_lines_and_its_term(people, ready):
    client = browser(people.home.officer)
    code = with_code(people, ready)
    assert [one.amount for one in code.lines.order_by("line__position")] == [10_000, 4_000]
    assert code.valid_until == START + dt.timedelta(days=91)
    assert cast.state(ready) == State.CODE_ISSUED
    told = page(client, customs(ready))
    assert "HA-1" in told
    assert "R-100200" in told
    assert AidDeadline.objects.filter(consignment=ready, rule="R03").exists()


def test_code_without_papers_names_those_that_are_missing(people):
    made = cast.coming(people.home)
    client = browser(people.home.officer)
    send(client, customs(made), "recipient", number="R-1", status="active", told_on=day())
    answer = send(client, customs(made), "code", 409, value="HA-1", issued_on=day())
    told = main_of(answer)
    assert "the need letter" in told
    assert 'value="HA-1"' in answer.content.decode()
    assert not UniqueCode.objects.exists()


def test_suspended_recipient_gets_no_code(people, ready):
    client = browser(people.home.officer)
    told = {"number": "R-100200", "status": "suspended_no_report", "told_on": day()}
    send(client, customs(ready), "recipient", **told)
    answer = send(client, customs(ready), "code", 409, value="HA-1", issued_on=day(1))
    assert "suspended" in main_of(answer)
    assert "gets no code" in page(client, f"{ready.public_id}/")


def test_whole_way_to_the_store(people, ready):
    client = browser(people.home.officer)
    with_code(people, ready)
    truck, second = a_vehicle(client, ready), a_vehicle(client, ready, "CC5678DD")
    beds, further = ready.lines.order_by("position")
    amounts = {f"amount_{beds.public_id}": "6", f"amount_{further.public_id}": "4"}
    first = declared(client, ready, truck, **amounts, unloading="Zhytomyr")
    rest = declared(client, ready, second, "D-2", **{f"amount_{beds.public_id}": "4"})
    assert cast.state(ready) == State.DECLARED
    send(client, customs(ready), "dispatch", day=day(3))
    assert cast.state(ready) == State.DISPATCHED
    assert Entry.objects.filter(target="in_transit").count() == 2
    send(client, customs(ready), "clear", declaration=first.public_id, day=day(4))
    assert cast.state(ready) == State.DISPATCHED
    send(client, customs(ready), "clear", declaration=rest.public_id, day=day(5))
    assert cast.state(ready) == State.CUSTOMS_CLEARED
    cleared = sum(Entry.objects.filter(target="customs").values_list("amount", flat=True))
    assert cleared == 14 * STEPS_PER_UNIT
    told = page(client, f"{ready.public_id}/")
    assert "D-2" in told
    assert "Cleared by customs" in told


def test_declaration_offers_what_is_left_under_the_code_and_takes_no_more(people, ready):
    client = browser(people.home.officer)
    with_code(people, ready)
    beds = ready.lines.order_by("position").first()
    declared(client, ready, a_vehicle(client, ready), **{f"amount_{beds.public_id}": "6"})
    second = a_vehicle(client, ready, "CC5678DD")
    shown = client.get(f"/en/aid/{customs(ready)}").content.decode()
    assert f'name="amount_{beds.public_id}" value="4"' in shown
    told = {"vehicle": second.public_id, "number": "D-2", "created_on": day(2)}
    answer = send(
        client, customs(ready), "declare", 409, **told, **{f"amount_{beds.public_id}": "5"}
    )
    assert "4 pieces are left under the code" in main_of(answer)
    assert Declaration.objects.count() == 1


def test_declaration_after_the_code_has_run_out_is_refused(people, ready):
    client = browser(people.home.officer)
    with_code(people, ready)
    UniqueCode.objects.update(valid_until=START + dt.timedelta(days=1))
    truck = a_vehicle(client, ready)
    told = {"vehicle": truck.public_id, "number": "D-1", "created_on": day(2)}
    beds = ready.lines.order_by("position").first()
    answer = send(
        client, customs(ready), "declare", 409, **told, **{f"amount_{beds.public_id}": "1"}
    )
    assert "The code was valid until" in main_of(answer)
    assert "expired" in page(client, customs(ready)).lower()


def test_clearance_sent_twice_posts_once(people, ready):
    client = browser(people.home.officer)
    with_code(people, ready)
    beds = ready.lines.order_by("position").first()
    one = declared(client, ready, a_vehicle(client, ready), **{f"amount_{beds.public_id}": "6"})
    send(client, customs(ready), "dispatch", day=day(3))
    told = {
        "act": "clear",
        "key": "abcdef123456",
        "version": str(Consignment.objects.get(pk=ready.pk).version),
        "declaration": one.public_id,
        "day": day(4),
    }
    for _ in range(2):
        assert client.post(f"/en/aid/{customs(ready)}", told).status_code == 302
    assert Entry.objects.filter(target="customs").count() == 1


def test_vehicle_is_removed_unless_a_declaration_names_it(people, ready):
    client = browser(people.home.officer)
    truck = a_vehicle(client, ready)
    assert "AA1234BB" in page(client, customs(ready))
    send(client, customs(ready), "remove_vehicle", vehicle=truck.public_id)
    assert "AA1234BB" not in page(client, customs(ready))


def test_late_report_of_another_consignment_is_told_and_blocks(people, ready):
    client = browser(people.home.officer)
    late = cast.coming(people.home, title="Late one")
    AidDeadline.objects.create(
        public_id="deadline_aaaaaaaaaaaa",
        consignment=late,
        rule="R05",
        start=START - dt.timedelta(days=95),
        due_on=START - dt.timedelta(days=5),
        computed_at=late.written_at,
    )
    told = page(client, customs(ready))
    assert "No new declaration: report for Late one is" in told
    answer = send(client, customs(ready), "code", 409, value="HA-1", issued_on=day(1))
    assert "days late" in main_of(answer)


@pytest.mark.parametrize("language", ["en", "uk"])
def test_page_renders_in_both_languages(people, ready, language):
    client = browser(people.home.officer)
    with_code(people, ready)
    a_vehicle(client, ready)
    assert "AA1234BB" in page(client, customs(ready), language=language)


def test_goods_of_no_border_have_vehicles_and_no_code(people):
    made = cast.coming(people.home, regime="municipal_transfer", abroad=False)
    client = browser(people.home.officer)
    told = page(client, customs(made))
    assert "Record the unique code" not in told
    a_vehicle(client, made)
    send(client, f"{made.public_id}/", "dispatch", day=day(1))
    assert cast.state(made) == State.DISPATCHED


def test_storekeeper_reads_and_moves_nothing(people, ready):
    who = cast.crew(people)
    assert "What your office can do" not in page(who.storekeeper, customs(ready))
    send(who.storekeeper, customs(ready), "dispatch", 400, day=day(3))
    assert cast.state(ready) == State.ACCEPTED


def test_giver_sees_no_plate(people):
    made = cast.offered(people.partner, people.home)
    page(browser(people.partner.officer), customs(made), 404)
