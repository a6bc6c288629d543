"""Pages of comparing: lists sent, pairs shown, one click to judge, a table to take away."""

import csv
import html
import io
import re

import pytest
import read_cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from factories import DORTMUND, ZHYTOMYR, a_tie
from mistok.ingest.models import ComparedPair, Comparison
from mistok.provenance.models import Judgement
from mistok.web.read import compare_forms, compare_start
from wikidata_cast import answer, binding

pytestmark = pytest.mark.django_db
crew = read_cast.crew
PAGE = "/en/read/compare/"
LIST = """a_name,a_country,b_name,b_country,event,date,source_url
Житомир,UA,Dortmund,DE,severed,2025,https://example.org/1
Zhytomyr,UA,Gdynja Port,PL,,,javascript:alert(1)
Pokrov,UA,Dortmuntd,DE,,,
Uman,UA,,PL,,,
"""
OTHER = """a_name,a_country,b_name,b_country
Pokrov,UA,Dortmund,DE
"""


def browser(actor):
    client = Client()
    client.force_login(actor.user)
    return client


def upload(text, name="list.csv"):
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def send(client, left=LIST, right=None, **more):
    told = {"act": "compare", "beside": "registry", "left": upload(left), "key": "k1"} | more
    if right is not None:
        told |= {"beside": "file", "right": upload(right, "other.csv")}
    return client.post(PAGE, told)


def plain(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:2000]
    main = html.unescape(answer.content.decode()).partition('id="main"')[2].split("<footer")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split()).replace("\u00a0", " ")


@pytest.fixture
def client(crew):
    return browser(crew.of_all)


@pytest.fixture
def compared(client):
    a_tie(ZHYTOMYR, DORTMUND, event="active", date="")
    answer = send(client)
    assert answer.status_code == 302, plain(answer)
    return Comparison.objects.get()


def address(comparison, more=""):
    return f"{PAGE}{comparison.public_id}/{more}"


def test_pages_are_for_those_who_may_bring_in_lists(crew, compared):
    for where in (PAGE, address(compared), address(compared, "pairs.csv")):
        assert Client().get(where).status_code == 302
        assert browser(crew.stranger).get(where).status_code == 403
        assert browser(crew.of_poland).get(where).status_code == 200


def test_list_is_compared_with_the_registry_and_what_was_left_out_is_told(client, compared):
    page = client.get(address(compared))
    words = plain(page)
    assert "The lists were compared, but for 1 rows that could not be read." in words
    assert "The lists contradict each other" in words
    assert "Only in the first list" in words
    assert "One list says “Ended” (2025), the other “Stated to exist”." in words
    assert "list.csv / The registry" in words
    assert 'href="https://example.org/1"' in page.content.decode()
    assert "javascript:" not in page.content.decode()


def test_two_lists_are_compared_with_each_other(client):
    assert send(client, right=OTHER).status_code == 302
    words = plain(client.get(address(Comparison.objects.get())))
    assert "Perhaps the same, to be judged" in words
    assert "“Dortmuntd” and “Dortmund” are alike, and that proves nothing." in words
    start = plain(client.get(PAGE))
    assert "list.csv / other.csv" in start
    assert "1 pair to be judged" in start


def test_answer_of_wikidata_is_a_list_too(client):
    one = {"q": "Q1", "en": "Zhytomyr", "country": "UA", "katottg": ZHYTOMYR[8:]}
    two = {"q": "Q2", "en": "Dortmund", "country": "DE", "geonames": "2935517"}
    a_tie(ZHYTOMYR, DORTMUND, date="2024")
    assert send(client, left=answer(binding("Q1-a", one, two, start="2024"))).status_code == 302
    assert Comparison.objects.get().pairs.get().found == "same"
    assert "All judged" in plain(client.get(PAGE))


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"left": ""}, "This field is required."),
        ({"beside": "file"}, "Choose the other list, or compare with the registry."),
        ({"beside": "nothing"}, "Something is missing or cannot be read."),
        ({"left": upload("Lviv\nGera\n")}, "No row of headings was found"),
        ({"left": upload("a_name,a_country\nLviv,UA\n")}, "No column names the second party"),
        ({"left": upload("a_name,b_name,b_country\nLviv,,\n")}, "holds no row that names two"),
        ({"left": upload(b'{"results": 1}')}, "not an answer of Wikidata"),
    ],
)
def test_what_cannot_be_compared_is_told_beside_the_form(client, sent, sentence):
    told = {"act": "compare", "beside": "registry", "left": upload(LIST)} | sent
    page = client.post(PAGE, told)
    assert page.status_code in (400, 409)
    assert sentence in plain(page, page.status_code)
    assert Comparison.objects.count() == 0


def test_long_list_is_for_the_shell(client, monkeypatch):
    monkeypatch.setattr(compare_start, "MOST_ROWS", 1)
    assert "1 row" in plain(send(client), 400) or Comparison.objects.count() == 0
    one, two = ({"q": f"Q{n}", "en": f"Foo {n}", "country": "UA"} for n in (1, 2))
    lines = [binding(f"Q1-{n}", one, two) for n in range(3)]
    assert "Compare it at the shell" in plain(send(client, left=answer(*lines), key="k2"), 400)


def test_large_file_is_for_the_shell(client, monkeypatch):
    monkeypatch.setattr(compare_forms, "MOST_BYTES", 10)
    assert "larger than 10 megabytes" in plain(send(client), 400)


def judge(client, comparison, pair, verdict, version="1", key="", more=""):
    told = {"act": f"{verdict}-{pair.number}", "version": version, "key": key or f"k{verdict}"}
    return client.post(address(comparison, more), told, follow=True)


def test_one_click_judges_and_leads_back_to_the_row(client, compared):
    pair = compared.pairs.get(found="contradictory")
    done = judge(client, compared, pair, "same", more="?found=contradictory")
    assert done.redirect_chain[-1][0].endswith(f"?found=contradictory#pair-{pair.number}")
    assert f"Row {pair.number} is judged: the same." in plain(done)
    assert Judgement.objects.get().verdict == "same"
    assert 'aria-pressed="true"' in done.content.decode()
    judge(client, compared, pair, "unsure", version="2")
    assert ComparedPair.objects.get(pk=pair.pk).verdict == "unsure"


def test_click_on_an_old_page_is_refused_with_what_was_judged(client, crew, compared):
    pair = compared.pairs.get(found="contradictory")
    judge(client, compared, pair, "same")
    late = judge(browser(crew.of_ukraine), compared, pair, "different", key="late")
    assert "Somebody has judged this pair since you opened the page" in plain(late, 409)
    assert Judgement.objects.get().verdict == "same"


@pytest.mark.parametrize("act", ["", "same", "same-", "same-x", "same-99999", "merge-1", "same-²"])
def test_form_that_names_no_pair_is_refused(client, compared, act):
    assert client.post(address(compared), {"act": act, "key": "k9"}).status_code == 400
    assert Judgement.objects.count() == 0


def test_pairs_outside_the_scope_have_no_buttons_and_are_refused(crew, compared):
    pair = compared.pairs.get(found="contradictory")
    polish = browser(crew.of_poland)
    assert f'value="same-{pair.number}"' not in polish.get(address(compared)).content.decode()
    assert judge(polish, compared, pair, "same").status_code == 403
    assert Judgement.objects.count() == 0


def test_filters_narrow_and_unknown_words_are_passed_over(client, compared):
    assert "Only in the first list" in plain(client.get(address(compared, "?found=left")))
    judge(client, compared, compared.pairs.get(found="contradictory"), "different")
    assert "1 pair or row " in plain(client.get(address(compared, "?verdict=different")))
    nothing = plain(client.get(address(compared, "?verdict=open")))
    assert "No pair matches this choice." in nothing
    everything = plain(client.get(address(compared, "?found=x&verdict=y&page=z")))
    assert f"{compared.pairs.count()} pairs or rows" in everything


def test_table_holds_every_pair_and_no_formula(client, compared):
    ComparedPair.objects.filter(found="left").update(why='[["same_name", "=1+1", "UA"]]')
    told = client.get(address(compared, "pairs.csv"))
    assert told["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(told.content.decode("utf-8-sig"))))
    assert len(rows) == compared.pairs.count()
    first = rows[0]
    assert first["found"] == "The lists contradict each other"
    assert first["left"] == "Житомир (UA) – Dortmund (DE)"
    assert first["left_said"] == "severed 2025"
    assert first["verdict"] == "open"
    judge(client, compared, compared.pairs.get(found="contradictory"), "same")
    narrowed = client.get(address(compared, "pairs.csv?verdict=same"))
    assert narrowed.content.decode().count("\n") == 2


def test_address_of_no_comparison_is_told(client):
    assert client.get(f"{PAGE}comparison_none/").status_code == 404


def test_page_is_light_and_in_ukrainian_too(client, compared):
    page = client.get(address(compared).replace("/en/", "/uk/"))
    assert page.status_code == 200
    assert len(page.content) < 60_000
    assert b"<script>" not in page.content
