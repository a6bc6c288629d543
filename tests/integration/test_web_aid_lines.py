"""The lines of a consignment through its page: written, changed, removed, by whom, until when."""

import datetime as dt
import re
from decimal import Decimal

import pytest
import web_aid_cast as cast
from web_aid_cast import a_line, browser, main_of, page, send

from mistok.aid.models import AidLine, Consignment

pytestmark = pytest.mark.django_db
people = cast.needy
WHOLE = {
    "name_uk": "Лікарняні ліжка",
    "name_en": "Hospital beds",
    "name_de": "Krankenhausbetten",
    "cluster": "health",
    "end_user": "health",
    "number": "40",
    "unit": "piece",
    "packages": "20",
    "pieces": "40",
    "net_kg": "3200.5",
    "gross_kg": "3400",
    "unit_value": "120.50",
    "currency": "EUR",
    "value_basis": "donor_statement",
    "uah_rate": "48.1234",
    "rate_day": "2026-02-02",
    "used": "on",
    "wear_percent": "30",
    "produced_on": "2019-05-01",
    "hs6": "940290",
    "uktzed": "9402900000",
    "licence": "",
    "lots": "2",
    "lot0_batch": "B-7",
    "lot0_amount": "39",
    "lot1_serial": "SN-1",
}
SMALL = {"name_uk": "Ковдри", "cluster": "shelter", "end_user": "displaced", "unit": "piece"}


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.MISTOK_DATA = tmp_path


def lines(consignment):
    return f"{consignment.public_id}/lines/"


@pytest.fixture
def empty(people):
    made = cast.coming(people.home)
    made.lines.all().delete()
    return made


def test_line_keeps_everything_that_was_told(people, empty):
    client = browser(people.home.officer)
    send(client, lines(empty), "write", **WHOLE)
    made = empty.lines.get()
    assert made.names["de"] == "Krankenhausbetten"
    assert (made.amount, made.packages, made.net_grams) == (40_000, 20, 3_200_500)
    assert (made.unit_value, made.currency, made.uah_rate) == (
        Decimal("120.50"),
        "EUR",
        Decimal("48.1234"),
    )
    assert (made.used, made.wear_percent, made.produced_on) == (True, 30, dt.date(2019, 5, 1))
    assert (made.hs6, made.uktzed) == ("940290", "9402900000")
    assert [(lot["batch"], lot["serial"], lot["amount"]) for lot in made.lot_details] == [
        ("B-7", "", 39_000),
        ("", "SN-1", 1_000),
    ]


@pytest.mark.parametrize("language", ["en", "uk"])
def test_page_tells_a_line_in_words(people, empty, language):
    send(browser(people.home.officer), lines(empty), "write", **WHOLE)
    told = page(browser(people.home.officer), lines(empty), language=language)
    assert "Krankenhausbetten" in told
    assert "B-7" in told
    assert "9402900000" in told
    assert {"en": "used, worn by 30 %", "uk": "40 шт"}[language] in told


def test_form_shows_a_line_as_it_stands_and_changes_it(people, empty):
    client = browser(people.home.officer)
    send(client, lines(empty), "write", **WHOLE)
    made = empty.lines.get()
    path = f"{lines(empty)}?line={made.public_id}"
    shown = client.get(f"/en/aid/{path}").content.decode()
    for value in ("Krankenhausbetten", "3200.5", "2019-05-01", "SN-1", "39"):
        assert f'value="{value}"' in shown
    send(client, path, "change", **WHOLE | {"number": "41", "lot0_amount": "40"})
    assert empty.lines.get().amount == 41_000


def test_amount_that_is_an_inequality_stays_one(people, empty):
    client = browser(people.home.officer)
    told = {"bound": ">", "number": "5", "unit": "tonne"}
    send(client, lines(empty), "write", **SMALL | told)
    made = empty.lines.get()
    assert (made.bound, made.amount, made.unit) == (">", 5_000, "tonne")
    assert "more than 5 t" in page(client, lines(empty))


def test_line_without_a_number_is_told_so(people, empty):
    client = browser(people.home.officer)
    send(client, lines(empty), "write", **SMALL)
    assert empty.lines.get().amount is None
    assert "not told" in page(client, lines(empty))


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"name_uk": "", "name_en": ""}, "Write what it is"),
        ({"cluster": ""}, "Choose the field of help"),
        ({"number": "-3"}, "below zero"),
        ({"number": "0"}, "no amount"),
        ({"number": "5 t"}, "choose its unit below"),
        ({"number": "many"}, "many"),
        ({"hs6": "12"}, "six digits|6 digits"),
        ({"wear_percent": "30"}, "New goods have no wear"),
        ({"number": "2", "lot0_batch": "A", "lot0_amount": "5"}, "The lots make 5"),
        ({"number": "2", "lot0_serial": "A", "lot0_amount": "2"}, "one thing"),
        ({"number": "2", "lot0_amount": "x"}, "x"),
        ({"unit_value": "10"}, "no currency"),
        ({"net_kg": "10", "gross_kg": "9"}, "gross weight is less"),
    ],
)
def test_mistakes_are_told_and_nothing_is_lost(people, empty, told, sentence):
    answer = send(
        browser(people.home.officer),
        lines(empty),
        "write",
        400,
        **SMALL | {"name_en": "Kept"} | told,
    )
    assert re.search(sentence, main_of(answer))
    assert 'value="Kept"' in answer.content.decode() or "name_uk" in told
    assert not empty.lines.exists()


def test_more_rows_for_lots_keep_what_was_typed(people, empty):
    client = browser(people.home.officer)
    told = SMALL | {"more": "lots", "lots": "1", "lot0_serial": "VIN-1", "number": "2 of them"}
    answer = client.post(f"/en/aid/{lines(empty)}", told)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="lot5_serial"' in shown
    assert 'value="VIN-1"' in shown
    assert 'value="2 of them"' in shown
    assert "field-error" not in shown
    assert not empty.lines.exists()


def test_vehicle_has_a_lot_for_each_serial_number(people, empty):
    client = browser(people.home.officer)
    told = {"number": "2", "lots": "6", "lot0_serial": "VIN-1", "lot1_serial": "VIN-2"}
    send(client, lines(empty), "write", **SMALL | told)
    details = empty.lines.get().lot_details
    assert [(one["serial"], one["amount"]) for one in details] == [
        ("VIN-1", 1_000),
        ("VIN-2", 1_000),
    ]


def test_controlled_goods_are_never_public(people, empty):
    client = browser(people.home.officer)
    send(client, lines(empty), "write", control_list="dual_use", **SMALL)
    assert empty.lines.get().restricted
    assert "Never public" in page(client, lines(empty))


def test_removed_line_is_gone_from_the_page(people, empty):
    client = browser(people.home.officer)
    send(client, lines(empty), "write", **SMALL)
    one = empty.lines.get()
    send(client, f"{lines(empty)}?line={one.public_id}", "remove")
    assert AidLine.objects.get(pk=one.pk).removed_at is not None
    assert "No line is written yet" in page(client, lines(empty))
    page(client, f"{lines(empty)}?line={one.public_id}", 404)


def test_line_written_twice_by_a_double_click_is_there_once(people, empty):
    client = browser(people.home.officer)
    told = SMALL | {
        "act": "write",
        "key": cast.key_of(client, lines(empty)),
        "version": str(Consignment.objects.get(pk=empty.pk).version),
    }
    for _ in range(2):
        assert client.post(f"/en/aid/{lines(empty)}", told).status_code == 302
    assert empty.lines.count() == 1


def test_second_writer_is_told_what_changed_and_keeps_her_words(people, empty):
    client = browser(people.home.officer)
    stale = str(Consignment.objects.get(pk=empty.pk).version)
    send(client, lines(empty), "write", **SMALL)
    told = SMALL | {"name_uk": "Подушки", "version": stale}
    answer = send(client, lines(empty), "write", 409, **told)
    assert 'value="Подушки"' in answer.content.decode()
    assert empty.lines.count() == 1


def test_giver_writes_lines_until_its_offer_is_answered(people):
    made = cast.offered(people.partner, people.home)
    giver = browser(people.partner.officer)
    send(giver, lines(made), "write", **SMALL)
    assert made.lines.count() == 2
    Consignment.objects.filter(pk=made.pk).update(state="accepted")
    page(giver, lines(made), 404)
    assert page(browser(people.home.officer), lines(made))


def test_lines_are_fixed_once_it_is_on_the_way(people):
    made = cast.inland(people.home)
    client = browser(people.home.officer)
    told = page(client, lines(made))
    assert "Lines cannot be changed any more" in told
    assert "Write a line" not in told
    answer = send(client, lines(made), "write", 409, **SMALL)
    assert "Kept" not in main_of(answer)
    assert made.lines.count() == 1


def test_storekeeper_reads_lines_and_writes_none(people):
    made = cast.coming(people.home, a_line(7))
    who = cast.crew(people)
    assert "7 pcs" in page(who.storekeeper, lines(made))
    assert "Write a line" not in page(who.storekeeper, lines(made))
    send(who.storekeeper, lines(made), "write", 403, **SMALL)
    assert made.lines.count() == 1
