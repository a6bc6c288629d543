"""Lines of a consignment: exact amounts, codes, values, lots, and what is never public."""

import datetime as dt
from decimal import Decimal

import aid_cast
import pytest
from aid_cast import (
    TODAY,
    S,
    a_consignment,
    a_line,
    a_line_entry,
    ago,
    an_ambulance,
    promised,
    refuses,
)

from mistok.aid.consignments import (
    LineEntry,
    LotEntry,
    change_line,
    is_medicine,
    is_public_transport,
    is_vehicle,
    line_entry_of,
    living_lines,
    remove_line,
    warnings,
    write_line,
)
from mistok.aid.models import AidLine, Consignment
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from mistok.needs.models import Commitment
from mistok.provenance.models import AuditEvent

pytestmark = pytest.mark.django_db
people = aid_cast.aid_people
LATER = TODAY + dt.timedelta(days=400)
FREE = {"item": "", "cluster": "shelter", "unit": "piece"}
FULL = LineEntry(
    names={"de": "Feldbetten", "uk": "розкладні ліжка", "en": "camp beds"},
    item="folding_bed",
    hs6="940320",
    uktzed="9403 20 8000",
    number=Decimal(12),
    packages=3,
    pieces=12,
    net_kg=Decimal("96.5"),
    gross_kg=Decimal("110.25"),
    unit_value=Decimal("49.90"),
    currency="EUR",
    value_basis="invoice",
    uah_rate=Decimal("45.123456"),
    rate_day=ago(3),
    used=True,
    wear_percent=20,
    produced_on=ago(900),
    lots=(
        LotEntry(number=Decimal(8), batch="A-1", expires_on=LATER),
        LotEntry(number=Decimal(4), batch="A-2"),
    ),
    licence="L 7",
    end_user="displaced",
    cluster="shelter",
    unit="piece",
)


def the_line(people, entry) -> AidLine:
    made = Consignment.objects.first() or a_consignment(people.home)
    return a_line(people.home, made, entry)


def test_everything_that_a_form_tells_comes_back_to_the_form(people):
    line = the_line(people, FULL)
    line.refresh_from_db()
    assert line_entry_of(line) == FULL.__class__(
        **{name: getattr(FULL, name) for name in FULL.__slots__ if name != "uktzed"},
        uktzed="9403208000",
    )
    assert (line.net_grams, line.gross_grams, line.amount) == (96_500, 110_250, 12_000)
    assert (line.position, line.countable, line.restricted) == (2, True, False)


def test_the_catalogue_fills_in_what_is_not_told(people):
    line = the_line(people, a_line_entry("3", item="ambulance", end_user="health"))
    assert line.names["en"] == "ambulance"
    assert set(line.names) == {"uk", "en"}
    assert (line.cluster, line.unit, line.hs6) == ("health", "piece", "870332")
    own = the_line(people, a_line_entry(item="ambulance", names={"de": "RTW", "fr": " "}))
    assert (own.names["de"], "fr" in own.names) == ("RTW", False)


def test_an_inequality_stays_one_and_what_nobody_told_stays_unknown(people):
    more = the_line(
        people,
        LineEntry(names={"en": "aid"}, cluster="food", unit="tonne", number=Decimal(5), bound=">"),
    )
    assert (more.amount, more.bound, more.countable) == (5000, ">", False)
    unknown = the_line(people, a_line_entry(None))
    assert (unknown.amount, unknown.number, unknown.countable) == (None, None, False)
    assert line_entry_of(unknown).number is None


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"number": "0"}, "amount_zero"),
        ({"number": "-5"}, "amount_negative"),
        ({"number": "1e30"}, "amount_too_large"),
        ({"number": "nan"}, "amount_not_a_number"),
        ({"number": "2.5"}, "amount_not_whole"),
        ({"number": "0.0001", "unit": "tonne"}, "amount_too_fine"),
        ({"unit": "barrels"}, "unit_unknown"),
        ({"unit": "hour"}, "unit_mismatch"),
        ({"unit": "person"}, "unit_mismatch"),
        ({"item": "ambulance", "unit": "kilogram"}, "unit_mismatch"),
        ({"item": "ambulance", "unit": "dozen"}, "unit_mismatch"),
        (
            {
                "item": "",
                "names": {"en": "vans"},
                "cluster": "logistics",
                "unit": "kilogram",
                "hs6": "870421",
            },
            "unit_mismatch",
        ),
        ({"number": None, "bound": ">"}, "bound_without_amount"),
        ({"bound": "?"}, "bound_unknown"),
        ({"control_list": "secret"}, "control_list_unknown"),
        ({"end_user": "friends"}, "end_user_unknown"),
        ({**FREE}, "names_missing"),
        ({**FREE, "names": {"en": "beds"}, "cluster": "magic"}, "cluster_unknown"),
        ({"names": {"xx": "beds"}}, "language_unknown"),
        ({"names": {"en": "b" * 401}}, "text_too_long"),
        ({"hs6": "94032"}, "hs6_malformed"),
        ({"hs6": "٩٤٠٣٢٠"}, "hs6_malformed"),
        ({"uktzed": "940320"}, "uktzed_malformed"),
        ({"hs6": "940320", "uktzed": "9404208000"}, "codes_disagree"),
        ({"packages": 0}, "packages_out_of_range"),
        ({"pieces": -1}, "pieces_out_of_range"),
        ({"pieces": 10**10}, "pieces_out_of_range"),
        ({"net_kg": Decimal(0)}, "amount_zero"),
        ({"net_kg": Decimal(5), "gross_kg": Decimal("4.9")}, "gross_below_net"),
        ({"used": True, "wear_percent": 101}, "wear_percent_out_of_range"),
        ({"wear_percent": 10}, "wear_of_new"),
        ({"produced_on": TODAY + dt.timedelta(days=1)}, "day_to_come"),
        ({"licence": "l" * 81}, "text_too_long"),
        ({"unit_value": Decimal(0), "currency": "EUR"}, "unit_value_not_positive"),
        ({"unit_value": Decimal("nan"), "currency": "EUR"}, "unit_value_malformed"),
        ({"unit_value": Decimal(10) ** 12, "currency": "EUR"}, "unit_value_too_large"),
        ({"unit_value": Decimal("1.005"), "currency": "EUR"}, "unit_value_too_fine"),
        ({"unit_value": Decimal(1)}, "currency_missing"),
        ({"unit_value": Decimal(1), "currency": "XYZ1"}, "currency_unknown"),
        (
            {"unit_value": Decimal(1), "currency": "EUR", "value_basis": "guess"},
            "value_basis_unknown",
        ),
        ({"value_basis": "invoice"}, "basis_without_value"),
        ({"uah_rate": Decimal(40)}, "rate_without_value"),
        (
            {"unit_value": Decimal(1), "currency": "UAH", "uah_rate": Decimal(1)},
            "rate_without_currency",
        ),
        (
            {"unit_value": Decimal(1), "currency": "EUR", "uah_rate": Decimal(40)},
            "rate_day_missing",
        ),
        (
            {
                "unit_value": Decimal(1),
                "currency": "EUR",
                "uah_rate": Decimal(40),
                "rate_day": TODAY + dt.timedelta(days=1),
            },
            "day_to_come",
        ),
        (
            {
                "unit_value": Decimal(1),
                "currency": "EUR",
                "uah_rate": Decimal(0),
                "rate_day": TODAY,
            },
            "uah_rate_not_positive",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(people, fields, code):
    row = a_consignment(people.home)
    with refuses(Invalid, code):
        a_line(people.home, row, a_line_entry(fields.pop("number", "10"), **fields))
    assert len(living_lines(row)) == 1


def test_an_item_that_nobody_knows_is_refused(people):
    with refuses(NotFound, "item_unknown"):
        the_line(people, a_line_entry(item="perpetuum_mobile"))


def test_a_value_without_more_rests_on_the_donors_statement(people):
    line = the_line(people, a_line_entry(unit_value=Decimal("10.50"), currency="PLN"))
    assert (line.value_basis, line.uah_rate, line.rate_day) == ("donor_statement", None, None)
    plain = the_line(people, a_line_entry(currency="EUR"))
    assert (plain.unit_value, plain.currency, plain.value_basis) == (None, "", "")


def lot(number, **fields):
    return LotEntry(number=Decimal(number), **fields)


@pytest.mark.parametrize(
    ("lots", "fields", "code"),
    [
        ([lot(4), lot(5)], {}, "lot_twice"),
        ([lot(4, batch="A"), lot(5, batch="B")], {}, "lots_do_not_add_up"),
        ([lot(4, batch="A"), lot(6, batch="A")], {}, "lot_twice"),
        ([lot(1, serial="X"), lot(1, serial="X"), lot(8)], {}, "lot_twice"),
        ([lot(2, serial="X"), lot(8)], {}, "serial_is_for_one"),
        ([lot(0), lot(10, batch="A")], {}, "amount_zero"),
        ([lot("1.5"), lot("8.5", batch="A")], {}, "amount_not_whole"),
        ([lot(10, batch="b" * 61)], {}, "text_too_long"),
        ([lot(10, expires_on=ago(9))], {"produced_on": ago(8)}, "expires_before_made"),
        ([lot(1, batch=str(one)) for one in range(501)], {}, "too_many_lots"),
    ],
)
def test_lots_add_up_and_are_told_apart(people, lots, fields, code):
    with refuses(Invalid, code):
        the_line(people, a_line_entry(lots=lots, **fields))


def test_batches_with_the_same_number_and_other_days_are_two_lots(people):
    lots = [lot(4, batch="A", expires_on=LATER), lot(6, batch="A")]
    assert len(the_line(people, a_line_entry(lots=lots)).lot_details) == 2


def test_lots_of_an_inequality_may_be_a_part_of_it(people):
    line = the_line(people, a_line_entry("10", bound=">", lots=[lot(3, batch="A")]))
    assert [row["amount"] for row in line.lot_details] == [3000]


@pytest.mark.parametrize(
    "fields",
    [
        {"control_list": "dual_use"},
        {"control_list": "military"},
        {"item": "drone"},
        {"item": "radio_handset"},
        {"end_user": "defence"},
        {"restricted": True},
    ],
)
def test_controlled_goods_make_the_line_restricted_by_themselves(people, fields):
    assert the_line(people, a_line_entry(**fields)).restricted


def test_kinds_of_goods_are_told_by_code_or_item(people):
    ambulance = the_line(people, a_line_entry(item="ambulance"))
    trailer = the_line(people, a_line_entry(**FREE, names={"en": "trailers"}, hs6="871639"))
    recoded = the_line(people, a_line_entry(item="demining_machine", hs6="843049"))
    tram = the_line(people, a_line_entry(item="tram", hs6="860310"))
    bus = the_line(people, a_line_entry(**FREE, names={"en": "buses"}, hs6="870210"))
    school_bus = the_line(people, a_line_entry(item="school_bus"))
    lines = (ambulance, trailer, recoded, tram, bus, school_bus)
    assert [is_vehicle(one) for one in lines] == [True, True, False, False, True, True]
    transport = [is_public_transport(one) for one in lines]
    assert transport == [False, False, False, True, True, False]
    pills = the_line(people, a_line_entry(item="painkillers"))
    powder = the_line(people, a_line_entry(**FREE, names={"en": "pills"}, uktzed="3004900000"))
    assert [is_medicine(one) for one in (pills, powder, bus)] == [True, True, False]
    robot = the_line(people, a_line_entry(item="demining_machine"))
    assert is_vehicle(robot)


def test_lines_are_numbered_changed_and_taken_out(people):
    row = a_consignment(people.home)
    first = living_lines(row)[0]
    second = a_line(people.home, row, a_line_entry("3"))
    remove_line(actor=people.home.officer, line=second)
    third = a_line(people.home, row, a_line_entry("4"))
    assert [one.position for one in living_lines(row)] == [first.position, third.position] == [1, 3]
    changed = change_line(
        actor=people.home.officer, line=first, entry=a_line_entry("11", packages=2)
    )
    assert (changed.amount, changed.packages) == (11_000, 2)
    event = AuditEvent.objects.get(verb="change_line")
    assert (event.after["line"], event.after["fields"]) == (1, ["number", "packages"])
    for act in (remove_line, lambda **one: change_line(entry=a_line_entry(), **one)):
        with refuses(Conflict, "line_removed"):
            act(actor=people.home.officer, line=second)


def test_no_event_tells_what_comes(people):
    row = a_consignment(people.home)
    a_line(people.home, row, a_line_entry(names={"en": "secret-canary"}, number="77"))
    told = " ".join(str(one.after) for one in AuditEvent.objects.all())
    assert "canary" not in told
    assert "77" not in told.replace(row.public_id, "").replace(people.home.office.public_id, "")


def test_lines_are_fixed_once_a_code_names_them(people):
    row = aid_cast.in_state(people.home, a_consignment(people.home), S.CODE_ISSUED)
    line = living_lines(row)[0]
    told = {"actor": people.home.officer}
    with refuses(Conflict, "lines_fixed"):
        write_line(consignment=row, entry=a_line_entry(), **told)
    with refuses(Conflict, "lines_fixed"):
        change_line(line=line, entry=a_line_entry(), **told)
    with refuses(Conflict, "lines_fixed"):
        remove_line(line=line, **told)


def test_there_are_only_so_many_lines(people, monkeypatch):
    row = a_consignment(people.home)
    monkeypatch.setattr("mistok.aid.consignments.lines.MOST_LINES", 1)
    with refuses(Invalid, "too_many_lines"):
        a_line(people.home, row)


def test_a_stale_form_is_told_which_line_changed(people):
    row = a_consignment(people.home)
    line, seen = living_lines(row)[0], row.version
    change_line(actor=people.home.officer, line=line, entry=a_line_entry("7"))
    with refuses(Conflict, "consignment_changed") as refusal:
        change_line(actor=people.home.officer, line=line, entry=a_line_entry("8"), expected=seen)
    assert "line 1 was changed (Amount)" in str(refusal.value)


def test_who_only_reads_or_counts_writes_no_lines(people):
    row = a_consignment(people.home)
    for actor in (people.home.auditor, people.home.storekeeper, people.neighbour.officer):
        with refuses(NotAllowed):
            write_line(actor=actor, consignment=row, entry=a_line_entry())


def test_a_line_keeps_a_promise_in_the_same_unit(people):
    row = promised(people.home, people.partner)
    line = the_line(people, a_line_entry("2", commitment=row.public_id))
    assert line.commitment == row
    assert line_entry_of(line).commitment == row.public_id
    with refuses(Invalid, "unit_mismatch"):
        the_line(people, a_line_entry("2", unit="set", commitment=row.public_id))
    with refuses(NotFound, "commitment_unknown"):
        the_line(people, a_line_entry("2", commitment="commitment_aaaaaaaaaaaa"))
    Commitment.objects.filter(pk=row.pk).update(state="withdrawn")
    with refuses(Conflict, "commitment_not_open"):
        the_line(people, a_line_entry("2", commitment=row.public_id))


def sentences(people, *lines, **fields) -> str:
    return "\n".join(
        warnings(a_consignment(people.home, *lines, regime="charitable_gift", **fields))
    )


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (a_line_entry(**FREE, names={"en": "copters"}, hs6="880622"), "lists of controlled goods"),
        (a_line_entry(control_list="dual_use"), "no number of a licence"),
        (a_line_entry(item="diesel_fuel"), "excisable goods"),
        (a_line_entry(used=True), "tells no wear"),
        (an_ambulance("WDB1"), "17 letters and digits"),
        (a_line_entry(item="painkillers", lots=[lot(10, expires_on=ago(1))]), "no longer be used"),
        (
            a_line_entry(
                item="painkillers", lots=[lot(10, expires_on=TODAY + dt.timedelta(days=100))]
            ),
            "shorter than partners ask for",
        ),
    ],
)
def test_what_is_odd_is_warned_of(people, entry, words):
    assert words in sentences(people, entry)


@pytest.mark.parametrize(
    "entry",
    [
        a_line_entry(),
        an_ambulance("WDB90663713R12345"),
        a_line_entry(control_list="dual_use", licence="BAFA 1"),
        a_line_entry(item="drone", licence="BAFA 1"),
        a_line_entry(item="painkillers", lots=[lot(10, expires_on=LATER)]),
        a_line_entry(lots=[lot(10, expires_on=TODAY + dt.timedelta(days=100))]),
        a_line_entry(used=True, wear_percent=0),
    ],
)
def test_what_is_in_order_is_not_warned_of(people, entry):
    assert sentences(people, entry) == ""


def test_vehicles_for_charities_are_warned_of_as_the_rule_holds_on_the_day(people):
    row = a_consignment(
        people.home, an_ambulance("WDB90663713R12345"), regime="charitable_gift", abroad=False
    )
    before = " ".join(warnings(row, dt.date(2025, 9, 29)))
    assert "not for their own use" in before
    assert "Sept. 30, 2025" in before
    assert warnings(row, dt.date(2025, 9, 30)) == []


def test_before_anybody_asked_for_a_shelf_life_only_what_is_over_is_warned_of(people):
    entry = a_line_entry(item="painkillers", lots=[lot(10, expires_on=dt.date(2021, 8, 1))])
    row = a_consignment(people.home, entry, regime="charitable_gift", abroad=False)
    assert warnings(row, dt.date(2021, 7, 1)) == []
    assert "no longer be used" in warnings(row, dt.date(2021, 8, 2))[0]
