"""Letters of appeal before they go out: drafts, partners, the approver, the register."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import needs_cast
import pytest
from appeals_cast import (
    RECIPIENT,
    SITUATION,
    TODAY,
    a_draft,
    a_line,
    an_entry,
    approved,
    dortmund,
    quick_papers,
    sent,
    submitted,
)
from needs_cast import a_need

from factories import BUCHA, DORTMUND, GDYNIA, PARDUBICE, SMOLENSK, ZHYTOMYR, a_source, a_tie
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from mistok.needs import appeals
from mistok.needs.appeals import (
    AddresseeEntry,
    LineEntry,
    Overruled,
    approve_appeal,
    change_appeal,
    passages_of,
    return_appeal,
    slots_of_letter,
    sources_of,
    submit_appeal,
    withdraw_appeal,
    write_appeal,
)
from mistok.needs.models import Appeal, Need, Notice, RegisterCount
from mistok.provenance.models import AuditEvent

pytestmark = pytest.mark.django_db
people = needs_cast.needy
quick = quick_papers
STREET = "Вантаж зберігаємо на вул. Київській, 77."


def refused(kind, code, act, **told):
    with pytest.raises(kind) as refusal:
        act(**told)
    assert refusal.value.code == code, str(refusal.value)
    return refusal.value


def changed(appeal, work, **changes):
    """Change a draft, all but what is told staying."""
    told = {
        "entry": appeals.entry_of(appeal),
        "lines": appeals.lines_of(appeal),
        "addressees": appeals.addressees_of(appeal),
    }
    return change_appeal(actor=work.officer, appeal=appeal, **told | changes)


def kinds_told(appeal):
    return set(Notice.objects.filter(subject=appeal.public_id).values_list("kind", flat=True))


# Writing ----------------------------------------------------------------------------------


def test_draft_is_kept_with_lines_and_addressees_completed_from_the_record(people):
    appeal = a_draft(people.home, lines=[a_line(people.home, 8, "2.5", item="", unit="kilogram")])
    (line,), (addressee,) = appeal.lines.all(), appeal.addressees.all()
    assert (appeal.state, appeal.version, appeal.number) == ("draft", 1, None)
    assert (line.position, line.amount) == (1, 2500)
    assert (addressee.language, addressee.country, addressee.tie) == ("de", "DE", people.tie)
    assert addressee.email == people.partner.office.official_email
    assert appeals.entry_of(appeal).words["situation"]["de"] == SITUATION["de"]
    event = AuditEvent.objects.get(verb="write_appeal", subject=appeal.public_id)
    assert event.after["office"] == people.home.office.public_id


def test_only_who_writes_for_a_hromada_writes_a_letter(people):
    told = {"entry": an_entry(), "office": people.home.office}
    for actor in (people.home.approver, people.partner.officer, people.stranger, people.nobody):
        with pytest.raises(NotAllowed):
            write_appeal(actor=actor, **told)
    office = people.partner.office
    refused(
        Conflict,
        "not_a_hromada",
        write_appeal,
        actor=people.partner.officer,
        office=office,
        entry=an_entry(),
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " "}, "text_missing"),
        ({"title": "x" * 201}, "text_too_long"),
        ({"words": {"route": {"uk": "a"}}}, "slot_unknown"),
        ({"words": {"situation": {"ru": "a"}}}, "language_unknown"),
        ({"recipient_code": "1357695"}, "recipient_code_wrong"),
        ({"recipient_code": "١٣٥٧٦٩٥٤"}, "recipient_code_wrong"),
        ({"contact_mail": "nobody"}, "mail_invalid"),
        ({"contact_phone": "12"}, "phone_invalid"),
    ],
)
def test_bad_entry_is_refused(people, changes, code):
    refused(Invalid, code, a_draft, work=people.home, entry=an_entry(**changes))


@pytest.mark.parametrize(
    ("changes", "kind", "code"),
    [
        ({"place": ZHYTOMYR}, Invalid, "addressee_is_sender"),
        ({"place": "iso:DE"}, Invalid, "addressee_no_municipality"),
        ({"place": SMOLENSK}, Conflict, "addressee_refused"),
        ({"place": "geonames:999999999"}, NotFound, "place_unknown"),
        ({"tie": "tie_aaaaaaaaaaaa"}, Invalid, "addressee_tie_unknown"),
        ({"place": GDYNIA, "tie": "tie_aaaaaaaaaaaa"}, Invalid, "addressee_tie_unknown"),
        ({"language": "ru"}, Invalid, "language_unknown"),
        ({"greeted_as": "tsar"}, Invalid, "greeting_unknown"),
        ({"gender": "x"}, Invalid, "greeting_unknown"),
        ({"email": "nobody"}, Invalid, "mail_invalid"),
    ],
)
def test_bad_addressee_is_refused(people, changes, kind, code):
    refused(kind, code, a_draft, work=people.home, addressees=[dortmund(**changes)])


def test_too_many_or_the_same_addressees_are_refused(people):
    twice = [dortmund(), dortmund(email="other@example.org")]
    refused(Invalid, "addressee_twice", a_draft, work=people.home, addressees=twice)
    many = [AddresseeEntry(place=f"geonames:{n}") for n in range(1, 63)]
    refused(Invalid, "too_many_addressees", a_draft, work=people.home, addressees=many)


def test_bad_lines_are_refused(people):
    home = people.home
    need = a_need(home, 8)
    line = LineEntry(need=need)
    for lines, kind, code in (
        ([line, line], Invalid, "need_twice"),
        ([a_line(people.neighbour)], NotAllowed, "need_not_yours"),
        ([LineEntry(need=need, amount=Decimal(9))], Invalid, "amount_beyond_need"),
        ([LineEntry(need=need, amount=Decimal(0))], Invalid, "amount_zero"),
        ([LineEntry(need=need, amount=Decimal("0.5"))], Invalid, "amount_not_whole"),
        ([LineEntry(need=need, amount=Decimal("1e30"))], Invalid, "amount_too_large"),
        ([line] * 101, Invalid, "too_many_lines"),
    ):
        refused(kind, code, a_draft, work=home, lines=lines)


def test_change_replaces_everything_and_keeps_who_stays(people):
    home = people.home
    appeal = a_draft(home)
    before = appeal.addressees.get().public_id
    gdynia = AddresseeEntry(place=GDYNIA, email="miasto@gdynia.example")
    lines = [a_line(home, 3, item="ambulance"), a_line(home, 5)]
    changed(
        appeal, home, entry=an_entry(title="Spring"), lines=lines, addressees=[gdynia, dortmund()]
    )
    assert (appeal.title, appeal.version) == ("Spring", 2)
    assert [line.need for line in appeal.lines.all()] == [line.need for line in lines]
    found = {one.place: one for one in appeal.addressees.all()}
    assert found[DORTMUND].public_id == before
    assert (found[GDYNIA].language, found[GDYNIA].tie) == ("pl", "")
    changed(appeal, home, addressees=[gdynia])
    assert [one.place for one in appeal.addressees.all()] == [GDYNIA]


def test_second_of_two_who_change_a_letter_is_told_what_changed(people):
    appeal = a_draft(people.home)
    changed(appeal, people.home, expected=1)
    refusal = refused(
        Conflict, "appeal_changed", changed, appeal=appeal, work=people.home, expected=1
    )
    assert [one["verb"] for one in refusal.details["changes"]] == ["change_appeal"]
    assert "changed" in str(refusal)
    assert AuditEvent.objects.filter(verb="refused_change_appeal").exists()


def test_letter_before_the_approver_is_not_changed(people):
    appeal = submitted(people.home)
    refusal = refused(Conflict, "appeal_state", changed, appeal=appeal, work=people.home)
    assert "before the approver" in str(refusal)


# Partners ---------------------------------------------------------------------------------


def test_partners_are_the_other_sides_of_living_ties(people):
    home = people.home
    gdynia = needs_cast.tie_with(home, people.second, kind="network")
    assert [one.place for one in appeals.partners_of(home.office)] == [DORTMUND]
    needs_cast.tie_with(home, people.neighbour, kind="partnership", date="2020")
    (bucha, partner) = appeals.partners_of(home.office)
    assert (bucha.place, bucha.language, bucha.name) == (BUCHA, "uk", "Bucha")
    assert (partner.tie, partner.ties, partner.language) == (people.tie, (people.tie,), "de")
    assert partner.email == people.partner.office.official_email
    assert gdynia not in {tie for one in (bucha, partner) for tie in one.ties}
    a_tie(ZHYTOMYR, PARDUBICE, source=a_source("p"), event="severed", date="2024")
    assert len(appeals.partners_of(home.office)) == 2


# Before the approver ----------------------------------------------------------------------


def test_letter_goes_to_the_approver_and_back_and_is_approved(people):
    home = people.home
    appeal = submitted(home)
    assert (appeal.state, kinds_told(appeal)) == ("internal_review", {"appeal_submitted"})
    return_appeal(actor=home.approver, appeal=appeal, reason="Say more of the schools.")
    assert (appeal.state, appeal.returned_because) == ("draft", "Say more of the schools.")
    submit_appeal(actor=home.officer, appeal=appeal)
    assert appeal.returned_because == ""
    approve_appeal(actor=home.approver, appeal=appeal)
    assert (appeal.state, appeal.number, appeal.year) == ("approved", 1, TODAY.year)
    assert appeals.register_number(appeal) == f"1/{TODAY.year}"
    assert kinds_told(appeal) == {"appeal_submitted", "appeal_returned", "appeal_approved"}


def test_what_was_approved_stays_whatever_the_need_becomes(people):
    appeal = approved(people.home)
    need = appeal.lines.get().need
    Need.objects.filter(pk=need.pk).update(specification={"uk": "інше"}, priority="important")
    appeal.refresh_from_db()
    (row,) = slots_of_letter(appeal, appeal.addressees.get())["needs"]
    assert (row["priority"]["de"], "specification" in row) == ("dringend", False)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"lines": []}, "letter_has_no_line"),
        ({"addressees": []}, "letter_has_no_addressee"),
        ({"entry": {"valid_until": TODAY - dt.timedelta(days=1)}}, "valid_until_past"),
    ],
)
def test_letter_that_could_not_go_out_is_not_submitted(people, told, code):
    if "entry" in told:
        told = {"entry": an_entry(**told["entry"])}
    refused(Invalid, code, submitted, work=people.home, **told)
    refused(Invalid, "letter_has_no_line", submitted, work=people.home, lines=[], addressees=[])


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"state": "draft"}, "line_not_open"),
        ({"state": "withdrawn"}, "line_not_open"),
        ({"committed": 5}, "line_more_than_open"),
        ({"end_user": "defence"}, "line_for_defence"),
    ],
)
def test_lines_that_no_partner_may_answer_are_named(people, fields, code):
    line = a_line(people.home, 8, 8, **fields)
    refusal = refused(Conflict, code, submitted, work=people.home, lines=[line])
    assert refusal.details["line"] == 1


def test_sign_that_no_paper_can_show_is_refused_before_the_approver_sees_it(people, monkeypatch):
    monkeypatch.undo()
    words = {"situation": SITUATION | {"de": "Wir danken 🙏 von Herzen."}, "recipient": RECIPIENT}
    refusal = refused(
        Invalid, "sign_unprintable", submitted, work=people.home, entry=an_entry(words=words)
    )
    assert refusal.details["sign"] == "🙏"


def test_nobody_approves_her_own_letter_or_without_a_second_factor(people):
    home = people.home
    appeal = submitted(home)
    with pytest.raises(NotAllowed):
        approve_appeal(actor=home.officer, appeal=appeal)
    Appeal.objects.filter(pk=appeal.pk).update(written_by=str(home.approver))
    refused(NotAllowed, "own_letter", approve_appeal, actor=home.approver, appeal=appeal)


def test_danger_is_taken_out_or_let_pass_with_a_reason(people):
    home = people.home
    words = {"situation": SITUATION | {"uk": f"{SITUATION['uk']} {STREET}"}, "recipient": RECIPIENT}
    lines = [a_line(home, 1, specification={"uk": STREET, "de": "im Lager"})]
    appeal = submitted(home, entry=an_entry(words=words), lines=lines)
    found = [one for one in passages_of(sources_of(appeal)) if one.dangerous]
    assert {(one.slot, one.line, one.language) for one in found} >= {
        ("situation", 0, "uk"),
        ("needs", 1, "uk"),
    }
    act = {"actor": home.approver, "appeal": appeal}
    refusal = refused(Invalid, "text_dangerous", approve_appeal, **act)
    assert {one["slot"] for one in refusal.details["passages"]} == {"situation", "needs"}
    passed = [Overruled(key=one.key, reason="Everybody knows it.") for one in found]
    refused(Invalid, "text_dangerous", approve_appeal, **act, overruled=passed[:1])
    silent = [replace(one, reason=" ") for one in passed]
    refused(Invalid, "text_missing", approve_appeal, **act, overruled=silent)
    approve_appeal(**act, overruled=passed)
    assert {one["reason"] for one in appeal.overruled} == {"Everybody knows it."}
    assert "Київськ" not in str(appeal.overruled)


def test_own_contacts_and_seat_are_no_danger(people):
    words = {
        "situation": SITUATION,
        "recipient": RECIPIENT,
        "sender_seat": {"uk": "вул. Київська, 77, Житомир", "de": "Kyjiwska-Straße 77, Schytomyr"},
    }
    entry = an_entry(words=words, contact_phone="+380 412 481 212", contact_unit=RECIPIENT)
    appeal = submitted(people.home, entry=entry)
    assert not [one for one in passages_of(sources_of(appeal)) if one.dangerous]


# The register -----------------------------------------------------------------------------


def test_numbers_have_no_gap_and_no_double_also_when_approvals_are_refused(people, monkeypatch):
    home = people.home
    first, second = submitted(home), submitted(home)
    approve_appeal(actor=home.approver, appeal=first)

    def fail(*told, **more):
        raise Conflict("At the last moment.", code="too_late")

    with monkeypatch.context() as patch:
        patch.setattr("mistok.needs.appeals.deciding.tell_own", fail)
        refused(Conflict, "too_late", approve_appeal, actor=home.approver, appeal=second)
    assert RegisterCount.objects.get(office=home.office).last == 1
    approve_appeal(actor=home.approver, appeal=second)
    assert (first.number, second.number) == (1, 2)
    twice = refused(Conflict, "appeal_state", approve_appeal, actor=home.approver, appeal=second)
    assert "approved" in str(twice)


def test_each_year_and_each_office_counts_for_itself(people):
    new_year = dt.datetime(TODAY.year + 1, 1, 1, 12, tzinfo=dt.UTC)
    until = an_entry(valid_until=dt.date(TODAY.year + 1, 6, 1))
    assert approved(people.home).number == 1
    later = submitted(people.home, entry=until)
    approve_appeal(actor=people.home.approver, appeal=later, at=new_year)
    assert (later.number, later.year) == (1, TODAY.year + 1)
    other = people.neighbour
    assert approved(other, lines=[a_line(other)]).number == 1


def test_withdrawn_letter_keeps_its_number_in_the_register(people):
    home = people.home
    appeal = approved(home)
    withdraw_appeal(actor=home.officer, appeal=appeal)
    assert (appeal.state, appeal.number) == ("withdrawn", 1)
    assert approved(home).number == 2


# Reading ----------------------------------------------------------------------------------


def test_letters_are_read_by_their_office_and_once_sent_by_who_gets_them(people):
    draft, out = a_draft(people.home), sent(people.home).appeal

    def seen(actor):
        return set(appeals.appeals_shown_to(actor))

    assert seen(people.home.officer) == {draft, out}
    assert seen(people.partner.officer) == {out}
    assert seen(people.coordinator) == {out}
    assert seen(people.elsewhere) == set()
    assert seen(people.stranger) == seen(people.nobody) == seen(people.second.officer) == set()
    assert appeals.appeal_shown_to(people.partner.officer, out.public_id) == out
    refused(
        NotFound,
        "appeal_unknown",
        appeals.appeal_shown_to,
        viewer=people.partner.officer,
        public_id=draft.public_id,
    )
