"""Offers: the board, one offer with what it may meet, writing it, and bringing it to a need."""

import datetime as dt
import re

import needs_cast
import pytest
from answers_cast import a_publication, again
from needs_cast import TODAY, steps
from web_answers_cast import a_need, an_id, an_offer, checked, sent, text_of, titles_of

from mistok.needs.models import Commitment, Offer

pytestmark = pytest.mark.django_db
people = needs_cast.needy
BOARD = "/en/offers/"
WHOLE = {"item": "ambulance", "amount": "3"}


def url_of(offer, *rest, language="en"):
    return "/".join(["", language, "offers", offer.public_id, *rest, ""])


def signed_in(client, actor):
    client.logout()
    client.force_login(actor.user)
    return client


def seen(client, query=""):
    return {row.url.split("/")[-2] for row in client.get(BOARD + query).context["rows"]}


def test_everybody_reads_what_is_public_partners_all(client, people):
    public = an_offer(people.partner, 8, public=True)
    partners = an_offer(people.partner, 3, item="ambulance")
    draft = an_offer(people.partner, 1, state="draft")
    closed = an_offer(people.partner, 2, state="closed")
    assert seen(client) == {public.public_id}
    for actor, expected in (
        (people.stranger, {public}),
        (people.second.officer, {public}),
        (people.home.officer, {public, partners}),
        (people.partner.officer, {public, partners, draft}),
    ):
        signed_in(client, actor)
        assert seen(client) == {one.public_id for one in expected}
        for one in (public, partners, draft, closed):
            shown = one in expected or actor is people.partner.officer
            answer = client.get(url_of(one))
            assert (answer.status_code == 200) == shown
            assert shown or answer.status_code == 404
    assert seen(client, "?whose=own") == {
        one.public_id for one in (public, partners, draft, closed)
    }


def test_board_is_filtered_and_tells_where_the_offers_are(client, people):
    an_offer(people.partner, 8, public=True, countries=["UA", "MD"], available_from=TODAY)
    an_offer(people.partner, 3, item="ambulance", public=True, available_until=TODAY)
    school = an_offer(people.second, 5, item="", kind="knowhow", public=True, unit="person")
    for language in ("en", "uk"):
        answer = client.get(f"/{language}/offers/")
        assert answer.status_code == 200
        assert titles_of(answer)[0]
        assert answer.context["map"].rows[0].count == 2
        assert len(answer.context["filters"]) == 3
    page = text_of(client.get(BOARD))
    for word in ("Moldova, Ukraine", "from ", "until ", "every country", "Used school desks"):
        assert word in page
    assert seen(client, "?kind=knowhow") == {school.public_id}
    assert seen(client, "?country=PL&cluster=education") == {school.public_id}
    assert "No offer matches" in text_of(client.get(BOARD + "?country=FR"))
    assert client.get(BOARD + "?kind=x&cluster=%F0&country=..&page=99").status_code == 200


def test_empty_board_says_what_to_do(client, people):
    assert "Nothing is offered to everybody" in text_of(client.get(BOARD))
    assert "Nobody offers anything yet" in text_of(
        signed_in(client, people.home.officer).get(BOARD)
    )


def test_offers_that_match_the_needs_of_ones_hromada(client, people):
    need = a_need(people.home, 8)
    offer = an_offer(people.partner, 8)
    signed_in(client, people.home.officer)
    answer = client.get(BOARD)
    assert [row.for_url for row in answer.context["matches"]] == [f"/en/needs/{need.public_id}/"]
    assert "It is the very thing that is needed." in text_of(answer)
    page = client.get(url_of(offer))
    assert "Your needs that it may meet" in text_of(page)
    assert f"/propose/{need.public_id}/" in page.content.decode()
    assert not client.get(url_of(an_offer(people.partner, 1, item="ambulance"))).context["mine"]


def test_offer_is_written_opened_changed_and_closed(client, people):
    signed_in(client, people.home.officer)
    assert client.get("/en/offers/new/?item=ambulance").context["form"]["item"].value()
    assert client.get("/en/offers/new/?item=x").context["form"]["item"].value() is None
    told = WHOLE | {"lands": ["PL"], "text_en": "of our own fleet", "public": "on"}
    answer = client.post("/en/offers/new/", told)
    offer = Offer.objects.get()
    assert (answer.status_code, answer.url) == (302, url_of(offer))
    assert (offer.state, offer.amount, offer.countries) == ("draft", steps(3), ["PL"])
    for language in ("en", "uk"):
        assert client.get(url_of(offer, language=language)).status_code == 200
        assert client.get(url_of(offer, "edit", language=language)).status_code == 200
    assert act(client, offer, "open").status_code == 302
    assert again(offer).state == "open"
    told = WHOLE | {"amount": "5", "version": again(offer).version}
    assert client.post(url_of(offer, "edit"), told).status_code == 302
    assert again(offer).amount == steps(5)
    assert act(client, offer, "close").status_code == 302
    assert again(offer).state == "closed"
    assert client.post(url_of(offer, "edit"), told).status_code == 409
    assert act(client, offer, "nothing").status_code == 400


def act(client, offer, name):
    return client.post(url_of(offer), {"act": name, "version": again(offer).version})


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"amount": ""}, "required"),
        ({"amount": "0"}, "above zero"),
        ({"amount": "1e30"}, "1e30"),
        ({"amount": "about 5"}, "about"),
        ({"item": "x"}, "choice"),
        ({"item": ""}, "Write what you offer"),
        ({"item": "", "text_en": "Desks", "unit": "piece"}, "Choose the field of help"),
        ({"available_from": "2027-05-01", "available_until": "2027-04-01"}, "before it begins"),
        ({"available_until": "2020-01-01"}, "from today on"),
        ({"restricted": "on", "public": "on"}, "never public"),
        ({"lands": "XX"}, "choice"),
    ],
)
def test_offer_that_cannot_be_is_told_at_its_field(client, people, wrong, word):
    signed_in(client, people.home.officer)
    answer = client.post("/en/offers/new/", WHOLE | wrong)
    assert answer.status_code == 400
    assert word in re.search(r"Not sent.{400}", text_of(answer))[0]
    assert not Offer.objects.exists()


def test_offer_in_words_of_ones_own(client, people):
    signed_in(client, people.home.officer)
    told = {
        "text_uk": "Досвід цивільної оборони",
        "amount": "2",
        "unit": "person",
        "kind": "knowhow",
        "cluster": "education",
    }
    assert client.post("/uk/offers/new/", told).status_code == 302
    offer = Offer.objects.get()
    assert (offer.item, offer.kind, offer.unit) == ("", "knowhow", "person")
    assert "Досвід цивільної оборони" in text_of(client.get(url_of(offer)))


def test_danger_is_told_and_keeps_the_offer_shut(client, people):
    offer = an_offer(people.home, 2, state="draft", condition="Call +380501234567")
    signed_in(client, people.home.officer)
    page = text_of(client.get(url_of(offer)))
    assert "What gives too much away" in page
    assert "+380501234567" in page
    answer = act(client, offer, "open")
    assert answer.status_code == 400
    assert again(offer).state == "draft"


def test_two_who_change_one_offer(client, people):
    offer = an_offer(people.partner, 8)
    signed_in(client, people.partner.officer)
    seen_by_both = offer.version
    told = WHOLE | {"version": seen_by_both}
    assert client.post(url_of(offer, "edit"), told).status_code == 302
    late = client.post(url_of(offer, "edit"), told | {"condition": "My words"})
    assert late.status_code == 409
    assert 'value="My words"' in late.content.decode()
    assert again(offer).condition == ""
    answer = client.post(url_of(offer), {"act": "close", "version": seen_by_both})
    assert answer.status_code == 409


def test_offer_is_written_by_officers_alone(client, people):
    offer = an_offer(people.partner, 8, public=True)
    assert client.get("/en/offers/new/").url.startswith("/en/account/login/")
    for actor, status in (
        (people.stranger, 403),
        (people.partner.approver, 403),
        (people.partner.officer, 200),
    ):
        assert signed_in(client, actor).get("/en/offers/new/").status_code == status
    signed_in(client, people.home.officer)
    assert client.get(url_of(offer, "edit")).status_code == 404
    assert act(client, offer, "close").status_code == 403
    signed_in(client, people.partner.approver)
    assert client.get(url_of(offer, "edit")).status_code == 403
    assert act(client, offer, "close").status_code == 403
    page = text_of(client.get(url_of(offer)))
    assert "Close the offer" not in page
    client.logout()
    assert act(client, offer, "close").status_code == 403
    assert client.get("/en/offers/offer_nothere/").status_code == 404


def test_offering_side_proposes(client, people):
    need, offer = a_need(people.home, 6), an_offer(people.partner, 8)
    signed_in(client, people.partner.officer)
    page = client.get(url_of(offer))
    assert f"/propose/{need.public_id}/" in page.content.decode()
    assert page.context["matches"][0].fit.isdigit()
    url = url_of(offer, "propose", need.public_id)
    for language in ("en", "uk"):
        shown = client.get(url_of(offer, "propose", need.public_id, language=language))
        assert shown.context["form"]["amount"].value() == "6"
    day = (need.needed_by + dt.timedelta(days=3)).isoformat()
    ready = checked(client, url, amount="4", day=day, note="With trailers.")
    assert not Commitment.objects.exists()
    assert client.post(url, ready).status_code == 302
    row = Commitment.objects.get()
    assert (row.offer, row.offer_amount, row.asks, row.note) == (
        offer,
        steps(4),
        "asker",
        "With trailers.",
    )
    page = text_of(client.get(url_of(offer)))
    assert "What was taken or is asked for" in page
    assert "of this offer: 4 pcs" in page
    assert client.post(url, {"step": "send", "amount": "9"}).status_code == 409
    assert client.post(url, {"step": "check", "amount": "nine"}).status_code == 400


def test_asking_side_asks_for_it(client, people):
    need, offer = a_need(people.home, 6), an_offer(people.partner, 8)
    signed_in(client, people.home.officer)
    url = url_of(offer, "propose", need.public_id)
    assert "Ask for it, for your need" in text_of(client.get(url))
    assert sent(client, url, amount="6").status_code == 302
    assert Commitment.objects.get().asks == "giver"
    assert "What was taken or is asked for" in text_of(client.get(url_of(offer)))


def test_amounts_in_units_that_nobody_can_compare(client, people):
    need = a_need(people.home, 500, item="", unit="kilogram", kind="goods", cluster="education")
    offer = an_offer(people.partner, 8, item="", unit="pallet")
    signed_in(client, people.partner.officer)
    url = url_of(offer, "propose", need.public_id)
    assert client.post(url, {"step": "check", "amount": "2"}).status_code == 400
    ready = checked(client, url, amount="2", counts_for="0,3 t")
    assert client.post(url, ready).status_code == 302
    row = Commitment.objects.get()
    assert (row.covers, row.offer_amount) == (steps(300), steps(2))


def test_nobody_proposes_what_does_not_fit_or_is_not_hers(client, people):
    need, offer = a_need(people.home, 6), an_offer(people.partner, 8, public=True)
    other = a_need(people.home, 3, item="ambulance")
    url = url_of(offer, "propose", need.public_id)
    assert client.get(url).url.startswith("/en/account/login/")
    for actor in (people.stranger, people.second.officer, people.home.approver):
        assert signed_in(client, actor).get(url).status_code == 404
    signed_in(client, people.partner.officer)
    for wrong in (other.public_id, an_id("need"), "x"):
        assert client.get(url_of(offer, "propose", wrong)).status_code == 404
    assert (
        signed_in(client, people.home.officer)
        .get(url_of(offer, "propose", an_id("need")))
        .status_code
        == 404
    )


def test_public_need_of_no_partner_is_suggested_as_the_public_reads_it(client, people):
    need = a_need(people.home, 6, end_user="utilities")
    a_publication(need)
    offer = an_offer(people.second, 8)
    signed_in(client, people.second.officer)
    for url in (url_of(offer), url_of(offer, "propose", need.public_id)):
        page = text_of(client.get(url))
        assert "Zhytomyr Oblast" in page
        assert "Zhytomyr" not in page.replace("Zhytomyr Oblast", "")


def test_offer_of_which_nothing_fits_says_so(client, people):
    offer = an_offer(people.partner, 8)
    page = text_of(signed_in(client, people.partner.officer).get(url_of(offer)))
    assert "No open need that you may see fits it today" in page
