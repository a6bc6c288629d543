"""Commitments: of offices and citizens, acts of both sides, questions, the council's sheet."""

import datetime as dt
from decimal import Decimal

import needs_cast
import pytest
from answers_cast import a_publication
from django.core import mail
from needs_cast import TODAY, steps
from web_answers_cast import (
    a_letter,
    a_need,
    an_id,
    an_offer,
    checked,
    hidden_of,
    sent,
    text_of,
    titles_of,
)

from mistok.needs import answers
from mistok.needs.answers import CommitmentEntry
from mistok.needs.models import Answer, Commitment, Need
from office_cast import join

pytestmark = pytest.mark.django_db
people = needs_cast.needy
SOON = TODAY + dt.timedelta(days=30)
CANARY = "Canarystreet"


def address(need, act, language="en"):
    return f"/{language}/needs/{need.public_id}/{act}/"


def page_of(row, language="en"):
    return f"/{language}/commitments/{row.public_id}/"


def signed_in(client, actor):
    client.logout()
    client.force_login(actor.user)
    return client


def committed(people, need, number=2, giver=None, **fields):
    giver = giver or people.partner
    entry = CommitmentEntry(number=Decimal(number), **fields)
    return answers.commit(actor=giver.officer, need=need, giver=giver.office, entry=entry)


def test_office_commits_in_two_steps(client, people):
    need = a_need(people.home, 8)
    signed_in(client, people.partner.officer)
    for language in ("en", "uk"):
        answer = client.get(address(need, "commit", language))
        assert answer.status_code == 200
        assert titles_of(answer)[0]
    told = {"line1-how": "part", "line1-amount": "2", "line1-day": SOON.isoformat()}
    ready = checked(client, address(need, "commit"), version=need.version, **told)
    assert not Commitment.objects.exists()
    answer = client.post(address(need, "commit"), ready)
    assert (answer.status_code, answer.url) == (302, f"/en/needs/{need.public_id}/")
    row = Commitment.objects.get()
    assert (row.giver_office, row.covers, row.state) == (people.partner.office, steps(2), "made")


def test_need_that_changed_meanwhile_is_shown_again(client, people):
    need = a_need(people.home, 8)
    signed_in(client, people.partner.officer)
    ready = checked(client, address(need, "commit"), **{"line1-how": "full"})
    Need.objects.filter(pk=need.pk).update(
        still_open=steps(3), committed=steps(5), version=need.version + 1
    )
    answer = client.post(address(need, "commit"), ready)
    assert answer.status_code == 409
    assert "3 pieces" in text_of(answer)
    assert not Commitment.objects.exists()


def test_more_than_is_open_is_proposed(client, people):
    need = a_need(people.home, 8)
    signed_in(client, people.partner.officer)
    answer = client.post(
        address(need, "commit"), {"step": "check", "line1-how": "part", "line1-amount": "9"}
    )
    assert "is asked whether it accepts" in text_of(answer)
    done = client.post(address(need, "commit"), hidden_of(answer) | {"step": "send"}, follow=True)
    assert "counts when whoever asked accepts it" in text_of(done)
    assert Commitment.objects.get().state == "proposed"


def test_who_may_not_commit_is_told_why(client, people):
    need = a_need(people.home, 8)
    url = address(need, "commit")
    assert client.get(url).url.startswith("/en/account/login/")
    for actor, status in (
        (people.second.officer, 404),
        (people.stranger, 404),
        (people.partner.approver, 403),
        (people.home.officer, 409),
        (people.home.approver, 403),
    ):
        assert signed_in(client, actor).get(url).status_code == status
    assert client.get("/en/needs/need_nothere/commit/").status_code == 404


def test_office_of_no_partner_reads_what_is_public_and_no_more(client, people):
    """The need of an energy utility is told by oblast: nothing on the way names the hromada. Who
    has committed reads it whole."""
    need = a_need(people.home, 8, end_user="utilities", delivery_note=CANARY)
    a_publication(need)
    late = (need.needed_by + dt.timedelta(days=40)).isoformat()
    signed_in(client, people.second.officer)
    told = {"step": "check", "line1-how": "part", "line1-amount": "1", "line1-day": late}
    pages = [client.get(address(need, "commit")), client.post(address(need, "commit"), told)]
    assert "It arrives after it is needed" in text_of(pages[1])
    done = client.post(address(need, "commit"), hidden_of(pages[1]) | {"step": "send"})
    assert done.status_code == 302
    assert CANARY not in text_of(client.get(page_of(Commitment.objects.get())))
    assert client.get("/en/commitments/").status_code == 200
    for answer in pages:
        assert answer.status_code == 200
        assert "Zhytomyr Oblast" in text_of(answer)
        assert "Zhytomyr" not in text_of(answer).replace("Zhytomyr Oblast", "")
        assert CANARY not in text_of(answer)
        assert need.needed_by.strftime("%-d %B") not in text_of(answer)


GIVE = {
    "line1-how": "part",
    "line1-amount": "5",
    "giver": "citizen",
    "name": "Max Canary",
    "email": "max@example.net",
}


def test_citizen_gives_and_confirms_by_the_link(client, people, settings):
    settings.MISTOK_MAIL_HOST = "mail.example"
    need = a_need(people.home, 200, item="folding_bed")
    a_publication(need)
    url = address(need, "give")
    assert client.get(url).url.startswith("/en/account/login/")
    signed_in(client, people.stranger)
    assert "somebody-else@example.org" in client.get(url).content.decode()
    answer = client.post(url, checked(client, url, **GIVE), follow=True)
    assert "A link went to max@example.net" in text_of(answer)
    row = Commitment.objects.get()
    assert (row.state, row.giver_email) == ("unconfirmed", "max@example.net")
    (letter,) = mail.outbox
    token = letter.body.split("/answer/")[1].split("/")[0]
    client.logout()
    opened = client.get(f"/en/answer/{token}/", follow=True)
    assert opened.redirect_chain[-1][0] == f"/en/answer/confirm/{token}/"
    assert "Yes, I give this" in text_of(opened)
    row.refresh_from_db()
    assert row.state == "unconfirmed"
    done = client.post(f"/en/answer/confirm/{token}/", follow=True)
    assert "it counts from now on" in text_of(done)
    assert client.post(f"/en/answer/confirm/{token}/").status_code == 409
    row.refresh_from_db()
    assert row.state == "made"
    public = client.get(f"/en/needs/{need.public_id}/")
    assert "Canary" not in text_of(public)
    page = text_of(signed_in(client, people.home.officer).get(page_of(row)))
    assert "max@example.net" in page
    page = text_of(signed_in(client, people.stranger).get(page_of(row)))
    assert "5 folding beds" in page


def test_gift_that_cannot_be_confirmed_any_more(client, people):
    need = a_need(people.home, 200, item="folding_bed")
    publication = a_publication(need)
    entry = CommitmentEntry(number=Decimal(150), instead="Mattresses")
    made = answers.commit_privately(
        actor=people.stranger, need=need, giver="organisation", name="Aid", entry=entry
    )
    url = f"/uk/answer/confirm/{made.token}/"
    type(publication).objects.update(withdrawn_at=publication.approved_at)
    answer = client.post(url)
    assert answer.status_code == 404
    type(publication).objects.update(withdrawn_at=None)
    assert client.post(url).status_code == 302
    made.commitment.refresh_from_db()
    assert made.commitment.state == "proposed"
    late = answers.commit_privately(
        actor=people.stranger, need=need, giver="citizen", name="Max", entry=CommitmentEntry()
    )
    type(late.link).objects.filter(pk=late.link.pk).update(expires_at=publication.approved_at)
    page = client.get(f"/en/answer/confirm/{late.token}/")
    assert "so nothing counts" in text_of(page)
    assert "Yes, I give this" not in text_of(page)


def test_gift_without_a_mail_server_is_told(client, people, settings):
    settings.MISTOK_MAIL_HOST = ""
    need = a_need(people.home, 200, item="folding_bed")
    a_publication(need)
    signed_in(client, people.stranger)
    url = address(need, "give")
    answer = client.post(url, checked(client, url, **GIVE), follow=True)
    assert "could not be sent" in text_of(answer)


@pytest.mark.parametrize(
    "wrong",
    [{"email": "x"}, {"email": ""}, {"name": ""}, {"giver": "municipality"}, {"line1-how": ""}],
)
def test_gift_that_is_not_complete(client, people, wrong):
    need = a_need(people.home, 200, item="folding_bed")
    a_publication(need)
    signed_in(client, people.stranger)
    answer = client.post(address(need, "give"), GIVE | {"step": "send"} | wrong)
    assert answer.status_code == 400
    assert not Commitment.objects.exists()


def test_need_that_is_not_public_takes_no_gift(client, people):
    need = a_need(people.home)
    signed_in(client, people.stranger)
    assert client.get(address(need, "give")).status_code == 404
    assert client.get("/en/needs/x/give/").status_code == 404


def act(client, row, name, **fields):
    row.refresh_from_db()
    return client.post(page_of(row), {"act": name, "version": row.version} | fields)


def test_proposal_is_accepted_kept_or_declined_by_who_is_asked(client, people):
    need = a_need(people.home, 8)
    more = committed(people, need, 9, beyond_open=True, arrives_on=need.needed_by + dt.timedelta(9))
    signed_in(client, people.partner.officer)
    page = text_of(client.get(page_of(more)))
    assert "It waits for the word of whoever asked" in page
    assert "Accept it" not in page
    assert act(client, more, "accept").status_code == 403
    signed_in(client, people.home.officer)
    for language in ("en", "uk"):
        assert client.get(page_of(more, language)).status_code == 200
    page = text_of(client.get(page_of(more)))
    assert "it is needed by" in page
    assert "Take it back" not in page
    assert act(client, more, "accept").status_code == 302
    assert act(client, more, "keep").status_code == 302
    more.refresh_from_db()
    assert more.state == "kept"
    other = committed(people, a_need(people.home, 3), 1, instead="A stove")
    assert "A stove, instead of" in text_of(client.get(page_of(other)))
    assert act(client, other, "decline", reason="We have stoves.").status_code == 302
    page = text_of(client.get(page_of(other)))
    assert "We have stoves." in page
    assert "What you can do" not in page


def test_surplus_that_grew_is_asked_for_anew(client, people):
    need = a_need(people.home, 8)
    row = committed(people, need, 9, beyond_open=True)
    committed(people, need, 5)
    signed_in(client, people.home.officer)
    answer = act(client, row, "accept")
    assert answer.status_code == 409
    assert 'name="surplus" value="6"' in answer.content.decode()
    assert act(client, row, "accept", surplus="much").status_code == 409
    assert act(client, row, "accept", surplus="6").status_code == 302


def test_commitment_is_taken_back_with_the_reason(client, people):
    row = committed(people, a_need(people.home, 8))
    signed_in(client, people.partner.officer)
    answer = act(client, row, "withdraw")
    assert answer.status_code == 400
    answer = client.post(page_of(row), {"act": "withdraw", "version": 99, "reason": "Sold."})
    assert answer.status_code == 409
    assert act(client, row, "withdraw", reason="Sold.").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.reason) == ("withdrawn", "Sold.")
    assert act(client, row, "nothing").status_code == 400


def test_commitment_is_nobody_elses(client, people):
    row = committed(people, a_need(people.home, 8))
    assert client.get(page_of(row)).status_code == 302
    for actor in (people.second.officer, people.stranger):
        assert signed_in(client, actor).get(page_of(row)).status_code == 404
    assert client.get("/en/commitments/commitment_nothere/").status_code == 404
    for actor in (people.coordinator, people.elsewhere):
        page = signed_in(client, actor).get(page_of(row))
        assert page.status_code == 200
        assert "What you can do" not in text_of(page)
    page = signed_in(client, people.partner.approver).get(page_of(row))
    assert "What you can do" not in text_of(page)


def test_commitment_from_an_offer_leads_to_it(client, people):
    need, offer = a_need(people.home, 8), an_offer(people.partner, 8)
    row = answers.propose_from_offer(
        actor=people.home.officer, offer=offer, need=need, amount=Decimal(3)
    )
    page = signed_in(client, people.partner.officer).get(page_of(row))
    assert f"/offers/{offer.public_id}/" in page.content.decode()
    assert "Accept it" in text_of(page)
    assert "It waits for the word of the giver" in text_of(
        signed_in(client, people.home.officer).get(page_of(row))
    )


def test_question_and_reply(client, people):
    need = a_need(people.home, 8)
    signed_in(client, people.partner.officer)
    assert client.get(address(need, "ask")).status_code == 200
    assert client.post(address(need, "ask"), {"text": " "}).status_code == 400
    answer = client.post(address(need, "ask"), {"text": "Call +380501234567 at once."})
    assert answer.status_code == 400
    assert "Call +380501234567 at once." in text_of(answer)
    assert client.post(address(need, "ask"), {"text": "Which plug?"}).status_code == 302
    asked = Answer.objects.get()
    signed_in(client, people.home.officer)
    page = client.get(address(need, "ask", "uk") + f"?question={asked.public_id}")
    assert "Which plug?" in text_of(page)
    told = {"text": "Schuko.", "question": asked.public_id}
    assert client.post(address(need, "ask"), told).status_code == 302
    assert Answer.objects.get(kind="reply").replies_to == asked


def test_question_is_asked_by_offices_that_are_shown_the_need(client, people):
    need = a_need(people.home, 8)
    assert client.get(address(need, "ask")).status_code == 302
    for actor, status in (
        (people.second.officer, 404),
        (people.stranger, 404),
        (people.partner.approver, 403),
        (people.coordinator, 403),
    ):
        assert signed_in(client, actor).get(address(need, "ask")).status_code == status
    a_publication(need)
    assert signed_in(client, people.stranger).get(address(need, "ask")).status_code == 404


def test_sheet_of_a_city(client, people):
    beds, pellets = a_need(people.home, 200, item="folding_bed"), a_need(people.home, 8)
    committed(people, beds, 120, arrives_on=SOON)
    kept = committed(people, beds, 30)
    answers.keep_commitment(actor=people.home.officer, commitment=kept)
    committed(people, pellets, 1, instead="A stove")
    old = committed(people, pellets, 2)
    Commitment.objects.filter(pk=old.pk).update(made_at=old.made_at.replace(year=2025))
    signed_in(client, people.partner.officer)
    for language in ("en", "uk"):
        answer = client.get(f"/{language}/commitments/")
        assert answer.status_code == 200
        assert [len(answer.context[name]) for name in ("rows", "totals")] == [4, 2]
    totals = {one.thing: one for one in client.get("/en/commitments/").context["totals"]}
    assert totals["folding bed"].counting.replace("\xa0", " ") == "150 pcs"
    assert totals["folding bed"].kept.replace("\xa0", " ") == "30 pcs"
    assert [one.number for one in totals.values() if hasattr(one, "number")] == []
    for query, rows in (
        ("year=2025", 1),
        ("year=2031", 0),
        ("year=x&state=x&side=x", 4),
        ("state=kept", 1),
        ("side=promised", 0),
    ):
        answer = client.get(f"/en/commitments/?{query}")
        assert (query, len(answer.context["rows"])) == (query, rows)
    signed_in(client, people.home.officer)
    answer = client.get("/en/commitments/")
    assert [one.other for one in answer.context["rows"]] == ["Dortmund"] * 4
    assert not client.get("/en/commitments/?side=given").context["rows"]


def test_sheet_is_for_people_of_an_office(client, people):
    assert client.get("/en/commitments/").status_code == 302
    assert signed_in(client, people.stranger).get("/en/commitments/").status_code == 403
    page = text_of(signed_in(client, people.second.officer).get("/en/commitments/"))
    assert "has committed nothing yet" in page


def test_person_of_two_offices_chooses(client, people):
    join(people.partner.officer.user, people.second.office, "officer")
    needs_cast.tie_with(people.home, people.second)
    need = a_need(people.home, 8)
    signed_in(client, people.partner.officer)
    assert 'name="office"' in client.get(address(need, "commit")).content.decode()
    told = {"line1-how": "full", "office": people.second.office.public_id}
    assert sent(client, address(need, "commit"), **told).status_code == 302
    assert Commitment.objects.get().giver_office == people.second.office
    page = client.get(f"/en/commitments/?office={people.second.office.public_id}")
    assert len(page.context["rows"]) == 1


def test_letter_with_nothing_open_takes_more_only(client, people):
    need = a_need(people.home, 8, state="committed", committed=8)
    addressee = a_letter(people, [need], public_id=an_id("appeal"))
    signed_in(client, people.partner.officer)
    page = client.get(f"/en/appeals/{addressee.appeal.public_id}/answer/")
    assert "more than is asked" in text_of(page)
    assert 'value="full"' not in page.content.decode()
