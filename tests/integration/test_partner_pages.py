"""Partner search on pages: the list, weights, the shortlist, two candidates side by side."""

import re
from dataclasses import replace
from html import unescape

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from test_pages import HOSTILE, Page
from test_profiles import ENTRY, saved

from factories import DORTMUND, GDYNIA, PARDUBICE, PLOCK, SMOLENSK, ZHYTOMYR
from mistok.matching.declared import Profile
from mistok.partnering.models import ShortlistEntry
from mistok.partnering.profiles.entry import ProfileEntry
from mistok.partnering.search import criteria, find_partners, fit_between
from mistok.partnering.shortlists import MOST
from mistok.web.partnering.bars import points, signed_points
from mistok.web.partnering.shortlist_keeping import MOST_LISTS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]
PARTNERS = f"/en/partners/{ZHYTOMYR}/"
SHORTLIST = f"{PARTNERS}shortlist/"
COMPARE = f"{PARTNERS}compare/"
EVERY_NAME = [name for name, _weight in criteria()]


def fetch(client, path, status=200, **query):
    answer = client.get(path, query)
    assert answer.status_code == status, path
    return answer.content.decode()


def whole(text):
    """A page whose elements are closed, whose ids are its own and pointed at from within."""
    page = Page(text)
    assert (page.wrong, page.open) == ([], [])
    assert len(page.ids) == len(set(page.ids))
    pointed = re.findall(r'(?:\bfor|\bform|aria-describedby|aria-labelledby)="([^"]+)"', text)
    assert {name for names in pointed for name in names.split()} <= set(page.ids)
    assert text.count("<h1") == 1
    return page


def keys(text):
    """The candidates of a list in order."""
    return re.findall(r'name="(?:add|remove)" value="([^"]+)"', text)


def send(client, status=302, path=SHORTLIST, **fields):
    answer = client.post(path, fields)
    assert answer.status_code == status
    return answer


@pytest.mark.parametrize(
    ("query", "arguments"),
    [
        ({}, []),
        ({"country": "DE"}, ["--country", "DE"]),
        ({"country": "pl", "limit": "50"}, ["--country", "PL", "--limit", "50"]),
        ({"include_tied": "1", "limit": "7"}, ["--include-tied", "--limit", "7"]),
        (
            {"w_size": "2", "w_habit": "0", "weighting": "solidarity"},
            ["--weight", "size=2", "--weight", "habit=0", "--weighting", "solidarity"],
        ),
    ],
)
def test_page_and_command_give_the_same_list(client, mistok, query, arguments):
    lines = mistok("match", ZHYTOMYR, *arguments).out
    told = re.findall(r"^ *\d+\. .*?(\S+)$", lines, re.MULTILINE)
    shown = keys(fetch(client, PARTNERS, **query))
    assert shown == told
    assert len(shown) == int(query.get("limit", 20))


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("query", [{}, {"w_size": "2", "weighting": "solidarity", "country": "DE"}])
def test_list_is_whole(client, language, query):
    text = fetch(client, PARTNERS.replace("/en/", f"/{language}/"), **query)
    page = whole(text)
    assert {f"candidate-{key.replace(':', '-')}" for key in keys(text)} <= set(page.ids)


def test_weights_move_the_list_and_are_those_of_the_search(client):
    weights = {f"w_{name}": "0" for name in EVERY_NAME} | {"w_size": "2", "w_distance": "0.5"}
    factors = dict.fromkeys(EVERY_NAME, 0.0) | {"size": 2.0, "distance": 0.5}
    text = fetch(client, PARTNERS, **weights)
    best = find_partners(key=ZHYTOMYR, factors=factors)
    assert keys(text) == [one.place.key for one in best]
    assert keys(text) != keys(fetch(client, PARTNERS))
    assert "The list follows your own weights." in text
    assert '<details class="weighing" open>' in text


def test_weights_of_nothing_are_told(client):
    text = fetch(client, PARTNERS, **{f"w_{name}": "0" for name in EVERY_NAME})
    assert "Nothing counts now" in text


@pytest.mark.parametrize("text", [*HOSTILE, "7", "", "1.0", "nan", "inf"])
def test_weight_that_cannot_be_read_counts_as_usual(client, text):
    page = fetch(client, PARTNERS, w_size=text, weighting=text, limit="5")
    assert keys(page) == keys(fetch(client, PARTNERS, limit="5"))
    assert "your own weights" not in page
    assert "<script>alert" not in page


def test_weights_go_along_to_the_comparison_and_the_shortlist(client):
    text = fetch(client, PARTNERS, w_size="2", limit="1")
    (key,) = keys(text)
    assert f"compare/?a={key.replace(':', '%3A')}&amp;w_size=2" in text
    assert f'action="{SHORTLIST}?w_size=2"' in text
    compared = fetch(client, COMPARE, a=key, w_size="2")
    assert '<input type="hidden" name="w_size" value="2">' in compared
    assert "The fit follows your own weights." in compared
    score = points(fit_between(key=ZHYTOMYR, other=key, factors={"size": 2.0}).fit.score)
    assert f"<strong>{score}</strong>" in text
    assert f"<strong>{score}</strong>" in compared


def test_load_of_a_candidate_is_said(client):
    text = fetch(client, PARTNERS, country="DE", limit="100")
    rows = unescape(text).split('<li class="candidate"')[1:]
    loads = {
        one.place.key: reason.facts["ties"]
        for one in find_partners(key=ZHYTOMYR, countries=["DE"], limit=100)
        for reason in one.fit.reasons
        if reason.criterion == "load"
    }
    said = [bool(re.search(r"Has \d+ ties? with your country already", row)) for row in rows]
    assert said == [loads[key] > 0 for key in keys(text)]
    assert {True, False} == set(said)


def test_hints_come_from_public_profiles_only(client):
    (key,) = keys(fetch(client, PARTNERS, limit="1"))
    theirs = Profile(offered=frozenset({"culture"}), languages=frozenset({"de", "en"}))
    row = saved(key=key, entry=ProfileEntry(profile=theirs))
    assert "What would raise this fit" not in fetch(client, PARTNERS, limit="1")
    saved(key=key, entry=ProfileEntry(profile=theirs, public=True), version=row.version)
    text = fetch(client, PARTNERS, limit="1")
    assert "You have not said what you look for. They offer: culture." in unescape(text)
    assert f"/en/places/{key}/profile/" in text
    saved(entry=ENTRY)
    text = fetch(client, PARTNERS, limit="1")
    assert "Their office writes: German. Add it, if yours does too." in unescape(text)
    assert "has not said what it looks for" not in text


def test_list_costs_a_steady_number_of_queries(client, django_assert_max_num_queries):
    fetch(client, PARTNERS)
    with django_assert_max_num_queries(14):
        fetch(client, PARTNERS, limit="100")


def test_visitor_keeps_a_shortlist_in_the_session(client):
    answer = send(client, add=GDYNIA, next=f"{PARTNERS}?country=PL")
    assert answer["Location"] == f"{PARTNERS}?country=PL#candidate-geonames-3099424"
    send(client, add=PLOCK)
    send(client, add=GDYNIA)
    send(client, write=GDYNIA, note=" a <b>port</b> ")
    text = fetch(client, SHORTLIST)
    whole(text)
    assert text.index("Gdynia") < text.index("Płock")
    assert 'value="a &lt;b&gt;port&lt;/b&gt;"' in text
    assert "kept for this browser only" in text
    listed = fetch(client, PARTNERS, country="PL", include_tied="1", limit="200")
    assert f'name="remove" value="{GDYNIA}"' in listed
    assert not ShortlistEntry.objects.exists()
    assert "Nobody is on the shortlist yet." in fetch(Client(), SHORTLIST)
    send(client, remove=GDYNIA)
    assert "Gdynia" not in fetch(client, SHORTLIST)
    send(client, remove=PLOCK)
    assert client.session["shortlists"] == {}


def test_notes_and_removals_of_what_is_not_there_change_nothing(client):
    send(client, write=GDYNIA, note="x")
    send(client, remove=GDYNIA)
    send(client, next="/en/")
    assert client.session.get("shortlists", {}) == {}


def test_session_keeps_the_last_lists_only(client):
    best = [one.place.key for one in find_partners(key=GDYNIA, countries=["UA"], limit=MOST_LISTS)]
    kept_in(client, [(key, [GDYNIA]) for key in (ZHYTOMYR, *best[:-2])])
    for key in best[-2:]:
        send(client, path=f"/en/partners/{key}/shortlist/", add=GDYNIA)
    assert list(client.session["shortlists"]) == best


def test_steward_stores_a_shortlist_that_other_stewards_see(client, cast):
    client.force_login(cast.coordinator)
    send(client, add=GDYNIA)
    send(client, write=GDYNIA, note="call in spring")
    entry = ShortlistEntry.objects.get()
    assert (entry.municipality, entry.candidate, entry.note) == (ZHYTOMYR, GDYNIA, "call in spring")
    assert entry.score == fit_between(key=ZHYTOMYR, other=GDYNIA).fit.score
    text = fetch(client, SHORTLIST)
    whole(text)
    assert "It is stored, and all stewards see it." in text
    assert "added:" in text
    assert "since it was added" not in text
    ShortlistEntry.objects.update(score=entry.score - 0.1)
    assert "(+10 since it was added)" in fetch(client, SHORTLIST)
    send(client, remove=GDYNIA)
    assert ShortlistEntry.objects.get().removed_at is not None


@pytest.mark.parametrize("who", ["owner", "stranger"])
def test_stored_shortlist_is_not_shown_to_others(client, cast, who):
    keeper = Client()
    keeper.force_login(cast.coordinator)
    send(keeper, add=GDYNIA)
    client.force_login(getattr(cast, who))
    assert "Gdynia" not in fetch(client, SHORTLIST)
    send(client, add=PLOCK)
    assert ShortlistEntry.objects.count() == 1


def test_shortlist_is_a_note_and_says_so(client):
    send(client, add=GDYNIA)
    send(client, write=GDYNIA, note="by train")
    text = fetch(client, SHORTLIST, print="1")
    whole(text)
    assert "It is not a decision" in text
    assert "<strong>Note:</strong> by train" in text
    assert "<form" not in text.split("<main")[1]


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example/", "javascript:alert(1)", "\\\\evil"]
)
def test_form_never_leads_away(client, back):
    location = send(client, add=GDYNIA, next=back)["Location"]
    assert location == f"{SHORTLIST}#candidate-geonames-3099424"


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"add": "x"}, 400),
        ({"write": "\x00"}, 400),
        ({"add": "geonames:999999999"}, 404),
        ({"add": ZHYTOMYR}, 400),
        ({"add": "iso:DE"}, 400),
        ({"add": SMOLENSK}, 403),
        ({"write": GDYNIA, "note": "x" * 201}, 400),
    ],
)
def test_candidate_that_cannot_be_noted_is_refused(client, fields, status):
    send(client, add=GDYNIA)
    send(client, status, **fields)
    assert [pair[0] for pair in client.session["shortlists"][ZHYTOMYR]] == [GDYNIA]


def kept_in(client, shortlists):
    """Lists of a visitor without notes, as if they had been added one by one."""
    session = client.session
    session["shortlists"] = {key: [[one, ""] for one in found] for key, found in shortlists}
    session.save()


def test_full_shortlist_is_told(client):
    *most, last = (one.place.key for one in find_partners(key=ZHYTOMYR, limit=MOST))
    kept_in(client, [(ZHYTOMYR, most)])
    send(client, add=last)
    assert "which is the most" in send(client, 409, add=SMALL).content.decode()
    assert len(client.session["shortlists"][ZHYTOMYR]) == MOST


SMALL = "geonames:2867714"
"""Munich, which no list of thirty for Zhytomyr has."""


def test_forms_without_their_token_are_refused():
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(SHORTLIST, {"add": GDYNIA}).status_code == 403


@pytest.mark.parametrize("page", ["", "shortlist/", "compare/"])
@pytest.mark.parametrize(
    ("key", "status"),
    [("iso:DE", 400), (SMOLENSK, 403), ("geonames:999999999", 404), ("x", 400)],
)
def test_place_without_partners_is_refused_on_every_page(client, page, key, status):
    fetch(client, f"/uk/partners/{key}/{page}", status)


@pytest.mark.parametrize("page", ["", "shortlist/", "compare/"])
def test_other_key_leads_on_to_the_one_that_stands(client, page):
    answer = client.get(f"/en/partners/geonames:686967/{page}?a={GDYNIA}")
    assert answer.status_code == 302
    assert answer["Location"].partition("?")[0] == f"{PARTNERS}{page}"


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("query", [{}, {"a": GDYNIA}, {"a": GDYNIA, "b": DORTMUND}, {"b": PLOCK}])
def test_comparison_is_whole(client, language, query):
    send(client, add=PARDUBICE)
    text = fetch(client, COMPARE.replace("/en/", f"/{language}/"), **query)
    whole(text)
    chosen = re.findall(r'<option value="([^"]+)" selected', text)
    assert chosen == list(query.values())
    assert text.count(f'<option value="{PARDUBICE}"') == 2


def test_comparison_says_who_is_ahead_and_by_what(client):
    best, *_others, last = find_partners(key=ZHYTOMYR, limit=200)
    one, two = last, best
    gap = one.fit.score - two.fit.score
    text = unescape(fetch(client, COMPARE, a=last.place.key, b=best.place.key))
    ahead, behind = best.place.name_in("en"), last.place.name_in("en")
    assert f"{ahead} is ahead of {behind} by {points(-gap)} points." in text
    assert f'data-label="Difference">{signed_points(gap)}</td></tr>' in text
    pairs = list(zip(one.fit.reasons, two.fit.reasons, strict=True))
    told = [signed_points(a.contribution - b.contribution) for a, b in pairs]
    counting = [
        gap
        for gap, reasons in zip(told, pairs, strict=True)
        if any(points(reason.contribution) != "0" for reason in reasons)
    ]
    assert sorted(re.findall(r'data-label="Difference">([^<]*)<', text)[:-1]) == sorted(counting)
    assert f"{len(told) - len(counting)} criteria that contribute nothing here" in text


def test_comparison_of_equals_says_so(client, monkeypatch):
    from mistok.web.partnering import comparing

    def alike(*, key, others, **_more):
        found = [fit_between(key=key, other=other) for other in others]
        return [replace(one, fit=found[0].fit) for one in found]

    monkeypatch.setattr(comparing, "fits_of", alike)
    assert "fit equally well" in fetch(client, COMPARE, a=GDYNIA, b=PLOCK)


def test_comparison_says_what_is_not_known(client, world):
    unknown = next(
        key
        for index in range(0, len(world.columns.lat), 97)
        if (key := world.place_at(index).key).startswith("geonames:")
        and world.columns.is_municipality[index]
        and world.place_at(index).population is None
        and world.place_at(index).country not in ("UA", "RU", "BY")
    )
    text = fetch(client, COMPARE, a=unknown, b=GDYNIA)
    assert ">not known<" in text
    assert "is not known" in text


def test_municipality_whose_position_is_not_known_is_served_all_the_same(client):
    nowhere = "katottg:UA01020010000048857"
    text = fetch(client, f"/en/partners/{DORTMUND}/compare/", a=nowhere)
    assert re.search(r"Distance</th><td>not known</td>", text)
    assert len(keys(fetch(client, f"/en/partners/{nowhere}/"))) == 20


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"a": GDYNIA, "b": GDYNIA}, 400),
        ({"a": "x"}, 400),
        ({"b": "geonames:999999999"}, 404),
        ({"a": ZHYTOMYR}, 400),
        ({"a": GDYNIA, "b": SMOLENSK}, 403),
        ({"a": "iso:DE"}, 400),
        *(({"a": text}, 400) for text in HOSTILE),
    ],
)
def test_comparison_refuses_what_is_no_candidate(client, query, status):
    text = fetch(client, COMPARE, status, **query)
    assert "<script>alert" not in text


def test_candidate_that_can_no_longer_be_ranked_can_be_taken_off(client):
    send(client, add=GDYNIA)
    session = client.session
    session["shortlists"] = {ZHYTOMYR: [[ZHYTOMYR, "a"], ["geonames:999999999", "b"]]}
    session.save()
    text = fetch(client, SHORTLIST)
    whole(text)
    assert "geonames:999999999" in text
    send(client, remove="geonames:999999999")
    send(client, remove=ZHYTOMYR)
    assert client.session["shortlists"] == {}


def test_numbers_are_written_for_readers():
    assert [points(n) for n in (0.394, -0.001, 0.001, -0.06)] == ["39", "0", "0", "−6"]
    assert [signed_points(n) for n in (0.06, -0.06, 0.004, 0)] == ["+6", "−6", "0", "0"]


def test_messages_are_not_left_over(client):
    answer = send(client, add=GDYNIA)
    assert list(get_messages(answer.wsgi_request)) == []
