"""Rounds on pages: what everybody sees, what coordinators do, and the answer of one side."""

import datetime as dt
import json
import re
from html import unescape
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from django.core import signing
from django.test import Client
from test_pages import HOSTILE
from test_partner_pages import whole
from test_rounds import a_round, an_outcome

from factories import DORTMUND, GDYNIA, KHARKIV, PARDUBICE, PLOCK, TODAY, ZHYTOMYR
from mistok.partnering.models import Proposal, Round, Seeking
from mistok.partnering.policies import Actor
from mistok.partnering.rounds import links
from mistok.partnering.rounds.lifecycle import Answer, RoundState, Side
from mistok.partnering.rounds.links import answer_token
from mistok.partnering.rounds.services import (
    close_round,
    join_waiting_list,
    record_first_contact,
    save_round,
    withdraw_round,
)
from mistok.web.partnering import answering
from mistok.web.partnering.answering import possible_answers
from mistok.web.partnering.waiting_present import AGES, age_bars

pytestmark = pytest.mark.django_db
SHELL = Actor(shell="tests")
ROUNDS, WAITING = "/en/rounds/", "/en/rounds/waiting/"
FIGURES = {
    "welfare": 61.25,
    "upper_bound": 61.5,
    "gap": 0.0041,
    "price_of_fairness": 0.031,
    "stable": False,
    "blocking_pairs": 2,
    "floors": [
        {"name": "rural", "asked": 2, "served": 3},
        {"name": "front_line", "asked": 4, "served": 3},
    ],
    "seekers": 1469,
    "offerers": 20,
    "pairs": 3,
    "unserved": 1,
}


def fetch(client, path, status=200, **query):
    answer = client.get(path, query)
    assert answer.status_code == status, path
    return answer.content.decode()


def page_of(kept):
    return f"{ROUNDS}{kept.public_id}/"


def link(proposal, side=Side.SEEKER):
    return f"/en/rounds/answer/{answer_token(proposal, side)}/"


def told(text):
    """What the page says, without addresses and tokens."""
    return unescape(re.sub(r"<[^>]+>", " ", text.split("<main")[1]))


@pytest.fixture
def figured(db):
    """A published round with all figures: one pair is named, one is not, one by half."""
    kept = a_round(
        (ZHYTOMYR, GDYNIA),
        (KHARKIV, DORTMUND),
        (PLOCK, PARDUBICE),
        hidden=(KHARKIV, PLOCK, PARDUBICE),
        unserved=["katottg:UA63040130000098894"],
        idle=["geonames:2867714"],
    )
    Round.objects.update(figures=FIGURES)
    kept.refresh_from_db()
    return kept


@pytest.fixture
def coordinator(client, cast):
    client.force_login(cast.coordinator)
    return client


@pytest.mark.parametrize("language", ["en", "uk"])
def test_list_and_round_are_whole(client, figured, language):
    for path in (ROUNDS, page_of(figured), WAITING):
        text = fetch(client, path.replace("/en/", f"/{language}/"))
        whole(text)
        assert f'href="/{language}/rounds/"' in text.split("<footer")[1]


def test_everybody_sees_published_rounds_only(client, cast):
    states = dict.fromkeys(RoundState)
    for state in states:
        states[state] = a_round()
        Round.objects.filter(pk=states[state].pk).update(state=state, title=f"Title {state}")
    for visitor in (client, stranger(cast)):
        text = fetch(visitor, ROUNDS)
        assert set(re.findall(r"Title (\w+)", text)) == {"closed", "proposed"}
        for state, kept in states.items():
            fetch(visitor, page_of(kept), 200 if state in ("closed", "proposed") else 404)


def stranger(cast):
    visitor = Client()
    visitor.force_login(cast.stranger)
    return visitor


def test_coordinator_sees_drafts_too(coordinator):
    kept = a_round(publish=False)
    assert "Spring" in fetch(coordinator, ROUNDS)
    assert "Publish the round" in fetch(coordinator, page_of(kept))


def test_no_round_yet_is_told_with_a_next_step(client):
    assert "No round has been published yet." in fetch(client, ROUNDS)


def test_figures_are_told_with_what_they_mean(client, figured):
    text = told(fetch(client, page_of(figured)))
    for said in ("61.25", "61.50", "0.41 %", "3.10 %", "1\u202f469"):
        assert said in text
    assert "2 pairs would rather have each other" in text
    assert re.search(r"Rural hromadas\s+2\s+3\s", text)
    assert re.search(r"Front-line hromadas\s+4\s+3\s+not kept", text)
    assert "1 municipality that offered itself was given to nobody." in text


def test_round_with_few_figures_is_shown_all_the_same(client):
    text = told(fetch(client, page_of(a_round())))
    assert "1.50" in text
    assert "Upper bound" not in text
    assert "Every seeker has a partner in this round." in text


def test_round_without_any_figure_is_shown_too(client):
    kept = a_round()
    Round.objects.update(figures={})
    text = fetch(client, page_of(kept))
    whole(text)
    assert "How good, and at what price" not in text


def test_names_are_told_where_they_may_be(client, figured):
    text = fetch(client, page_of(figured))
    for name in ("Zhytomyr", "Gdynia", "Dortmund"):
        assert name in told(text)
    for name, key in (("Kharkiv ", KHARKIV), ("Płock", PLOCK), (">Pardubice<", PARDUBICE)):
        assert not re.search(rf"{name}(?!Oblast)", text)
        assert key not in text
    rows = re.findall(r'<td class="number">(.*?)</td>', text.split('class="pairs"')[1])[:3]
    assert rows[0] == "50"
    assert all("not shown" in row for row in rows[1:])


def test_map_has_named_pairs_only(client, figured):
    text = fetch(client, page_of(figured))
    payload = json.loads(re.search(r'id="round-map-data"[^>]*>(.*?)</script>', text)[1])
    assert [row[0] for row in payload["points"]] == ["Zhytomyr", "Gdynia"]
    assert [arc[4] for arc in payload["arcs"]] == ["Zhytomyr ⌒ Gdynia"]


def test_round_without_named_pairs_has_no_map(client):
    kept = a_round((KHARKIV, DORTMUND), hidden=(KHARKIV,))
    assert "round-map" not in fetch(client, page_of(kept))


def test_who_got_nobody_is_told_with_the_reason(client, figured, coordinator):
    text = told(fetch(Client(), page_of(figured)))
    assert "All that it may have are full" in text
    assert "Dortmund (" not in text
    assert "Dortmund (0.100 short)" in told(fetch(coordinator, page_of(figured)))


def test_coordinator_sees_names_and_links_and_others_do_not(client, cast, figured):
    for visitor in (Client(), stranger(cast)):
        text = fetch(visitor, page_of(figured))
        assert "rounds/answer/" not in text
        assert "You coordinate rounds" not in text
    client.force_login(cast.coordinator)
    text = fetch(client, page_of(figured))
    whole(text)
    assert "Pardubice" in told(text)
    found = set(re.findall(r'href="(/en/rounds/answer/[^"]+)"', text))
    assert len(found) == 6
    for path in found:
        fetch(Client(), path)


def test_long_round_is_shown_in_parts(client, world):
    many = [world.place_at(i).key for i in range(len(world.columns.lat))[:400]]
    outcome = an_outcome(*((key, GDYNIA) for key in many[:130]), unserved=many[130:250])
    kept = save_round(actor=SHELL, title="Long", outcome=outcome, at=TODAY)
    Round.objects.update(state="proposed")
    first = fetch(client, page_of(kept))
    assert "Page 1 of 2" in first
    assert first.split('class="pairs"')[1].count('<td class="number">') == 100
    second = fetch(client, page_of(kept), page="2", left="2")
    assert second.count("Page 2 of 2") == 2
    assert "?page=1&amp;left=2" in second
    whole(second)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_addresses_are_answered_calmly(client, figured, text):
    for path in (page_of(figured), WAITING, ROUNDS):
        page = fetch(client, path, page=text, left=text, side=text)
        assert "<script>alert" not in page
    for path in (ROUNDS, f"{ROUNDS}answer/"):
        answer = client.get(f"{path}{quote(text, safe='')}/")
        assert answer.status_code in (403, 404)


ACTS = [
    ("publish", RoundState.DRAFT, RoundState.PROPOSED),
    ("close", RoundState.PROPOSED, RoundState.CLOSED),
    ("withdraw", RoundState.PROPOSED, RoundState.WITHDRAWN),
    ("withdraw", RoundState.DRAFT, RoundState.WITHDRAWN),
]


@pytest.mark.parametrize(("act", "before", "after"), ACTS)
def test_coordinator_moves_a_round_on(coordinator, act, before, after):
    kept = a_round(publish=before is RoundState.PROPOSED)
    assert f'name="act" value="{act}"' in fetch(coordinator, page_of(kept))
    answer = coordinator.post(page_of(kept), {"act": act, "reason": "a mistake"})
    assert (answer.status_code, answer["Location"]) == (302, page_of(kept))
    kept.refresh_from_db()
    assert kept.state == after
    whole(fetch(coordinator, page_of(kept)))


@pytest.mark.parametrize(
    ("fields", "status"), [({"act": "x"}, 400), ({}, 400), ({"act": "withdraw"}, 400)]
)
def test_act_that_cannot_be_done_is_refused(coordinator, fields, status):
    kept = a_round()
    assert coordinator.post(page_of(kept), fields).status_code == status
    assert coordinator.post(page_of(kept), {"act": "publish"}).status_code == 409
    kept.refresh_from_db()
    assert kept.state == RoundState.PROPOSED


@pytest.mark.parametrize("who", ["owner", "stranger", "visitor"])
def test_others_move_no_round(client, cast, who):
    kept = a_round()
    if who != "visitor":
        client.force_login(getattr(cast, who))
    assert client.post(page_of(kept), {"act": "close"}).status_code == 403
    kept.refresh_from_db()
    assert kept.state == RoundState.PROPOSED


@pytest.fixture
def proposal(db):
    """Zhytomyr seeks, Gdynia offers and does not wish to be named in public."""
    return a_round(hidden=(GDYNIA,)).proposals.get()


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("side", list(Side))
def test_side_sees_whom_it_would_meet_and_why(client, proposal, language, side):
    answer = client.get(link(proposal, side).replace("/en/", f"/{language}/"))
    text = answer.content.decode()
    whole(text)
    assert (answer.status_code, answer["X-Robots-Tag"]) == (200, "noindex")
    assert "no-store" in answer["Cache-Control"]
    assert 'class="reasons"' in text
    assert f"<strong>{60 if side is Side.SEEKER else 40}</strong>" in text
    if language == "en":
        discreet = "Gdynia does not wish to be named in public"
        assert (discreet in told(text)) is (side is Side.SEEKER)


def test_reasons_that_cannot_be_worked_out_are_left_out(client, proposal):
    Proposal.objects.update(offerer=ZHYTOMYR)
    assert 'class="reasons"' not in fetch(client, link(proposal))


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("choice", ["accept", "decline"])
def test_answer_is_shown_before_it_is_given(client, proposal, language, choice):
    path = link(proposal).replace("/en/", f"/{language}/")
    reason = "so <b>far</b>\r\naway\x00"
    text = client.post(path, {"answer": choice, "reason": reason}).content.decode()
    whole(text)
    assert 'name="sure" value="yes"' in text
    assert f'name="answer" value="{choice}"' in text
    assert "so &lt;b&gt;far&lt;/b&gt;\naway" in text
    proposal.refresh_from_db()
    assert proposal.state is Answer.OPEN


def give(client, path, answer, status=302, **more):
    found = client.post(path, {"answer": answer, "sure": "yes", **more})
    assert found.status_code == status
    return found


def test_two_yeses_are_told_to_both_sides(client, proposal):
    give(client, link(proposal), "accept", reason="with\x00 pleasure")
    text = fetch(client, link(proposal))
    assert "You have accepted." in text
    assert "with pleasure" in text
    assert 'value="accept"' not in text
    assert 'value="decline"' in text
    other = fetch(client, link(proposal, Side.OFFERER))
    assert "with pleasure" not in other
    give(client, link(proposal, Side.OFFERER), "accept")
    text = fetch(client, link(proposal))
    assert "Nothing more is needed from you here." in text
    assert 'name="answer"' not in text
    give(client, link(proposal), "decline", 409)


def test_no_is_final_for_both(client, proposal):
    give(client, link(proposal, Side.OFFERER), "decline")
    assert "You have declined." in fetch(client, link(proposal, Side.OFFERER))
    assert 'name="answer"' not in fetch(client, link(proposal))
    give(client, link(proposal), "accept", 409)


def test_reason_that_is_too_long_is_refused(client, proposal):
    give(client, link(proposal), "accept", 400, reason="x" * 401)


def test_closed_round_takes_no_answers(client, proposal):
    close_round(actor=SHELL, kept=proposal.round)
    assert "takes no answers any more" in fetch(client, link(proposal))
    text = client.post(link(proposal), {"answer": "accept"}).content.decode()
    assert 'name="sure"' not in text
    give(client, link(proposal), "accept", 409)


@pytest.mark.parametrize("spoil", [lambda t: t[:-1], lambda t: "x", lambda t: f"{t}x"])
def test_spoilt_link_opens_nothing(client, proposal, spoil):
    token = spoil(answer_token(proposal, Side.SEEKER))
    for method in (client.get, client.post):
        answer = method(f"/en/rounds/answer/{token}/")
        assert answer.status_code == 403
        assert "Gdynia" not in answer.content.decode()


def test_old_link_and_lost_proposal_are_told(client, proposal, monkeypatch):
    path = link(proposal)
    other = signing.dumps(["proposal_x", "seeker"], salt=links.SALT)
    fetch(client, f"/en/rounds/answer/{other}/", 404)
    monkeypatch.setattr(links, "MAX_AGE", -1)
    assert "60 days" in fetch(client, path, 403)


def test_answer_without_the_forms_token_is_refused(proposal):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(link(proposal), {"answer": "accept", "sure": "yes"}).status_code == 403
    proposal.refresh_from_db()
    assert proposal.state is Answer.OPEN


@pytest.mark.parametrize(
    ("own", "other", "state", "possible"),
    [
        ("open", "open", "proposed", ["accept", "decline"]),
        ("open", "accepted", "proposed", ["accept", "decline"]),
        ("accepted", "open", "proposed", ["decline"]),
        ("accepted", "accepted", "proposed", []),
        ("declined", "open", "proposed", []),
        ("open", "declined", "proposed", []),
        ("open", "open", "closed", []),
        ("open", "open", "withdrawn", []),
    ],
)
def test_page_offers_what_the_service_would_take(own, other, state, possible):
    proposal = Proposal(round=Round(state=state), seeker_answer=own, offerer_answer=other, pk=1)
    assert possible_answers(proposal, Side.SEEKER) == possible


def test_choices_are_those_of_the_life_cycle():
    assert set(answering.CHOICES.values()) == set(Answer) - {Answer.OPEN}


def waits(key, days, **more):
    sound = {"actor": SHELL, "key": key, "side": Side.SEEKER, "at": TODAY}
    return join_waiting_list(
        since=dt.datetime.now(dt.UTC).date() - dt.timedelta(days=days), **(sound | more)
    )


@pytest.fixture
def line(db):
    """A waiting list: one is named, one is not, one has had a contact, one offers itself."""
    waits(ZHYTOMYR, 400, named=True, classes=["front_line"])
    waits(KHARKIV, 100)
    touched = waits("katottg:UA63040130000098894", 50, classes=["rural"])
    record_first_contact(actor=SHELL, entry=touched, on=touched.since + dt.timedelta(days=20))
    waits(GDYNIA, 3, side=Side.OFFERER, named=True)
    return SimpleNamespace(touched=touched)


def test_waiting_list_tells_ages_without_names(client, line):
    text = fetch(client, WAITING)
    whole(text)
    shown = told(text)
    assert re.search(r"Zhytomyr\s+Ukraine\s+front-line hromadas\s+400\s+0", shown)
    assert "Kharkiv Oblast" in shown
    assert KHARKIV not in text
    assert "those of 1 municipality" in shown
    assert "2 still have none" in shown
    assert "Gdynia" not in shown
    assert re.search(r"Rural hromadas\s+0\s+–\s+20\s+20\s+0", shown)


def test_waiting_list_of_offerers_and_names_for_coordinators(coordinator, line):
    assert "Gdynia" in told(fetch(Client(), WAITING, side="offerer"))
    assert f'href="/en/places/{KHARKIV}/"' in fetch(coordinator, WAITING)


def test_those_passed_over_are_counted(client, line):
    a_round((PLOCK, DORTMUND), unserved=[ZHYTOMYR])
    kept = a_round((PLOCK, DORTMUND), unserved=[ZHYTOMYR])
    withdraw_round(actor=SHELL, kept=kept, reason="a test")
    assert re.search(
        r"Zhytomyr\s+Ukraine\s+front-line hromadas\s+400\s+1", told(fetch(client, WAITING))
    )


def test_empty_waiting_list_says_so(client):
    text = fetch(client, WAITING)
    whole(text)
    assert "Nobody waits." in text
    assert not Seeking.objects.exists()


def test_chart_has_a_bar_for_every_span_and_counts_everybody_once():
    ages = [0, 29, 30, 90, 91, 182, 183, 364, 365, 729, 730, 20_000]
    bars = age_bars(ages)
    assert [bar.count for bar in bars] == [2] * len(AGES)
    assert {bar.length for bar in bars} == {bars[0].length}
    assert [bar.length for bar in age_bars([])] == [0] * len(AGES)
    assert [bar.top for bar in bars] == sorted({bar.top for bar in bars})
    longest = age_bars([5, 5, 5, 400])
    assert longest[0].length == 3 * longest[4].length


def test_chart_tells_the_same_in_its_text_and_its_table(client, line):
    text = fetch(client, WAITING)
    described = re.search(r"<desc[^>]*>(.*?)</desc>", text)[1]
    assert "3–6 months: 1." in described
    assert "1–2 years: 1." in described
    table = re.findall(r'<tr><th scope="row">([^<]+)</th><td class="number">(\d+)</td></tr>', text)
    assert ("3–6 months", "1") in table
