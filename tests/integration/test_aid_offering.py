"""A partner offers a consignment and writes it until it is answered; promises come as lines."""

import datetime as dt

import aid_cast
import pytest
from aid_cast import (
    S,
    a_consignment,
    a_line,
    a_line_entry,
    ago,
    an_entry,
    passed,
    promised,
    refuses,
)
from django.utils import timezone

from factories import BUCHA, DORTMUND, GDYNIA, SMOLENSK
from living import an_office
from mistok.aid.consignments import (
    change_consignment,
    change_line,
    from_commitments,
    living_lines,
    offer_consignment,
    pass_to,
    remove_line,
    warnings,
    write_line,
)
from mistok.aid.models import AidLine, Consignment
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from mistok.needs.answers import withdraw_commitment
from mistok.needs.models import Commitment, Need
from mistok.provenance.models import AuditEvent

pytestmark = pytest.mark.django_db
people = aid_cast.aid_people


def offered(people, giver=None, receiver=None, **fields) -> Consignment:
    giver, receiver = giver or people.partner, receiver or people.home
    told = {"actor": giver.officer, "giver": giver.office, "receiver": receiver.office}
    told["day"] = fields.pop("day", ago(60))
    return offer_consignment(**told, entry=an_entry(**fields))


def test_a_partner_offers_in_its_own_name_whatever_the_form_says(people):
    row = offered(people, donor_place=BUCHA, donor_name="somebody else")
    assert (row.state, row.office, row.donor_office) == (
        S.OFFERED,
        people.home.office,
        people.partner.office,
    )
    assert (row.donor_place, row.donor_name) == (DORTMUND, people.partner.office.name)
    event = AuditEvent.objects.get(verb="offer_consignment")
    assert (event.subject, event.after["office"]) == (
        row.public_id,
        people.partner.office.public_id,
    )


def test_without_a_tie_a_promise_opens_the_door(people):
    with refuses(NotAllowed, "no_tie_with_receiver"):
        offered(people, people.second)
    row = promised(people.home, people.partner)
    Commitment.objects.filter(pk=row.pk).update(giver_office=people.second.office)
    assert offered(people, people.second).donor_place == GDYNIA


@pytest.mark.parametrize("role", ["storekeeper", "auditor", "officer"])
def test_only_the_givers_own_people_offer(people, role):
    with refuses(NotAllowed):
        offer_consignment(
            actor=getattr(people.home, role),
            giver=people.partner.office,
            receiver=people.home.office,
            entry=an_entry(),
            day=ago(3),
        )


def test_an_offer_to_oneself_or_on_a_day_to_come_is_refused(people):
    with refuses(Invalid, "donor_is_receiver"):
        offered(people, people.home)
    with refuses(Invalid, "day_to_come"):
        offered(people, day=ago(-1))


def test_nothing_is_offered_to_an_office_that_is_not_verified(people):
    office = people.home.office
    office.state = "suspended"
    office.save()
    with refuses(NotAllowed):
        offered(people)
    office.state = "verified"
    office.save()


def test_an_office_of_an_aggressor_offers_nothing(people):
    work = an_office(SMOLENSK)
    row = promised(people.home, people.partner)
    Commitment.objects.filter(pk=row.pk).update(giver_office=work.office)
    with refuses(NotAllowed, "donor_barred"):
        offered(people, work)


def test_a_doubtful_country_is_warned_of_and_not_refused(people):
    row = a_consignment(people.home, donor_place="geonames:625144", regime="charitable_gift")
    assert any("Ask your coordinator first" in one for one in warnings(row))


def test_giver_and_receiver_write_lines_until_the_offer_is_answered(people):
    row = offered(people)
    giver = people.partner.officer
    line = write_line(actor=giver, consignment=row, entry=a_line_entry())
    change_line(actor=giver, line=line, entry=a_line_entry("12"))
    second = a_line(people.home, row, a_line_entry("2"))
    remove_line(actor=giver, line=second)
    change_consignment(actor=giver, consignment=row, entry=an_entry(title="More beds"))
    assert [one.amount for one in living_lines(row)] == [12_000]
    offices = AuditEvent.objects.filter(verb="write_line").order_by("pk")
    assert [one.after["office"] for one in offices] == [
        people.partner.office.public_id,
        people.home.office.public_id,
    ]
    passed(people.home, row, S.ACCEPTED)
    for act in (
        lambda: write_line(actor=giver, consignment=row, entry=a_line_entry()),
        lambda: change_line(actor=giver, line=line, entry=a_line_entry()),
        lambda: remove_line(actor=giver, line=line),
        lambda: change_consignment(actor=giver, consignment=row, entry=an_entry()),
    ):
        with refuses(NotAllowed, "offer_answered"):
            act()
    a_line(people.home, row)


def test_an_offer_that_was_accepted_meanwhile_is_not_written_by_its_giver(people):
    row = offered(people)
    stale = Consignment.objects.get(pk=row.pk)
    passed(people.home, row, S.ACCEPTED)
    with refuses(NotAllowed, "offer_answered"):
        write_line(actor=people.partner.officer, consignment=stale, entry=a_line_entry())


def test_nobody_else_writes_an_offer(people):
    row = offered(people)
    for actor in (people.neighbour.officer, people.second.officer, people.nobody):
        with refuses(NotAllowed):
            write_line(actor=actor, consignment=row, entry=a_line_entry())


def test_who_offered_stays_the_giver(people):
    row = offered(people)
    with refuses(Conflict, "donor_fixed"):
        change_consignment(
            actor=people.home.officer, consignment=row, entry=an_entry(donor_place=GDYNIA)
        )
    known = change_consignment(
        actor=people.home.officer, consignment=row, entry=an_entry(title="Beds")
    )
    assert (known.donor_office, known.donor_name) == (people.partner.office, "")


def test_a_giver_takes_its_offer_back_and_accepts_nothing_for_the_receiver(people):
    row = offered(people)
    told = {"actor": people.partner.officer, "consignment": row, "day": ago(5)}
    with refuses(NotAllowed):
        pass_to(state=S.ACCEPTED, **told)
    pass_to(state=S.REFUSED, note="The lorry broke down.", **told)
    assert row.state == S.REFUSED


def test_a_giver_does_not_take_back_what_was_accepted(people):
    row = passed(people.home, offered(people), S.ACCEPTED)
    with refuses(NotAllowed):
        pass_to(
            actor=people.partner.officer, consignment=row, state=S.REFUSED, day=ago(5), note="no"
        )


def test_a_giver_links_its_own_promises_alone(people):
    own, other = (promised(people.home, people.partner) for _ in range(2))
    Commitment.objects.filter(pk=other.pk).update(giver_office=people.second.office)
    row, giver = offered(people), people.partner.officer
    line = write_line(
        actor=giver, consignment=row, entry=a_line_entry("2", commitment=own.public_id)
    )
    assert line.commitment == own
    with refuses(NotFound, "commitment_unknown"):
        write_line(
            actor=giver, consignment=row, entry=a_line_entry("2", commitment=other.public_id)
        )


# From promises


def coming(people, *promises, **fields) -> Consignment:
    return from_commitments(
        actor=people.home.officer,
        office=people.home.office,
        commitments=promises,
        entry=an_entry(**fields),
        day=ago(60),
    )


def test_promises_come_as_lines_of_an_accepted_consignment(people):
    beds = promised(people.home, people.partner, 5, end_user="displaced")
    radios = promised(people.home, people.partner, 3, item="radio_handset")
    row = coming(people, beds, radios, beds, donor_place="")
    assert (row.state, row.donor_office) == (S.ACCEPTED, people.partner.office)
    assert (row.donor_place, row.donor_name) == (DORTMUND, people.partner.office.name)
    first, second = living_lines(row)
    assert (first.item, first.amount, first.unit, first.end_user, first.commitment) == (
        "folding_bed",
        5000,
        "piece",
        "displaced",
        beds,
    )
    assert (first.restricted, second.restricted, second.position) == (False, True, 2)
    assert first.names["en"] == "folding bed"
    event = AuditEvent.objects.get(verb="open_consignment")
    assert event.after["commitments"] == [beds.public_id, radios.public_id]


def test_what_is_given_instead_is_what_comes(people):
    need = {"item": "", "text": {"en": "Tables", "uk": "Столи"}, "unit": "piece"}
    own_words = promised(people.home, people.partner, 4, **need)
    other = promised(people.home, people.partner, 2, entry={"instead": "Two tents"})
    listed = promised(people.home, people.partner, 2, entry={"instead_item": "blanket"})
    Commitment.objects.filter(pk__in=[other.pk, listed.pk]).update(state="made", asks="")
    worn = promised(people.home, people.partner, 2, entry={"wear_percent": 30})
    lines = living_lines(coming(people, own_words, other, listed, worn))
    assert lines[0].names == {"en": "Tables", "uk": "Столи"}
    assert (lines[1].names, lines[1].item, lines[1].hs6) == ({"en": "Two tents"}, "", "")
    assert lines[2].item == "blanket"
    assert (lines[3].used, lines[3].wear_percent) == (True, 30)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"state": "withdrawn"}, "commitment_not_open"),
        ({"state": "proposed", "asks": "asker"}, "commitment_not_open"),
    ],
)
def test_a_promise_that_does_not_stand_brings_nothing(people, change, code):
    row = promised(people.home, people.partner)
    Commitment.objects.filter(pk=row.pk).update(**change)
    with refuses(Conflict, code):
        coming(people, row)


def test_a_promise_comes_once(people):
    row = promised(people.home, people.partner)
    first = coming(people, row)
    with refuses(Conflict, "commitment_in_consignment"):
        coming(people, row)
    passed(people.home, first, S.REFUSED)
    again = coming(people, row)
    remove_line(actor=people.home.officer, line=living_lines(again)[0])
    assert living_lines(coming(people, row))[0].commitment == row


def test_promises_of_several_givers_come_apart(people):
    first, second = (promised(people.home, people.partner) for _ in range(2))
    Commitment.objects.filter(pk=second.pk).update(
        giver_office=people.second.office, giver_place=GDYNIA
    )
    with refuses(Conflict, "several_givers"):
        coming(people, first, second)


def test_only_goods_that_were_promised_to_the_office_come(people):
    knowhow = promised(people.home, people.partner)
    Need.objects.filter(pk=knowhow.need_id).update(kind="knowhow")
    with refuses(Conflict, "not_goods"):
        coming(people, knowhow)
    with refuses(Invalid, "no_commitments"):
        coming(people)
    elsewhere = promised(people.home, people.partner)
    Need.objects.filter(pk=elsewhere.need_id).update(office=people.neighbour.office)
    with refuses(NotFound, "commitment_unknown"):
        coming(people, elsewhere)
    with refuses(Conflict, "no_lines_for_military"):
        coming(people, promised(people.home, people.partner), regime="military_aid")
    with refuses(NotAllowed):
        from_commitments(
            actor=people.home.storekeeper,
            office=people.home.office,
            commitments=[],
            entry=an_entry(),
            day=ago(3),
        )


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"giver": "citizen", "giver_name": "Anna Schmidt"}, (None, "", "")),
        ({"giver": "organisation", "giver_name": "Caritas"}, (None, "", "Caritas")),
    ],
)
def test_a_private_giver_is_no_office_and_a_citizen_is_not_named(people, change, told):
    row = promised(people.home, people.partner)
    Commitment.objects.filter(pk=row.pk).update(giver_office=None, giver_place="", **change)
    made = coming(people, row, donor_place="")
    assert (made.donor_office, made.donor_place, made.donor_name) == told


def test_a_municipality_that_answered_a_letter_is_found_by_its_place(people):
    row = promised(people.home, people.partner)
    Commitment.objects.filter(pk=row.pk).update(giver_office=None)
    assert coming(people, row).donor_office == people.partner.office
    barred = promised(people.home, people.partner)
    Commitment.objects.filter(pk=barred.pk).update(giver_office=None, giver_place=SMOLENSK)
    with refuses(NotAllowed, "donor_barred"):
        coming(people, barred)


def test_a_promise_taken_back_later_leaves_the_line(people):
    row = promised(people.home, people.partner)
    made = coming(people, row)
    withdraw_commitment(actor=people.partner.officer, commitment=row, reason="No lorry.")
    assert AidLine.objects.get(consignment=made).commitment == row


def test_days_and_moments_are_kept_apart(people):
    moment = timezone.now() - dt.timedelta(days=1)
    row = offer_consignment(
        actor=people.partner.officer,
        giver=people.partner.office,
        receiver=people.home.office,
        entry=an_entry(),
        day=ago(60),
        at=moment,
    )
    assert (row.state_since, row.written_at) == (ago(60), moment)
