"""Offers: written, guarded, opened, taken from by either side; what is left always adds up."""

import datetime as dt
from decimal import Decimal

import needs_cast
import pytest
from answers_cast import a_publication, adds_up, again, an_offer, refused
from needs_cast import TODAY, a_need, steps, tie_with

from mistok.needs import answers
from mistok.needs.answers import CommitmentEntry, OfferEntry
from mistok.needs.lines import LetPass
from mistok.needs.models import Notice, Offer
from mistok.provenance.models import AuditEvent

pytestmark = pytest.mark.django_db
people = needs_cast.needy
BAD = "Ask the driver Ivan at 50.45123, 30.52345"


def entry(number=8, **fields):
    return OfferEntry(number=Decimal(number), **{"item": "fire_engine"} | fields)


def write(people, number=8, **fields):
    work = people.partner
    return answers.write_offer(
        actor=work.officer, office=work.office, entry=entry(number, **fields)
    )


def change(people, offer, number=8, **fields):
    named = {"expected", "overruled"} & set(fields)
    given = {name: fields.pop(name) for name in named}
    who = fields.pop("actor", people.partner.officer)
    return answers.change_offer(actor=who, offer=offer, entry=entry(number, **fields), **given)


def propose(actor, offer, need, amount=2, **fields):
    return answers.propose_from_offer(
        actor=actor, offer=offer, need=need, amount=Decimal(amount), **fields
    )


def test_offer_takes_what_the_catalogue_knows_and_waits_as_a_draft(people):
    offer = write(people, countries=("ua", "MD "), condition="20 years old", public=True)
    assert (offer.kind, offer.cluster, offer.unit, offer.season) == (
        "goods",
        "rescue",
        "piece",
        "none",
    )
    assert (offer.state, offer.left, offer.countries) == ("draft", steps(8), ["MD", "UA"])
    assert offer not in answers.offers_shown_to(people.home.office)
    opened = answers.open_offer(actor=people.partner.officer, offer=offer, expected=1)
    assert (opened.state, opened.version) == ("open", 2)
    assert offer in answers.offers_shown_to(people.home.office)
    assert offer in answers.public_offers()
    refused("offer_open_already", answers.open_offer, actor=people.partner.officer, offer=offer)
    verbs = AuditEvent.objects.filter(subject=offer.public_id).values_list("verb", flat=True)
    assert set(verbs) == {"write_offer", "open_offer", "refused_open_offer"}


def test_offer_without_an_item_says_itself_what_it_is(people):
    words = {"item": "", "text": {"en": "A week in our rescue school"}, "unit": "place"}
    offer = write(people, 20, **words, kind="hosting", cluster="exchange", season="school_year")
    assert (offer.kind, offer.season) == ("hosting", "school_year")
    assert answers.offer_words(offer) == "A week in our rescue school"
    assert write(people, 20, **words, cluster="exchange").kind == "goods"
    assert answers.offer_words(write(people, text={"en": "with ladders"})).endswith("with ladders")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"number": 0}, "amount_zero"),
        ({"unit": "cubit"}, "unit_unknown"),
        ({"item": "unicorn"}, "item_unknown"),
        ({"item": "", "unit": "piece", "cluster": "rescue"}, "text_missing"),
        ({"item": "", "text": {"en": "x"}, "unit": "piece"}, "cluster_unknown"),
        ({"item": "", "text": {"tlh": "x"}, "unit": "piece"}, "language_unknown"),
        ({"item": "", "text": {"en": "x"}, "unit": "piece", "cluster": "food", "kind": "x"},
         "kind_unknown"),
        ({"season": "monsoon"}, "season_unknown"),
        ({"countries": ("XX",)}, "country_unknown"),
        ({"item": "drone", "public": True}, "restricted_never_public"),
        ({"available_until": TODAY - dt.timedelta(days=1)}, "day_impossible"),
        ({"available_from": dt.date(2099, 1, 1)}, "day_impossible"),
        ({"available_from": TODAY + dt.timedelta(days=2), "available_until": TODAY},
         "days_in_wrong_order"),
        ({"condition": "x" * 401}, "text_too_long"),
    ],
)  # fmt: skip
def test_what_cannot_be_offered_is_refused_in_a_sentence(people, given, code):
    told = refused(code, write, people, **given)
    assert str(told).endswith(".")
    assert not Offer.objects.exists()


def test_who_may_write_offers(people):
    offer = an_offer(people.partner)
    for act in (
        lambda actor: answers.write_offer(actor=actor, office=people.partner.office, entry=entry()),
        lambda actor: change(people, offer, actor=actor),
        lambda actor: answers.open_offer(actor=actor, offer=offer),
        lambda actor: answers.close_offer(actor=actor, offer=offer),
    ):
        refused("role_cannot", act, people.partner.approver)
        refused("not_yours", act, people.home.officer)
        refused("sign_in_needed", act, people.nobody)


def test_dangers_are_taken_out_or_let_pass_by_who_may_publish(people):
    offer = write(people, transport=BAD)
    told = refused("dangerous_text", answers.open_offer, actor=people.partner.officer, offer=offer)
    assert "50.45" not in str(told)
    marks = [one["mark"] for one in told.details["passages"]]
    assert {one.mark for one in answers.passages_of_offer(offer) if one.danger} == set(marks)
    passed = [LetPass(mark, "It is our own yard.") for mark in marks]
    act = {"offer": offer, "overruled": passed}
    refused("role_cannot", answers.open_offer, actor=people.partner.officer, **act)
    Offer.objects.filter(pk=offer.pk).update(state="draft")
    both = people.partner.officer
    needs_cast.join(people.partner.approver.person, people.partner.office, "officer")
    empty = [LetPass(mark, " ") for mark in marks]
    refused("text_missing", answers.open_offer, actor=people.partner.approver, offer=offer,
            overruled=empty)  # fmt: skip
    offer = answers.open_offer(actor=people.partner.approver, **act)
    assert [one["reason"] for one in offer.overruled] == ["It is our own yard."] * len(marks)
    # What was let pass stays so while its words stay.
    offer = answers.change_offer(actor=both, offer=offer, entry=entry(9, transport=BAD))
    assert len(offer.overruled) == len(marks)
    worse = entry(9, transport=BAD, condition="Its plate is AA 1234 BB")
    refused("dangerous_text", answers.change_offer, actor=both, offer=offer, entry=worse)
    assert again(offer).condition == ""


def test_amount_may_rise_and_fall_by_what_is_left(people):
    offer = an_offer(people.partner, 8, item="fire_engine")
    row = taken(people, offer, 3)
    assert change(people, again(offer), 10).left == steps(7)
    refused("less_than_taken", change, people, again(offer), 2)
    changed = change(people, again(offer), 3)
    assert (changed.left, changed.state) == (0, "taken")
    refused("unit_fixed", change, people, again(offer), 3, unit="set")
    refused("item_fixed", change, people, again(offer), 3, item="fire_ladder")
    answers.withdraw_commitment(actor=people.partner.officer, commitment=row, reason="No.")
    assert adds_up(offer).state == "open"
    assert change(people, again(offer), 3, unit="set").unit == "set"


def taken(people, offer, number, need=None):
    need = need or a_need(people.home, 8, item=offer.item)
    row = propose(people.partner.officer, offer, need, number)
    return answers.accept_commitment(actor=people.home.officer, commitment=row)


def test_second_writer_is_told_what_the_first_did(people):
    offer = write(people)
    change(people, offer, 9, expected=1)
    answers.open_offer(actor=people.partner.officer, offer=offer, expected=2)
    told = refused("offer_changed", change, people, offer, 5, expected=1)
    assert "written anew; it was opened" in str(told)
    assert told.details["version"] == 3


def test_closing_ends_what_is_left_and_nothing_else(people):
    offer = an_offer(people.partner, 8, item="fire_engine")
    need = a_need(people.home, 8, item="fire_engine")
    row = taken(people, offer, 3, need)
    waits = propose(people.partner.officer, offer, need, 1)
    offer = answers.close_offer(actor=people.partner.officer, offer=offer)
    assert (offer.state, offer.left, offer.taken, offer.closed) == (
        "closed",
        0,
        steps(3),
        steps(5),
    )
    refused("offer_closed", answers.accept_commitment, actor=people.home.officer, commitment=waits)
    refused("offer_closed", propose, people.partner.officer, offer, need)
    for act in (answers.close_offer, answers.open_offer):
        refused("offer_closed", act, actor=people.partner.officer, offer=offer)
    refused("offer_closed", change, people, offer, 9)
    answers.withdraw_commitment(actor=people.partner.officer, commitment=row, reason="No.")
    offer = adds_up(offer)
    assert (offer.state, offer.left, offer.closed) == ("closed", 0, steps(8))


def test_a_day_that_the_offer_names_already_may_be_over(people):
    over = TODAY - dt.timedelta(days=3)
    offer = an_offer(people.partner, 8, item="fire_engine", available_until=over)
    assert change(people, offer, 9, available_until=over).amount == steps(9)


def test_giver_proposes_and_nothing_is_taken_before_the_asker_says_yes(people):
    offer = an_offer(people.partner, 8, item="fire_engine")
    need = a_need(people.home, 5, item="fire_engine")
    row = propose(people.partner.officer, offer, need, 5, entry=CommitmentEntry(note="Soon."))
    assert (row.state, row.asks, row.form, row.note) == ("proposed", "asker", "full", "Soon.")
    assert (row.offer_amount, row.giver_office) == (steps(5), people.partner.office)
    assert (adds_up(offer).left, adds_up(need).still_open) == (steps(8), steps(5))
    answers.accept_commitment(actor=people.home.officer, commitment=row)
    assert (adds_up(offer).left, adds_up(need).state) == (steps(3), "committed")
    assert Notice.objects.filter(person=people.home.officer.person).count() == 1


def test_asker_proposes_and_the_giver_has_the_word(people):
    offer = an_offer(people.partner, 8, item="fire_engine")
    need = a_need(people.home, 5, item="fire_engine")
    row = propose(people.home.officer, offer, need, 5)
    assert (row.asks, row.giver_name) == ("giver", "Dortmund")
    notice = Notice.objects.get(person=people.partner.officer.person)
    assert (notice.kind, notice.params["who"]) == ("commitment_proposed", "Zhytomyr")
    refused("not_yours", answers.accept_commitment, actor=people.home.officer, commitment=row)
    row = answers.accept_commitment(
        actor=people.partner.officer, commitment=row, surplus=Decimal(9)
    )
    assert (row.state, row.surplus) == ("made", 0)
    assert Notice.objects.filter(person=people.home.officer.person).count() == 1
    other = propose(people.home.officer, offer, a_need(people.home, 2, item="fire_engine"))
    other = answers.decline_commitment(actor=people.partner.officer, commitment=other)
    assert (other.state, adds_up(offer).left) == ("declined", steps(3))


def test_two_proposals_want_the_same_thing_and_one_gets_it(people):
    offer = an_offer(people.partner, 3, item="fire_engine")
    rows = [
        propose(people.partner.officer, offer, a_need(people.home, 3, item="fire_engine"))
        for _number in range(2)
    ]
    answers.accept_commitment(actor=people.home.officer, commitment=rows[0])
    told = refused(
        "offer_taken", answers.accept_commitment, actor=people.home.officer, commitment=rows[1]
    )
    assert told.details["left"] == "1"
    need = adds_up(rows[1].need)
    assert need.committed == 0


def test_what_is_not_left_or_not_open_is_not_proposed(people):
    need = a_need(people.home, 5, item="fire_engine")
    draft = an_offer(people.partner, 3, item="fire_engine", state="draft")
    refused("offer_not_open", propose, people.partner.officer, draft, need)
    offer = an_offer(people.partner, 9, item="fire_engine")
    refused("offer_taken", propose, people.partner.officer, offer, need, 10)
    refused("more_than_open", propose, people.partner.officer, offer, need, 9)
    beyond = CommitmentEntry(beyond_open=True)
    row = propose(people.home.officer, offer, need, 9, entry=beyond)
    answers.accept_commitment(actor=people.partner.officer, commitment=row)
    assert adds_up(need).asked == steps(9)
    refused("need_changed", propose, people.partner.officer, offer, need, expected=7)


def test_another_thing_is_an_alternative_and_another_unit_needs_a_word(people):
    offer = an_offer(people.partner, 4, item="wood_briquettes", unit="tonne")
    need = a_need(people.home, 9000, item="wood_pellets", unit="kilogram")
    row = propose(people.partner.officer, offer, need, 2)
    assert (row.form, row.covers, row.offer_amount) == ("alternative", steps(2000), steps(2))
    assert (row.instead_item, row.instead) == ("wood_briquettes", "wood briquettes")
    boxes = a_need(people.home, 90, item="wood_pellets", unit="bag")
    refused("counts_for_missing", propose, people.partner.officer, offer, boxes)
    row = propose(people.partner.officer, offer, boxes, counts_for=Decimal(80))
    assert row.covers == steps(80)
    words = an_offer(people.partner, 5, item="")
    row = propose(people.partner.officer, words, a_need(people.home, 5, item=""), 5)
    assert (row.form, row.instead, row.instead_item) == ("alternative", "Used school desks", "")


def test_who_may_propose_what_to_whom(people):
    need = a_need(people.home, 5, item="fire_engine")
    own = an_offer(people.home, 5, item="fire_engine")
    refused("own_need", propose, people.home.officer, own, need)
    far = an_offer(people.second, 5, item="fire_engine")
    refused("need_unknown", propose, people.second.officer, far, need)
    refused("offer_unknown", propose, people.home.officer, far, need)
    refused("not_yours", propose, people.stranger, far, need)
    a_publication(need)
    assert propose(people.second.officer, far, need).asks == "asker"
    Offer.objects.filter(pk=far.pk).update(public=True)
    row = propose(people.home.officer, far, need, 1)
    assert answers.sees_in_full(people.second.office, need)
    assert row.asks == "giver"
    tie_with(people.second, people.home)
    assert answers.sees_in_full(people.second.office, need)
