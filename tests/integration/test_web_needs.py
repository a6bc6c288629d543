"""The board of needs and the page of one: who reads what, what is done, what a refusal keeps."""

import dataclasses
import datetime as dt
import html
import re
from decimal import Decimal

import needs_cast
import pytest
from answers_cast import a_letter, an_offer
from django.test import Client
from needs_cast import AMBULANCE, BED, GENERATOR, TODAY, a_need, steps, tie_with

from factories import ZHYTOMYR
from mistok.needs.answers import CommitmentEntry, ask, commit
from mistok.needs.lifecycle import NeedState
from mistok.needs.lines import NeedEntry, entry_of_item, open_need, publish_need, write_need
from mistok.needs.models import Need, Publication
from mistok.provenance.models import AuditEvent
from signing import enters

pytestmark = pytest.mark.django_db
people = needs_cast.needy
OBLAST = "katottg:UA18000000000041385"
ADDRESS = "Tents for the yard at 12 Kyivska Street"


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.MISTOK_DATA = tmp_path


def browser(actor=None, *, factor=False):
    client = Client()
    if actor is not None and factor:
        enters(client, actor.user)
    elif actor is not None:
        client.force_login(actor.user)
    return client


def text_of(answer):
    return html.unescape(answer.content.decode()).replace("\u00a0", " ")


def page(client, path, status=200):
    answer = client.get(f"/en/needs/{path}")
    assert answer.status_code == status, text_of(answer)[:3000]
    return text_of(answer)


def main_of(text):
    return text.split('id="main"')[1].split("<footer")[0]


def send(client, need, act, status=302, **fields):
    version = fields.pop("version", Need.objects.get(pk=need.pk).version)
    told = {"act": act, "version": version, **fields}
    answer = client.post(f"/en/needs/{need.public_id}/", told)
    assert answer.status_code == status, text_of(answer)[:4000]
    return text_of(answer)


def published(people, need, day=TODAY):
    return publish_need(actor=people.home.approver, need=need, not_before=day, today=TODAY)


def a_text(people, text=ADDRESS, **fields):
    entry = NeedEntry(
        text={"en": text}, cluster="shelter", unit="piece", number=Decimal(4), **fields
    )
    return write_need(actor=people.home.officer, office=people.home.office, entry=entry)


def test_stranger_reads_only_what_was_published(people):
    secret = a_need(people.home, item=BED, needed_by=TODAY + dt.timedelta(days=40))
    shown = a_need(people.home, needed_by=dt.date(2027, 3, 17), delivery_note="by hand")
    published(people, shown)
    client = browser()
    text = page(client, "")
    assert "8 diesel generators" in text
    assert "March 2027" in text
    assert "17 March" not in text
    assert "folding bed" not in text
    assert "Zhytomyr Oblast" in main_of(text)
    assert 'name="whose"' not in text
    page(client, f"{secret.public_id}/", 404)
    one = page(client, f"{shown.public_id}/")
    assert "Sign in to help" in one
    assert "by hand" not in one
    assert "17 March" not in one
    later = a_need(people.home, item=AMBULANCE)
    published(people, later, TODAY + dt.timedelta(days=5))
    page(client, f"{later.public_id}/", 404)


def test_nobody_learns_whether_a_hidden_need_is_there(people):
    hidden = a_need(people.home)
    for actor in (None, people.stranger, people.second.officer, people.elsewhere):
        client = browser(actor)
        other, none = (
            re.sub(r"need_\w+|<code>\w{12}</code>|value=\"\w{64}\"", "", page(client, path, 404))
            for path in (f"{hidden.public_id}/", "need_aaaaaaaaaaaa/")
        )
        assert other == none


def test_partner_and_coordinator_read_what_is_shown_and_no_drafts(people):
    draft, shown = a_need(people.home, item=BED, state="draft"), a_need(people.home)
    for actor in (people.partner.officer, people.coordinator):
        client = browser(actor)
        text = page(client, "")
        assert "diesel generators" in text
        assert "folding beds" not in text
        page(client, f"{draft.public_id}/", 404)
        one = page(client, f"{shown.public_id}/")
        assert "What your office can do" not in one
        assert "What the public reads" not in one
    client = browser(people.partner.officer)
    assert f"/needs/{shown.public_id}/commit/" in page(client, f"{shown.public_id}/")
    assert "folding beds" in page(browser(people.home.officer), "?whose=own")


def test_filters_narrow_the_list_and_say_what_to_do_when_nothing_is_left(people):
    a_need(people.home, item=BED, priority="important")
    a_need(people.neighbour, item=AMBULANCE, priority="life_saving")
    a_need(people.home, committed=8, state="committed")
    client = browser(people.coordinator)
    text = page(client, "?priority=life_saving")
    assert "ambulance" in text
    assert "folding bed" not in text
    assert "ambulance" not in page(client, f"?region={OBLAST}")
    assert "ambulance" not in page(client, f"?place={ZHYTOMYR}")
    text = page(client, "?state=committed")
    assert "diesel generators" in text
    assert "folding bed" not in text
    text = page(client, "?cluster=food")
    assert "No need matches this choice." in text
    totals = {one.field: one for one in client.get("/en/needs/").context["totals"]}
    assert sum(one.count for one in totals.values()) == 3
    assert sum(one.committed for one in totals.values()) == 1
    own = browser(people.home.officer)
    assert "8 diesel generators" in page(own, "?whose=own")
    assert "No partner of yours has shown a need yet." in page(own, "?whose=partners")
    assert "No need is public just now." in page(own, "?whose=public")


def test_filters_of_the_public_list_look_at_projections_alone(people):
    near = a_need(people.home, item=BED)
    far = a_need(people.neighbour, item=AMBULANCE, priority="life_saving")
    published(people, near)
    publish_need(actor=people.neighbour.approver, need=far, not_before=TODAY, today=TODAY)
    client = browser()
    told = Publication.objects.get(need=near).projection["place"]
    for query, there, gone in (
        (f"place={told}", "folding bed", "ambulance"),
        (f"region={far.region}", "ambulance", "folding bed"),
        ("priority=life_saving", "ambulance", "folding bed"),
        ("kind=goods&cluster=health", "ambulance", "folding bed"),
    ):
        text = main_of(page(client, f"?{query}"))
        assert there in text
        assert gone not in text.split("</form>")[1]
    assert client.get("/en/needs/").context["map"].counted == "Needs"


def test_board_is_empty_in_a_way_that_says_what_to_do(people):
    assert "You work for a municipality?" in page(browser(), "")
    assert "Choose from the catalogue what you need" in page(browser(people.home.officer), "")
    assert "Officers of your office write needs." in page(browser(people.home.approver), "")


def test_page_tells_amounts_helpers_and_the_talk(people):
    need = a_need(people.home, 10, withdrawn=1)
    entry = CommitmentEntry(number=Decimal(3), note="Two lorries of ours.")
    commit(actor=people.partner.officer, need=need, giver=people.partner.office, entry=entry)
    ask(
        actor=people.partner.officer,
        office=people.partner.office,
        text="Which plugs do you use?",
        need=need,
    )
    own = page(browser(people.home.officer), f"{need.public_id}/")
    assert "Of 10 pcs: 3 pcs committed, 6 pcs still open, 1 pcs no longer asked for." in own
    assert "Two lorries of ours." in own
    assert "Which plugs do you use?" in own
    assert "?question=answer_" in own
    partner = page(browser(people.partner.officer), f"{need.public_id}/")
    assert "Two lorries of ours." in partner
    assert "/commitments/commitment_" in partner
    tie_with(people.home, people.neighbour)
    others = page(browser(people.neighbour.officer), f"{need.public_id}/")
    assert "Dortmund" in main_of(others)
    assert "Two lorries of ours." not in others
    assert "/commitments/commitment_" not in main_of(others)


def test_draft_is_shown_to_partners_once_and_twice_is_told(people):
    need = a_need(people.home, state="draft")
    client = browser(people.home.officer)
    assert "Only your office sees this draft." in page(client, f"{need.public_id}/")
    send(client, need, "open")
    need.refresh_from_db()
    assert need.state == NeedState.OPEN
    text = send(client, need, "open", 409)
    assert "This need is open already" in text
    assert AuditEvent.objects.filter(subject=need.public_id, verb="refused_open_need").exists()


def test_danger_is_marked_and_let_pass_by_the_approver_alone(people):
    need = a_text(people)
    officer = browser(people.home.officer)
    text = page(officer, f"{need.public_id}/")
    assert "<mark>12 Kyivska Street</mark>" in text
    assert 'id="act-open"' not in text
    assert "gives away" in send(officer, need, "open", 400)
    approver = browser(people.home.approver, factor=True)
    text = page(approver, f"{need.public_id}/")
    (name,) = set(re.findall(r'name="(reason_\w+)"', text))
    text = send(approver, need, "open", 403)
    assert "Not recorded" in text
    send(approver, need, "open", **{name: "A school that is long known."})
    need.refresh_from_db()
    assert need.state == NeedState.OPEN
    forged = browser(people.home.approver)
    other = a_text(people)
    text = send(forged, other, "open", 403, **{name: "It is known."})
    assert "Show your second factor" in text
    assert "It is known." in text


def test_part_and_then_all_is_withdrawn_with_a_reason(people):
    need = a_need(people.home, 10)
    client = browser(people.home.officer)
    text = send(client, need, "withdraw", 400, amount="about 3", reason="Bought")
    assert "about so much" in text
    assert 'value="about 3"' in text
    text = send(client, need, "withdraw", 409, amount="11", reason="Bought by ourselves")
    assert "Only 10" in text
    assert "Bought by ourselves" in text
    text = send(client, need, "withdraw", 400, amount="2 kg", reason="Bought")
    assert "nobody knows how many go into one" in text
    send(client, need, "withdraw", amount="3", reason="Bought by ourselves")
    need.refresh_from_db()
    assert (need.withdrawn, need.still_open) == (steps(3), steps(7))
    stale = send(client, need, "withdraw", 409, version=need.version - 1, reason="All of it")
    assert "somebody changed this need" in stale
    send(client, need, "withdraw", reason="All of it")
    assert Need.objects.get(pk=need.pk).state == NeedState.WITHDRAWN


def test_need_is_closed_and_asked_for_again(people):
    need = a_need(people.home, committed=8, state="committed", repeat="quarter")
    client = browser(people.home.officer)
    send(client, need, "fulfil")
    assert Need.objects.get(pk=need.pk).state == NeedState.FULFILLED
    send(client, need, "renew")
    made = Need.objects.get(renews=need)
    assert made.state == NeedState.DRAFT
    assert made.public_id in page(client, f"{need.public_id}/")
    assert "asked again already" in send(client, need, "renew", 409)


def test_approver_publishes_and_takes_back(people):
    need = a_need(people.home)
    approver = browser(people.home.approver, factor=True)
    text = page(approver, f"{need.public_id}/")
    assert "Nothing. Only your partners see this need." in text
    assert "An approver of your office decides" in page(
        browser(people.home.officer), f"{need.public_id}/"
    )
    text = send(approver, need, "publish", 400, not_before="2020-01-01")
    assert "is over" in text
    send(approver, need, "publish", not_before=TODAY.isoformat())
    assert "Everybody reads this since" in page(approver, f"{need.public_id}/")
    assert "diesel generators" in page(browser(), "")
    assert "This field is required" in send(approver, need, "take_back", 400)
    send(approver, need, "take_back", reason="The front has moved.")
    assert "diesel generators" not in page(browser(), "")


def test_likely_offers_stand_on_the_page_of_an_own_need_alone(people):
    need = a_need(people.home)
    an_offer(people.partner, 3)
    own = page(browser(people.home.officer), f"{need.public_id}/")
    assert "Offers that may meet it" in own
    assert "/propose/" in own
    assert "/propose/" not in page(browser(people.home.approver), f"{need.public_id}/")
    partner = page(browser(people.partner.officer), f"{need.public_id}/")
    assert "Offers that may meet it" not in partner


def test_restricted_need_says_that_it_is_never_public(people):
    need = a_need(people.home, restricted=True)
    text = page(browser(people.home.approver, factor=True), f"{need.public_id}/")
    assert "Nothing, ever" in text
    assert 'id="act-publish"' not in text


def test_who_may_not_act_is_refused(people):
    need = a_need(people.home)
    for actor in (people.partner.officer, people.coordinator, people.home.approver):
        client = browser(actor)
        text = send(client, need, "withdraw", 400, reason="Not ours")
        assert "does not say what to do" in text
    assert Need.objects.get(pk=need.pk).state == NeedState.OPEN
    assert browser().post(f"/en/needs/{need.public_id}/", {"act": "open"}).status_code == 404


def test_office_asked_by_letter_reads_the_need_without_a_tie(people):
    need = a_need(people.home)
    page(browser(people.second.officer), f"{need.public_id}/", 404)
    a_letter(people.home, [need], people.second)
    assert "Ask a question" in page(browser(people.second.officer), f"{need.public_id}/")


def test_home_place_and_desk_show_needs(people):
    shown, inner = a_need(people.home, item=BED), a_need(people.home)
    a_need(people.home, item=AMBULANCE, state="draft")
    published(people, shown)
    nobody = browser()
    assert "folding beds" in text_of(nobody.get("/en/"))
    place = f"/en/places/{ZHYTOMYR}/"
    text = text_of(nobody.get(place))
    assert "folding beds" in text
    assert "diesel generators" not in text
    text = text_of(browser(people.partner.officer).get(place))
    assert "diesel generators" in text
    assert f"/needs/{inner.public_id}/" in text
    oblast = text_of(nobody.get(f"/en/places/{OBLAST}/"))
    assert "folding beds" in oblast
    desk = f"/en/offices/{people.home.office.public_id}/"
    lines = browser(people.home.officer).get(desk).context["needs"]
    assert [(line.count, line.waits) for line in lines[:2]] == [(2, False), (1, True)]
    doors = dict(browser(people.home.officer).get(desk).context["doors"])
    assert any("/ties/" in url or "new" in url for url in doors.values())


def test_standing_publication_is_approved_anew_after_a_change(people):
    entry = dataclasses.replace(entry_of_item(GENERATOR), number=Decimal(5))
    need = write_need(actor=people.home.officer, office=people.home.office, entry=entry)
    open_need(actor=people.home.officer, need=need)
    published(people, need)
    approver = browser(people.home.approver, factor=True)
    assert 'id="act-publish"' not in page(approver, f"{need.public_id}/")
    send(browser(people.home.officer), need, "withdraw", amount="2", reason="Bought")
    text = page(approver, f"{need.public_id}/")
    assert "The need has changed since." in text
    send(approver, need, "publish", not_before=TODAY.isoformat())
    assert "3 diesel generators" in page(browser(), "")
