"""Commitments: in full, in part, something else, more than is asked; kept, or taken back."""

import datetime as dt
from decimal import Decimal

import needs_cast
import pytest
from answers_cast import a_letter, a_publication, addressed, adds_up, again, refused
from needs_cast import TODAY, a_need, steps

from mistok.needs import answers
from mistok.needs.answers import CommitmentEntry
from mistok.needs.models import Commitment, Need, Notice
from mistok.provenance.models import AuditEvent

pytestmark = pytest.mark.django_db
people = needs_cast.needy


def entry(number=None, **fields):
    return CommitmentEntry(number=None if number is None else Decimal(str(number)), **fields)


def commit(people, need, number=None, giver=None, **fields):
    giver = giver or people.partner
    named = {"expected", "addressee", "at"} & set(fields)
    given = {name: fields.pop(name) for name in named}
    return answers.commit(
        actor=giver.officer, need=need, giver=giver.office, entry=entry(number, **fields), **given
    )


def test_all_that_is_open_is_committed_without_a_number(people):
    need = a_need(people.home, 8)
    row = commit(people, need, arrives_on=TODAY, note="With a trailer.", shelf_life_months=5)
    assert (row.state, row.form, row.covers, row.surplus) == ("made", "full", steps(8), 0)
    assert (row.giver, row.giver_office, row.giver_name) == (
        "municipality",
        people.partner.office,
        "Dortmund",
    )
    assert (row.unit, row.shelf_life_months, row.note) == ("piece", 5, "With a trailer.")
    need = adds_up(need)
    assert (need.state, need.still_open) == ("committed", 0)
    event = AuditEvent.objects.get(subject=row.public_id)
    assert event.verb == "commit_help"
    assert event.after["office"] == people.partner.office.public_id
    assert event.after["covers"] == steps(8)
    assert "With a trailer." not in str(event.after)
    notice = Notice.objects.get(person=people.home.officer.person)
    assert notice.kind == "commitment_made"
    assert notice.params["who"] == "Dortmund"


def test_a_part_leaves_the_rest_open_and_another_unit_is_converted(people):
    need = a_need(people.home, 2000, item="wood_pellets", unit="kilogram")
    row = commit(people, need, "0.5", unit="tonne")
    assert (row.form, row.covers) == ("part", steps(500))
    assert adds_up(need).still_open == steps(1500)
    assert commit(people, need).form == "part"
    assert adds_up(need).state == "committed"


def test_more_than_is_open_waits_for_the_asker_whose_word_raises_what_is_asked(people):
    need = a_need(people.home, 5)
    told = refused("more_than_open", commit, people, need, 8)
    assert told.details["open"] == "5"
    row = commit(people, need, 8, beyond_open=True)
    assert (row.state, row.asks, row.surplus) == ("proposed", "asker", steps(3))
    assert adds_up(need).still_open == steps(5)
    refused("not_yours", answers.accept_commitment, actor=people.partner.officer, commitment=row)
    row = answers.accept_commitment(actor=people.home.officer, commitment=row, expected=1)
    assert (row.state, row.asks) == ("made", "")
    need = adds_up(need)
    assert (need.asked, need.committed, need.state) == (steps(8), steps(8), "committed")
    kinds = Notice.objects.values_list("kind", "person__email")
    assert ("commitment_proposed", people.home.officer.person.email) in kinds
    assert ("commitment_accepted", people.partner.officer.person.email) in kinds


def test_what_a_commitment_had_raised_is_not_asked_any_more_once_it_is_taken_back(people):
    need = a_need(people.home, 5)
    row = commit(people, need, 8, beyond_open=True)
    row = answers.accept_commitment(actor=people.home.officer, commitment=row)
    version = again(need).version
    row = answers.withdraw_commitment(
        actor=people.partner.officer, commitment=row, reason="The truck is broken."
    )
    need = adds_up(need)
    assert (row.state, row.reason) == ("withdrawn", "The truck is broken.")
    assert (need.asked, need.still_open, need.state) == (steps(5), steps(5), "open")
    assert need.version == version + 1


def test_surplus_alone_goes_back_to_where_it_came_from(people):
    need = a_need(people.home, 5)
    commit(people, need)
    row = commit(people, need, 3, beyond_open=True)
    row = answers.accept_commitment(actor=people.home.officer, commitment=row)
    assert adds_up(need).asked == steps(8)
    answers.withdraw_commitment(actor=people.partner.officer, commitment=row, reason="No.")
    need = adds_up(need)
    assert (need.asked, need.state) == (steps(5), "committed")


def test_surplus_of_a_line_of_which_all_else_is_withdrawn_ends_with_it(people):
    need = a_need(people.home, 10, committed=0, withdrawn=6)
    first = commit(people, need)
    row = commit(people, need, 3, beyond_open=True)
    answers.accept_commitment(actor=people.home.officer, commitment=row)
    answers.withdraw_commitment(actor=people.partner.officer, commitment=first, reason="No.")
    Need.objects.filter(pk=need.pk).update(still_open=0, withdrawn=steps(10), state="committed")
    answers.withdraw_commitment(actor=people.partner.officer, commitment=row, reason="No.")
    need = again(need)
    assert (need.asked, need.withdrawn, need.state) == (steps(10), steps(10), "withdrawn")


def test_an_alternative_waits_for_the_asker_and_is_declined_with_a_reason(people):
    need = a_need(people.home, 5)
    row = commit(
        people, need, 2, instead="Two larger generators", instead_item="generator_diesel_375"
    )
    assert (row.state, row.form, row.asks) == ("proposed", "alternative", "asker")
    row = answers.decline_commitment(
        actor=people.home.officer, commitment=row, reason="Too heavy.", expected=1
    )
    assert (row.state, row.reason, row.asks) == ("declined", "Too heavy.", "")
    assert adds_up(need).still_open == steps(5)
    told = refused(
        "commitment_changed",
        answers.accept_commitment,
        actor=people.home.officer,
        commitment=row,
    )
    assert "declined" in str(told)
    assert told.details == {"state": "declined", "version": 2}
    assert Notice.objects.filter(kind="commitment_declined").count() == 1


def test_less_is_open_than_when_it_was_proposed_so_the_asker_is_asked_again(people):
    need = a_need(people.home, 5)
    row = commit(people, need, 4, instead="Lamps")
    commit(people, need, 3)
    accept = {"actor": people.home.officer, "commitment": row}
    told = refused("surplus_grew", answers.accept_commitment, **accept)
    assert told.details["surplus"] == "2"
    refused("surplus_grew", answers.accept_commitment, **accept, surplus=Decimal(0))
    row = answers.accept_commitment(**accept, surplus=Decimal(2))
    assert (row.state, row.surplus) == ("made", steps(2))
    assert adds_up(need).asked == steps(7)


def test_a_line_counted_otherwise_since_then_is_not_counted_by_the_old_number(people):
    need = a_need(people.home, 5)
    row = commit(people, need, 1, instead="Lamps")
    Need.objects.filter(pk=need.pk).update(unit="box")
    refused("unit_changed", answers.accept_commitment, actor=people.home.officer, commitment=row)


def test_all_that_was_promised_has_come_so_the_need_is_fulfilled(people):
    need = a_need(people.home, 8)
    first, second = commit(people, need, 3), commit(people, need, 5)
    refused("not_yours", answers.keep_commitment, actor=people.partner.officer, commitment=first)
    row = answers.keep_commitment(actor=people.home.officer, commitment=first, expected=1)
    assert (row.state, again(need).state) == ("kept", "committed")
    answers.keep_commitment(actor=people.home.officer, commitment=second)
    assert adds_up(need).state == "fulfilled"
    assert (
        AuditEvent.objects.filter(verb="keep_commitment").order_by("pk").last().after["fulfilled"]
    )
    refused(
        "commitment_changed",
        answers.withdraw_commitment,
        actor=people.partner.officer,
        commitment=second,
        reason="No.",
    )
    refused(
        "commitment_changed", answers.keep_commitment, actor=people.home.officer, commitment=first
    )
    refused("need_fulfilled", commit, people, need, 1, beyond_open=True)


def test_a_need_of_which_something_is_open_is_not_fulfilled_by_what_came(people):
    need = a_need(people.home, 8)
    row = commit(people, need, 3)
    answers.keep_commitment(actor=people.home.officer, commitment=row)
    assert again(need).state == "open"


def test_asker_frees_a_line_from_a_giver_who_is_silent(people):
    need = a_need(people.home, 8)
    row = commit(people, need)
    reason = "Nobody answers, also not a.giver@example.org."
    row = answers.withdraw_commitment(actor=people.home.officer, commitment=row, reason=reason)
    assert adds_up(need).state == "open"
    assert "a.giver" not in row.reason
    event = AuditEvent.objects.get(verb="withdraw_commitment")
    assert event.after["side"] == "asker"
    again_made = commit(people, need)
    refused(
        "not_your_commitment",
        answers.withdraw_commitment,
        actor=people.second.officer,
        commitment=again_made,
        reason="No.",
    )
    refused(
        "text_missing",
        answers.withdraw_commitment,
        actor=people.home.officer,
        commitment=again_made,
        reason=" ",
    )


def test_proposal_is_taken_back_before_anybody_has_accepted_it(people):
    need = a_need(people.home, 5)
    row = commit(people, need, 2, instead="Lamps")
    row = answers.withdraw_commitment(
        actor=people.partner.officer, commitment=row, reason="They are sold.", expected=1
    )
    assert (row.state, again(need).still_open) == ("withdrawn", steps(5))


@pytest.mark.parametrize(
    ("state", "code"),
    [("withdrawn", "need_withdrawn"), ("draft", "need_unknown"), ("fulfilled", "need_fulfilled")],
)
def test_nothing_is_committed_for_a_need_that_does_not_live(people, state, code):
    need = a_need(people.home, 5, state=state, **({"committed": 5} if state == "fulfilled" else {}))
    refused(code, commit, people, need, 2)
    event = AuditEvent.objects.get(verb="refused_commit_help")
    assert (event.subject, event.after["code"]) == (need.public_id, code)
    assert not Commitment.objects.exists()


def test_a_line_changed_meanwhile_is_looked_at_again_but_not_for_its_amounts(people):
    need = a_need(people.home, 5)
    commit(people, need, 1, expected=need.version)
    commit(people, need, 1, expected=need.version)
    Need.objects.filter(pk=need.pk).update(version=need.version + 1)
    refused("need_changed", commit, people, need, 1, expected=need.version)


def test_who_may_commit(people):
    need = a_need(people.home, 5)
    refused("need_unknown", commit, people, need, 1, giver=people.second)
    refused("own_need", commit, people, need, 1, giver=people.home)
    for who, code in (
        (people.partner.approver, "role_cannot"),
        (people.stranger, "not_yours"),
        (people.nobody, "sign_in_needed"),
        (people.home.officer, "not_yours"),
    ):
        refused(
            code,
            answers.commit,
            actor=who,
            need=need,
            giver=people.partner.office,
            entry=entry(1),
        )
    a_publication(need)
    assert not answers.sees_in_full(people.second.office, need)
    assert commit(people, need, 1, giver=people.second).state == "made"
    assert answers.sees_in_full(people.second.office, need)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"number": 0}, "amount_zero"),
        ({"number": -3}, "amount_negative"),
        ({"number": "1e30"}, "amount_too_large"),
        ({"number": "1.5"}, "amount_not_whole"),
        ({"number": "NaN"}, "amount_not_a_number"),
        ({"number": 2, "unit": "tonne"}, "conversion_impossible"),
        ({"number": 2, "unit": "cubits"}, "unit_unknown"),
        ({"arrives_on": TODAY - dt.timedelta(days=3)}, "day_impossible"),
        ({"arrives_on": dt.date(2099, 1, 1)}, "day_impossible"),
        ({"shelf_life_months": 6001}, "number_out_of_range"),
        ({"wear_percent": 101}, "number_out_of_range"),
        ({"note": "x" * 2001}, "text_too_long"),
        ({"note": "Call the driver Ivan, plate АА 1234 ВВ"}, "dangerous_text"),
        ({"instead": "50.45123, 30.52345"}, "dangerous_text"),
        ({"instead_item": "unicorn"}, "item_unknown"),
    ],
)
def test_what_cannot_be_committed_is_refused_in_a_sentence(people, given, code):
    need = a_need(people.home, 5)
    told = refused(code, commit, people, need, **given)
    assert str(told).endswith(".")
    assert again(need).still_open == steps(5)


def test_a_danger_is_named_by_its_kind_alone_where_it_is_kept(people):
    need = a_need(people.home, 5)
    told = refused("dangerous_text", commit, people, need, note="Unload at 50.45123, 30.52345")
    assert told.details["passages"][0]["excerpt"]
    event = AuditEvent.objects.get(verb="refused_commit_help")
    assert "50.45" not in str(event.after)


def test_nothing_is_left_of_a_line_that_is_committed(people):
    need = a_need(people.home, 5)
    commit(people, need)
    refused("nothing_open", commit, people, need)
    refused("more_than_open", commit, people, need, 1)


def test_letter_is_answered_line_by_line_by_the_office_that_got_it(people):
    need, other = a_need(people.home, 5), a_need(people.home, 2)
    appeal = a_letter(people.home, [need], people.partner)
    (addressee,) = appeal.addressees.all()
    row = commit(people, need, addressee=addressee)
    assert (row.addressee, row.form) == (addressee, "full")
    refused("line_unknown", commit, people, other, 1, addressee=addressee)
    elsewhere = addressed(appeal, people.second)
    refused("letter_unknown", commit, people, need, 1, addressee=elsewhere)
    assert answers.sees_in_full(people.second.office, again(need))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"state": "recalled"}, "letter_recalled"),
        ({"state": "closed"}, "letter_closed"),
        ({"state": "draft"}, "letter_not_sent"),
        ({"valid_until": TODAY - dt.timedelta(days=1)}, "letter_expired"),
    ],
)
def test_nothing_is_committed_by_a_letter_that_is_not_good(people, fields, code):
    need = a_need(people.home, 5)
    appeal = a_letter(people.home, [need], people.partner, **fields)
    refused(code, commit, people, need, 1, addressee=appeal.addressees.get())
