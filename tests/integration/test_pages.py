"""Every page in both languages: it answers, refuses with a next step, and says whose data it is."""

import re
from html.parser import HTMLParser
from urllib.parse import quote, unquote

import pytest

from factories import (
    BUCHA,
    DORTMUND,
    GDYNIA,
    KHARKIV,
    PLOCK,
    SMOLENSK,
    ZHYTOMYR,
    a_source,
    a_support,
    a_tie,
)
from mistok import __version__
from mistok.provenance.models import Source, Statement
from mistok.provenance.values import SupportReport
from mistok.registry.models import Municipality, Support, Tie, TieParty
from mistok.registry.services import merge_municipalities, provisional_key, tie_subject

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]
LANGUAGES = ("en", "uk")
TIE = tie_subject([ZHYTOMYR, DORTMUND])
PAGES = [
    "",
    "places/",
    "places/?q=Zhytomyr",
    f"places/?q={quote('Житомир')}&country=UA",
    "places/?for=partner",
    "places/?page=2",
    f"places/{ZHYTOMYR}/",
    f"places/{DORTMUND}/",
    "places/iso:DE/",
    "places/katottg:UA18000000000041385/",
    "ties/",
    "ties/?country=DE&state=terminated&kind=twinning",
    f"ties/{TIE}/",
    f"partners/{ZHYTOMYR}/",
    f"partners/{ZHYTOMYR}/?country=DE&limit=50&include_tied=1",
    "sweep/",
    "sweep/?against=BY",
    "data/",
    "about/",
]
HOSTILE = [
    "ї" * 10_000,
    "\x00\x01\x07\x1b\x7f",
    "<script>alert(1)</script>",
    "'; DROP TABLE registry_tie; --",
    "\u202e\u2028\ufeff\ud7ff",
    "-1",
    "9" * 400,
    "٣",
]
PARAMETERS = [
    ("places/", ("q", "country", "for")),
    ("places/", ("country", "page", "for")),
    ("ties/", ("country", "state", "kind", "page")),
    (f"partners/{ZHYTOMYR}/", ("country", "limit", "include_tied")),
    ("sweep/", ("against",)),
    ("", ("q",)),
]
"""What each page reads of its address at once; a search for a name has no pages."""


class Page(HTMLParser):
    """Links, ids, headings and text of a page, and whether its elements are closed."""

    VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())

    def __init__(self, text):
        super().__init__()
        self.links, self.ids, self.text, self.open, self.wrong = [], [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.links += [named["href"]] if tag == "a" and "href" in named else []
        self.ids += [named["id"]] if "id" in named else []
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        """An empty element of a drawing."""

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data):
        self.text.append(data)


def fetch(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_page_answers_whole(client, language, path):
    text = fetch(client, f"/{language}/{path}")
    page = Page(text)
    assert f'<html lang="{language}"' in text
    assert (page.wrong, page.open) == ([], [])
    assert len(page.ids) == len(set(page.ids))
    assert text.count("<h1") == 1
    assert "main" in page.ids
    assert credited(page)
    assert same_page_in(page, "uk" if language == "en" else "en", path)


def credited(page):
    """GeoNames asks for its name, and the licence for its address, wherever its data is shown."""
    licence = "https://creativecommons.org/licenses/by/4.0/"
    return {"https://www.geonames.org/", licence} <= set(page.links)


def same_page_in(page, language, path):
    """The language switch leads to this very page, with its query."""
    switches = [unquote(link) for link in page.links if link.startswith(f"/{language}/")]
    return [unquote(f"/{language}/{path}")] == switches


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_record_has_its_page(client, language):
    records = [f"sources/{Source.objects.first().public_id}/"]
    records += [
        f"sources/{row.source.public_id}/"
        for row in Statement.objects.exclude(visibility="public")[:1]
    ]
    records += [f"sources/{one.source.public_id}/" for one in _retrieved()]
    records += [f"ties/{tie.public_id}/" for tie in Tie.objects.public().order_by("state")[::40]]
    provisional = Municipality.objects.filter(key__startswith="place_").first()
    records += [f"places/{provisional.key}/"]
    for path in records:
        fetch(client, f"/{language}/{path}")


def _retrieved():
    return [source.retrievals.first() for source in Source.objects.filter(retrievals__isnull=False)]


@pytest.fixture(scope="module")
def followed():
    """Links that led to a page already; many are on every page."""
    return set()


@pytest.mark.parametrize("path", ["", "places/", f"places/{ZHYTOMYR}/", "ties/", "data/", "sweep/"])
def test_every_link_inside_leads_to_a_page(client, path, followed):
    links = {link for link in Page(fetch(client, f"/en/{path}")).links if link.startswith("/")}
    assert len(links) > 5
    for link in sorted(set(sorted(links)[:40]) - followed):
        assert client.get(link).status_code in (200, 301, 302), link
        followed.add(link)


def test_address_without_a_language_leads_to_the_readers(client):
    response = client.get("/ties/", headers={"accept-language": "uk"})
    assert (response.status_code, response["Location"]) == (302, "/uk/ties/")
    assert client.get("/", headers={"accept-language": "de"})["Location"] == "/en/"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("nowhere/", 404),
        ("places/geonames:999999999/", 404),
        ("places/place_abcdefgh2345/", 404),
        ("places/nothing/", 400),
        ("ties/tie_abcdefgh2345/", 404),
        ("sources/source_abcdefgh2345/", 404),
        ("partners/geonames:999999999/", 404),
        ("partners/iso:DE/", 400),
        (f"partners/{SMOLENSK}/", 403),
    ],
)
def test_refusal_is_a_page_with_a_sentence_and_a_next_step(client, language, path, status):
    text = fetch(client, f"/{language}/{path}", status)
    page = Page(text)
    assert f'<html lang="{language}"' in text
    assert f"/{language}/places/" in page.links
    assert "Traceback" not in text


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_are_for_reading_only(client, method):
    for path in ("places/", f"places/{ZHYTOMYR}/", "ties/", "sweep/", "about/"):
        assert getattr(client, method)(f"/en/{path}").status_code == 405


@pytest.mark.parametrize("room", ["places", "partners"])
@pytest.mark.parametrize("alias", ["geonames:686967", "katottg:UA18040190010057814"])
def test_other_key_of_a_place_leads_to_its_page(client, room, alias, world):
    assert world.canonical(alias) == ZHYTOMYR
    response = client.get(f"/en/{room}/{alias}/")
    assert (response.status_code, response["Location"]) == (302, f"/en/{room}/{ZHYTOMYR}/")


@pytest.mark.parametrize("room", ["places", "partners"])
def test_merged_key_leads_to_the_place_that_stands(client, room):
    merge_municipalities(actor="a", keep=PLOCK, drop=GDYNIA, reason="a test")
    response = client.get(f"/uk/{room}/{GDYNIA}/")
    assert (response.status_code, response["Location"]) == (302, f"/uk/{room}/{PLOCK}/")
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize(("path", "names"), PARAMETERS)
def test_hostile_query_is_answered_calmly(client, path, names, text):
    response = client.get(f"/en/{path}", dict.fromkeys(names, text))
    assert response.status_code == 200
    body = response.content.decode()
    assert "<script>alert" not in body
    assert len(body) < 1_000_000
    assert Tie.objects.exists()


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("room", ["places", "ties", "sources", "partners"])
def test_hostile_key_is_refused_calmly(client, room, text):
    response = client.get(f"/en/{room}/{quote(text, safe='')}/")
    assert response.status_code in (400, 404)
    body = response.content.decode()
    assert "<script>alert" not in body
    assert len(body) < 200_000


def test_search_without_a_name_shows_places_with_ties(client):
    context = client.get("/en/places/").context
    tied = TieParty.objects.values_list("municipality", flat=True)
    assert context["pager"].total == len(set(tied))
    assert not context["results"]


def test_places_with_ties_are_shown_by_country(client):
    whole, polish = (client.get(f"/en/places/{query}").context for query in ("", "?country=pl"))
    assert 0 < polish["pager"].total < whole["pager"].total
    assert {card.country_code for card in polish["municipalities"]} == {"PL"}
    assert client.get("/en/places/?country=ZZ").context["pager"].total == whole["pager"].total


def test_search_finds_a_place_under_any_name(client):
    for name in ("Zhytomyr", "Житомир", "ЖИТОМИР", "zhitomir", ZHYTOMYR, "geonames:686967"):
        results = client.get("/en/places/", {"q": name}).context["results"]
        assert ZHYTOMYR in [card.key for card in results], name


def test_search_in_the_wrong_country_tells_where_the_name_is_known(client):
    context = client.get("/en/places/", {"q": "Dortmund", "country": "PL"}).context
    assert context["results"] == []
    assert DORTMUND in [card.key for card in context["elsewhere"]]


@pytest.mark.parametrize("query", [{"q": "x" * 300}, {"q": "Kyiv", "country": "12"}])
def test_search_that_cannot_be_read_is_answered_in_a_sentence(client, query):
    context = client.get("/uk/places/", query).context
    assert context["refusal"].endswith((".", "!"))
    assert re.search("[а-яі]", context["refusal"])


def test_ties_are_filtered_and_paged(client):
    whole = client.get("/en/ties/").context
    assert whole["pager"].total == Tie.objects.public().count()
    context = client.get("/en/ties/?state=terminated&country=RU&page=99").context
    assert context["pager"].number == context["pager"].pages
    assert 0 < context["pager"].total < whole["pager"].total
    for row in context["ties"]:
        assert row.state.code == "terminated"
        assert "RU" in [party.country_code for party in row.parties]


def test_pages_of_a_list_hold_every_tie_once(client):
    seen, url = [], "?country=DE"
    while url:
        context = client.get(f"/en/ties/{url}").context
        seen += [row.id for row in context["ties"]]
        url = context["pager"].next_url
    assert len(seen) == len(set(seen)) == Tie.objects.public().with_country("DE").count() > 50


def test_sweep_shows_every_tie_with_the_aggressors_and_what_is_next(client):
    both = client.get("/en/sweep/").context["rows"]
    russian = client.get("/en/sweep/?against=RU").context["rows"]
    assert len(both) == Tie.objects.public().with_country("RU", "BY").count()
    assert 0 < len(russian) < len(both)
    for row in both:
        assert row["next"].endswith(".")
        assert row["evidence"]


def test_partners_are_ranked_with_reasons_and_never_in_an_aggressor_state(client):
    context = client.get(f"/en/partners/{ZHYTOMYR}/?limit=50").context
    cards = context["candidates"]
    assert [card.rank for card in cards] == list(range(1, 51))
    assert [card.score for card in cards] == sorted((c.score for c in cards), reverse=True)
    assert not {card.place.country_code for card in cards} & {"RU", "BY", "UA"}
    assert not any(card.tied for card in cards)
    query = "country=PL&limit=200&include_tied=1"
    polish = client.get(f"/en/partners/{ZHYTOMYR}/?{query}").context["candidates"]
    assert {card.place.country_code for card in polish} == {"PL"}
    assert {GDYNIA, PLOCK} <= {card.place.key for card in polish if card.tied}


def test_region_and_place_of_an_aggressor_state_offer_no_partner_search(client):
    for key in ("iso:DE", SMOLENSK):
        assert client.get(f"/en/places/{key}/").context["partners_url"] == ""


SECRET = {"en": "forty radio sets for the brigade", "uk": "сорок радіостанцій для бригади"}
COARSE = {"en": "communication equipment", "uk": "засоби зв’язку"}


def test_restricted_help_is_never_on_a_public_page(client):
    public_id = a_support(
        what=SECRET, public_what=COARSE, restricted=True, quantity="40", unit="pcs"
    )
    source = Source.objects.get(statements__subject=public_id)
    paths = [f"places/{ZHYTOMYR}/", f"places/{DORTMUND}/", f"sources/{source.public_id}/", ""]
    for language in LANGUAGES:
        shown = [" ".join(Page(fetch(client, f"/{language}/{path}")).text) for path in paths]
        assert any(COARSE[language] in text for text in shown)
        assert not any(secret in text for text in shown for secret in SECRET.values())
        assert not any("40 pcs" in text or "40 шт" in text for text in shown)


def test_starter_files_carry_no_restricted_words():
    rows = list(Support.objects.filter(restricted=True))
    assert rows, "without restricted help this test proves nothing"
    for row in rows:
        report = SupportReport.from_text(row.value)
        assert not report.what
        assert not report.quantity
        assert set(report.public_what) == {"en", "uk"}


def test_help_is_dated_by_the_month_at_most(client):
    row = next(r for r in Support.objects.all() if len(r.date) == 10 and not r.restricted)
    context = client.get(f"/en/places/{row.receiver.key}/").context
    shown = [line.date for line in context["support_received"]]
    assert not [date for date in shown if re.match(r"\d{1,2} ", date)]


def test_place_that_no_gazetteer_has_is_shown_by_what_sources_say(client):
    row = Municipality.objects.filter(key__startswith="place_").first()
    context = client.get(f"/en/places/{row.key}/").context
    assert context["place"].name == row.name
    assert context["groups"] or context["support_given"] or context["support_received"]
    assert provisional_key(row.country, row.name) == row.key


def test_place_without_ties_says_so_and_offers_the_search(client, world):
    village = world.find("Stanyshivka", country="UA")[0].place
    context = client.get(f"/en/places/{village.key}/").context
    assert context["groups"] == []


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("", 12),
        ("places/", 12),
        ("places/?q=Zhytomyr", 6),
        (f"places/{KHARKIV}/", 30),
        ("ties/", 14),
        (f"ties/{TIE}/", 25),
        ("sweep/", 12),
        (f"partners/{ZHYTOMYR}/", 8),
        ("data/", 10),
        ("about/", 2),
    ],
)
def test_page_asks_the_database_few_questions(client, django_assert_max_num_queries, path, most):
    with django_assert_max_num_queries(most):
        client.get(f"/en/{path}")


def test_merged_tie_leads_to_the_page_of_the_one_that_stands(client):
    gone = a_tie(BUCHA, GDYNIA, source=a_source("news-of-a-test"))
    standing = a_tie(BUCHA, PLOCK, source=a_source("minutes-of-a-test"))
    merge_municipalities(actor="a", keep=PLOCK, drop=GDYNIA, reason="a test")
    response = client.get(f"/uk/ties/{gone}/")
    assert (response.status_code, response["Location"]) == (302, f"/uk/ties/{standing}/")
    for slug in ("news-of-a-test", "minutes-of-a-test"):
        source = Source.objects.get(slug=slug)
        (line,) = client.get(f"/en/sources/{source.public_id}/").context["statements"]
        assert line["subject_url"] == f"/en/ties/{standing}/"


def test_health_tells_version_and_places(client, world):
    response = client.get("/healthz")
    assert response.json() == {"status": "ok", "version": __version__, "places": len(world)}
    assert "no-store" in response["Cache-Control"]
