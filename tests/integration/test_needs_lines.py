"""Lines are written, changed, shown, withdrawn, fulfilled, asked again; what is refused."""

import dataclasses
import datetime as dt
from decimal import Decimal

import needs_cast
import pytest
from django.utils import translation
from needs_cast import AMBULANCE, GENERATOR, TODAY, a_need, steps

from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from mistok.needs.lifecycle import NeedState
from mistok.needs.lines import (
    LetPass,
    NeedEntry,
    change_need,
    copy_needs,
    entry_of,
    entry_of_item,
    fulfil_need,
    open_need,
    passages,
    publish_need,
    renew_need,
    standing_publication,
    withdraw_need,
    write_need,
)
from mistok.needs.lines.passing import next_day
from mistok.needs.models import Commitment, Need
from mistok.needs.models.lines import Repeat
from mistok.provenance.models import AuditEvent
from office_cast import join

pytestmark = pytest.mark.django_db
people = needs_cast.needy
PHONE = "Дзвоніть +380 67 123 45 67"


def refused(error, code, act, /, **fields):
    with pytest.raises(error) as caught:
        act(**fields)
    assert caught.value.code == code, caught.value
    return caught.value


def entry(code=GENERATOR, number=8, **fields):
    sound = entry_of_item(code) if code else NeedEntry(text={"en": "Tables"}, cluster="education")
    unit = "piece" if not code else sound.unit
    return dataclasses.replace(sound, number=Decimal(number), unit=unit, **fields)


def last(need):
    return AuditEvent.objects.filter(subject=need.public_id).first()


def amounts(need):
    need.refresh_from_db()
    parts = (need.asked, need.still_open, need.committed)
    return (*(int(need.number(part)) for part in parts), need.state)


@pytest.fixture
def home(people):
    return people.home


@pytest.fixture
def officer(home):
    return home.officer


def test_a_new_line_is_a_draft_with_what_the_catalogue_knows(home, officer):
    need = write_need(
        actor=officer,
        office=home.office,
        entry=entry(value=Decimal("1200.50"), currency="EUR", priority="urgent", repeat="month"),
    )
    need.refresh_from_db()
    assert (need.state, need.version, need.asked) == ("draft", 1, 8000)
    assert (need.place, need.country, need.region) == (
        home.place,
        "UA",
        home.office.region,
    )
    assert (need.cluster, need.hs6, need.season, need.kind) == (
        "energy",
        "850211",
        "winter",
        "goods",
    )
    assert (need.value, need.currency, need.value_basis) == (Decimal("1200.50"), "EUR", "estimate")
    assert entry_of(need).number == 8
    event = last(need)
    assert (event.verb, event.actor) == ("write_need", str(officer))
    assert event.after["asked"] == 8000
    assert "text" not in event.after


@pytest.mark.parametrize(
    ("who", "code"),
    [
        (lambda p: p.home.approver, "role_cannot"),
        (lambda p: p.partner.officer, "not_yours"),
        (lambda p: p.coordinator, "not_yours"),
        (lambda p: p.stranger, "not_yours"),
        (lambda p: p.nobody, "sign_in_needed"),
    ],
)
def test_only_who_does_the_daily_work_writes(people, who, code):
    actor, office = who(people), people.home.office
    refused(NotAllowed, code, write_need, actor=actor, office=office, entry=entry())
    need = a_need(people.home)
    for act in (open_need, fulfil_need, renew_need):
        refused(NotAllowed, code, act, actor=actor, need=need)
    refused(NotAllowed, code, change_need, actor=actor, need=need, entry=entry())
    refused(NotAllowed, code, withdraw_need, actor=actor, need=need, reason="no")
    refused(NotAllowed, code, copy_needs, actor=actor, office=office, items=())
    assert Need.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"number": 0}, "amount_zero"),
        ({"number": -1}, "amount_negative"),
        ({"number": "1e30"}, "amount_too_large"),
        ({"number": "1.5"}, "amount_not_whole"),
        ({"priority": "soon"}, "priority_unknown"),
        ({"season": "monsoon"}, "season_unknown"),
        ({"end_user": "me"}, "end_user_unknown"),
        ({"repeat": "daily"}, "repeat_unknown"),
        ({"cluster": "moon"}, "cluster_unknown"),
        ({"needed_by": TODAY - dt.timedelta(days=1)}, "needed_by_past"),
        ({"needed_by": TODAY.replace(day=1, year=TODAY.year + 11)}, "needed_by_too_far"),
        ({"wear_percent": 101}, "wear_percent_out_of_range"),
        ({"shelf_life_months": -1}, "shelf_life_months_out_of_range"),
        ({"text": {"ru": "x"}}, "language_unknown"),
        ({"specification": {"en": "x" * 2001}}, "text_too_long"),
        ({"delivery_note": "x" * 201}, "text_too_long"),
        ({"value": Decimal(5)}, "currency_missing"),
        ({"value": Decimal(5), "currency": "XXX1"}, "currency_unknown"),
        ({"value": Decimal(5), "currency": "EUR", "value_basis": "dream"}, "value_basis_unknown"),
        ({"value": Decimal("NaN"), "currency": "EUR"}, "value_malformed"),
        ({"value": Decimal(-5), "currency": "EUR"}, "value_negative"),
        ({"value": Decimal("1e30"), "currency": "EUR"}, "value_too_large"),
        ({"value": Decimal("1.234"), "currency": "EUR"}, "value_too_fine"),
        ({"value_basis": "offer"}, "basis_without_value"),
        ({"code": "", "text": {"en": " \x00 "}}, "text_missing"),
        ({"code": "", "kind": "magic"}, "kind_unknown"),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_is_kept(home, officer, fields, code):
    bad = entry(**fields)
    refused(Invalid, code, write_need, actor=officer, office=home.office, entry=bad)
    assert not Need.objects.exists()
    event = AuditEvent.objects.get(verb="refused_write_need")
    assert (event.subject, event.after["code"]) == (home.office.public_id, code)


def test_an_item_or_unit_of_no_list_is_refused(home, officer):
    told = {"actor": officer, "office": home.office}
    refused(NotFound, "item_unknown", write_need, entry=NeedEntry(item="moon"), **told)
    bad = dataclasses.replace(entry(), unit="parsec")
    refused(Invalid, "unit_unknown", write_need, entry=bad, **told)


def test_copies_come_all_or_none(home, officer):
    told = {"actor": officer, "office": home.office}
    made = copy_needs(items=[(GENERATOR, Decimal(2), ""), (AMBULANCE, Decimal(1), "piece")], **told)
    assert [one.item for one in made] == [GENERATOR, AMBULANCE]
    assert {one.state for one in Need.objects.all()} == {"draft"}
    event = AuditEvent.objects.get(verb="copy_needs")
    assert event.after["needs"] == [one.public_id for one in made]
    items = [(GENERATOR, Decimal(2), ""), (AMBULANCE, Decimal(0), "")]
    refused(Invalid, "amount_zero", copy_needs, items=items, **told)
    refused(Invalid, "too_many_lines", copy_needs, items=items * 251, **told)
    assert Need.objects.count() == 2


def test_two_write_one_line_and_the_second_is_told_what_changed(home, officer):
    need = a_need(home, state="draft", repeat="month", restricted=True)
    mine = entry_of(need)
    first = dataclasses.replace(
        mine,
        number=Decimal(10),
        priority="life_saving",
        needed_by=None,
        restricted=False,
        cluster="health",
        specification={"uk": "Тихий"},
        repeat="",
    )
    change_need(actor=officer, need=need, entry=first, expected=1)
    assert need.version == 2
    stale = dataclasses.replace(mine, number=Decimal(12))
    with translation.override("en"):
        conflict = refused(
            Conflict, "need_changed", change_need, actor=officer, need=need, entry=stale, expected=1
        )
    told = str(conflict)
    assert "Amount: 8 → 10" in told
    assert "Priority: urgent → life-saving" in told
    assert "Specification was changed" in told
    assert "Field of help: energy and heat → health" in told
    assert "Never public: yes → –" in told
    assert f"Needed by: {(TODAY + dt.timedelta(days=60)).isoformat()} → –" in told
    assert "Тихий" not in told
    changes = {change["field"]: change for change in conflict.details["changes"]}
    assert changes["specification"]["now"] == {"uk": "Тихий"}
    assert (changes["number"]["was"], changes["number"]["now"]) == ("8", "10")
    assert conflict.details["version"] == 2
    need.refresh_from_db()
    assert (need.asked, need.priority, need.version) == (10000, "life_saving", 2)
    change_need(actor=officer, need=need, entry=stale, expected=2)
    assert need.asked == 12000


def test_a_change_of_item_unit_and_of_nothing_is_told(home, officer):
    need = a_need(home, state="draft")
    other = dataclasses.replace(entry(AMBULANCE, 1), unit="set")
    change_need(actor=officer, need=need, entry=other, expected=1)
    change_need(actor=officer, need=need, entry=other, expected=2)
    open_need(actor=officer, need=need, expected=3)
    with translation.override("uk"):
        refused(
            Conflict, "need_changed", change_need, actor=officer, need=need, entry=other, expected=1
        )
    with translation.override("en"):
        conflict = refused(
            Conflict, "need_changed", change_need, actor=officer, need=need, entry=other, expected=1
        )
    told = str(conflict)
    assert "Item: diesel generator up to 75 kVA → ambulance" in told
    assert "Unit: pieces → sets" in told
    assert "it was saved again; it was shown to the partners" in told


def test_a_line_that_others_changed_without_words_is_told_too(home, officer):
    need = a_need(home)
    Need.objects.filter(pk=need.pk).update(version=7)
    conflict = refused(
        Conflict, "need_changed", withdraw_need, actor=officer, need=need, reason="x", expected=1
    )
    assert "its amounts" in str(conflict)


def test_an_open_line_rises_and_falls_by_what_is_open(home, officer):
    need = a_need(home, 8, committed=3, withdrawn=1)
    for number, expected in ((9, (9, 5, 3, "open")), (4, (4, 0, 3, "committed"))):
        change_need(actor=officer, need=need, entry=entry(number=number))
        assert amounts(need) == expected
    conflict = refused(
        Conflict, "less_than_promised", change_need, actor=officer, need=need, entry=entry(number=3)
    )
    assert conflict.details["least"] == "4"
    assert amounts(need) == (4, 0, 3, "committed")
    change_need(actor=officer, need=need, entry=entry(number=6))
    assert amounts(need) == (6, 2, 3, "open")


def test_what_others_rely_on_stays(home, officer):
    need = a_need(home, 8, committed=3)
    told = {"actor": officer, "need": need}
    boxes = dataclasses.replace(entry(), unit="box")
    refused(Conflict, "unit_fixed", change_need, entry=boxes, **told)
    refused(Conflict, "item_fixed", change_need, entry=entry(AMBULANCE), **told)
    mapped = a_need(home, item="", committed=1)
    change_need(actor=officer, need=mapped, entry=entry(AMBULANCE))
    assert mapped.item == AMBULANCE
    partly = a_need(home, 8, withdrawn=3)
    told = {"actor": officer, "need": partly}
    refused(Conflict, "unit_fixed", change_need, entry=boxes, **told)
    refused(Conflict, "less_than_promised", change_need, entry=entry(number=3), **told)


@pytest.mark.parametrize(
    ("state", "code"), [("withdrawn", "need_withdrawn"), ("fulfilled", "need_fulfilled")]
)
def test_a_closed_line_is_not_written_to(home, officer, state, code):
    committed = 8 if state == "fulfilled" else 0
    need = a_need(home, state=state, committed=committed)
    told = {"actor": officer, "need": need}
    refused(Conflict, code, change_need, entry=entry(), **told)
    refused(Conflict, code, open_need, **told)
    refused(Conflict, code, withdraw_need, reason="x", **told)
    refused(Conflict, code, fulfil_need, **told)
    assert Need.objects.get(pk=need.pk).version == 1


def test_a_draft_is_shown_once_and_in_time(home, officer):
    need = a_need(home, state="draft", needed_by=TODAY - dt.timedelta(days=1))
    refused(Invalid, "needed_by_past", open_need, actor=officer, need=need)
    assert amounts(need)[-1] == "draft"
    need = a_need(home, state="draft")
    open_need(actor=officer, need=need, expected=1)
    assert (need.state, need.version) == ("open", 2)
    assert need.opened_at is not None
    refused(Conflict, "need_open_already", open_need, actor=officer, need=need)
    need = a_need(home, state="committed", committed=8)
    refused(Conflict, "nothing_open", open_need, actor=officer, need=need)


def test_a_danger_is_taken_out_or_let_pass_by_the_approver(home, officer):
    need = a_need(home, state="draft", delivery_note=PHONE, specification={"uk": "вул. Перемоги"})
    conflict = refused(Invalid, "dangerous_text", open_need, actor=officer, need=need)
    (found,) = conflict.details["passages"]
    assert (found["field"], found["why"]) == ("delivery_note", "phone")
    assert "+380" not in str(conflict)
    assert "+380" not in str(AuditEvent.objects.get(verb="refused_open_need").after)
    warning, danger = sorted(passages(need, home.office), key=lambda one: one.danger)
    assert (warning.danger, danger.danger) == (False, True)
    let = [LetPass(danger.mark, "The number of our hotline, ask olena@example.org")]
    refused(NotAllowed, "role_cannot", open_need, actor=officer, need=need, overruled=let)
    silent = [LetPass(danger.mark, " ")]
    refused(Invalid, "text_missing", open_need, actor=home.approver, need=need, overruled=silent)
    other = [LetPass("0" * 16, "why not")]
    refused(Invalid, "dangerous_text", open_need, actor=home.approver, need=need, overruled=other)
    open_need(actor=home.approver, need=need, overruled=let)
    kept = last(need).after["overruled"]
    assert kept == [
        {
            "mark": danger.mark,
            "field": "delivery_note",
            "why": "phone",
            "reason": "The number of our hotline, ask …",
        }
    ]


def test_what_was_let_pass_stays_so_while_its_words_stay(home, officer):
    need = a_need(home, state="draft", delivery_note=PHONE)
    let = [LetPass(one.mark, "Hotline") for one in passages(need, home.office)]
    open_need(actor=home.approver, need=need, overruled=let)
    same = dataclasses.replace(entry_of(need), number=Decimal(9))
    change_need(actor=officer, need=need, entry=same)
    other = dataclasses.replace(same, delivery_note=f"{PHONE}, +380 50 765 43 21")
    told = {"actor": officer, "need": need, "entry": other}
    refused(Invalid, "dangerous_text", change_need, **told)
    assert need.delivery_note == PHONE
    let = [LetPass(one.mark, "Both") for one in passages(other, home.office)]
    refused(NotAllowed, "role_cannot", change_need, overruled=let, **told)
    join(officer.person, home.office, "approver")
    refused(NotAllowed, "second_factor_needed", change_need, overruled=let, **told)
    join(home.approver.person, home.office, "officer")
    change_need(**told | {"actor": home.approver}, overruled=let)
    assert len(last(need).after["overruled"]) == 2


def test_the_office_s_own_number_is_no_danger(home, officer):
    need = a_need(home, state="draft", delivery_note=f"Call {home.office.callback_phone}")
    open_need(actor=officer, need=need)
    assert need.state == "open"


def test_withdrawal_takes_what_is_open_and_nothing_else(home, officer):
    need = a_need(home, 8, committed=3)
    told = {"actor": officer, "need": need}
    refused(Invalid, "text_missing", withdraw_need, reason=" ", **told)
    refused(Invalid, "amount_zero", withdraw_need, reason="x", amount=0, **told)
    conflict = refused(
        Conflict, "more_than_open", withdraw_need, reason="x", amount=steps(6), **told
    )
    assert conflict.details["open"] == "5"
    withdraw_need(reason="Bought by ourselves", amount=steps(2), **told)
    assert amounts(need) == (8, 3, 3, "open")
    withdraw_need(reason="Bought by ourselves", **told)
    assert amounts(need) == (8, 0, 3, "committed")
    assert last(need).after["reason"] == "Bought by ourselves"
    refused(Conflict, "nothing_open", withdraw_need, reason="x", **told)


def test_withdrawal_of_all_takes_the_publication_back(home, officer):
    need = a_need(home, item=AMBULANCE)
    publish_need(actor=home.approver, need=need, not_before=TODAY)
    withdraw_need(actor=officer, need=need, reason="No longer needed", amount=steps(1))
    assert standing_publication(need) is not None
    withdraw_need(actor=officer, need=need, reason="No longer needed")
    assert need.state == NeedState.WITHDRAWN
    assert standing_publication(need) is None
    draft = a_need(home, state="draft")
    withdraw_need(actor=officer, need=draft, reason="A slip")
    assert draft.state == "withdrawn"
    draft = a_need(home, state="draft")
    withdraw_need(actor=officer, need=draft, reason="Half", amount=steps(4))
    assert (draft.state, draft.still_open) == ("draft", 4000)


def a_commitment(need, state="made"):
    return Commitment.objects.create(
        public_id=f"commitment_{need.pk}",
        need=need,
        giver="citizen",
        giver_name="Somebody",
        form="full",
        covers=need.committed,
        state=state,
        made_by="x",
        made_at=need.changed_at,
        changed_at=need.changed_at,
    )


def test_a_line_is_fulfilled_when_all_has_come(home, officer):
    need = a_need(home, 8, committed=3)
    told = {"actor": officer, "need": need}
    conflict = refused(Conflict, "still_open", fulfil_need, **told)
    assert conflict.details["open"] == "5"
    need = a_need(home, 8, state="committed", committed=8)
    told = {"actor": officer, "need": need}
    commitment = a_commitment(need)
    refused(Conflict, "not_all_kept", fulfil_need, **told)
    commitment.state = "kept"
    commitment.save()
    fulfil_need(expected=1, **told)
    assert need.state == "fulfilled"
    draft = a_need(home, state="draft")
    refused(Conflict, "need_not_open", fulfil_need, actor=officer, need=draft)


def test_a_standing_need_comes_back_once(home, officer):
    day = TODAY + dt.timedelta(days=60)
    need = a_need(home, 8, repeat="month", committed=8, state="committed")
    told = {"actor": officer, "need": need}
    made = renew_need(today=day, **told)
    assert (made.state, made.asked, made.renews) == ("draft", 8000, need)
    assert made.needed_by == next_day(day, Repeat.MONTH, day)
    refused(Conflict, "need_renewed_already", renew_need, **told)
    refused(Conflict, "need_not_open", renew_need, actor=officer, need=made)
    once = a_need(home)
    refused(Conflict, "need_not_standing", renew_need, actor=officer, need=once)


@pytest.mark.parametrize(
    ("day", "repeat", "today", "following"),
    [
        (None, Repeat.MONTH, "2026-11-23", None),
        ("2026-01-31", Repeat.MONTH, "2026-01-01", "2026-02-28"),
        ("2026-01-31", Repeat.MONTH, "2026-03-05", "2026-03-31"),
        ("2026-11-30", Repeat.QUARTER, "2026-11-30", "2027-02-28"),
        ("2024-02-29", Repeat.YEAR, "2026-11-23", "2027-02-28"),
    ],
)
def test_the_next_day_of_a_rhythm(day, repeat, today, following):
    read = dt.date.fromisoformat
    found = next_day(read(day) if day else None, repeat, read(today))
    assert found == (read(following) if following else None)
