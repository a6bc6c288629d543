"""Bringing in lists on pages: looked at first, corrected, taken, with every refusal told."""

import html
import re

import pytest
import read_cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from test_ingest_agreements import SAMPLE
from test_ingest_lists import LVIV, PLAIN

from factories import BUCHA, DORTMUND, GDYNIA
from mistok.ingest.models import ImportRun
from mistok.provenance.models import Source, Statement
from mistok.registry.models import Tie
from office_cast import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
crew, ground = read_cast.crew, read_cast.ground
TABLE = f"Own;Partner;Since\n{BUCHA};{DORTMUND};2023\n{BUCHA};Halle;2020\n{BUCHA};{GDYNIA};\n"
SOURCE = {"title": "Our partners", "publisher": "Town", "b_country": "DE"}
PAGE, LIST = "/en/read/import/", "/en/read/import/list/"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MISTOK_DATA = tmp_path


@pytest.fixture
def browser(crew):
    client = Client()
    client.force_login(crew.of_all.user)
    return client


def text_of(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:3000]
    return " ".join(html.unescape(answer.content.decode()).replace("\u00a0", " ").split())


def send(browser, content=TABLE, name="ties.csv", **fields):
    data = content if isinstance(content, bytes) else content.encode()
    file = SimpleUploadedFile(name, data)
    return browser.post(PAGE, SOURCE | {"file": file, "act": "look"} | fields)


def form_of(answer):
    """What the form on the page would send, but for its button."""
    page = answer.content.decode()
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    fields = {name: html.unescape(value) for name, value in hidden}
    for name, body in re.findall(r'<select id="[^"]+" name="([^"]+)">(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', body)
        fields[name] = chosen[1] if chosen else ""
    ticked = re.findall(r'type="checkbox" [^>]*name="([^"]+)" value="([^"]+)" checked', page)
    return fields | dict(ticked)


def test_page_offers_both_ways_and_the_template(browser):
    page = text_of(browser.get(PAGE))
    assert "Bring in a list of ties" in page
    assert "Paste it as it is" in page
    template = browser.get("/en/read/import/template.csv")
    assert template.content.decode("utf-8-sig").startswith("a_name,a_country,a_key")


def test_table_is_looked_at_corrected_reported_and_taken(browser):
    look = send(browser, TABLE.replace("Partner;", "Somewhere;"))
    page = text_of(look)
    assert "No column names the second party" in page
    assert not ImportRun.objects.exists()
    look = browser.post(PAGE, form_of(look) | {"column_1": "b_key", "act": "look"})
    page = text_of(look)
    assert "Bucha – Dortmund" in page
    assert "No place has the key “Halle”" in page
    assert "Of the rows shown 2 can be taken" in page
    report = browser.post(PAGE, form_of(look) | {"act": "report"})
    assert report["Content-Type"].startswith("text/csv")
    assert "Halle" in report.content.decode()
    assert not ImportRun.objects.exists()
    done = text_of(browser.post(PAGE, form_of(look) | {"act": "take"}))
    assert "Rows set aside: 1" in done
    assert Tie.objects.count() == 2
    assert Source.objects.get().title == "Our partners"
    gone = browser.post(PAGE, form_of(look) | {"act": "take"})
    assert gone.status_code == 409


def test_the_same_table_again_takes_nothing(browser):
    for _time in range(2):
        look = send(browser, TABLE.replace("Partner;", "b_key;"))
        done = browser.post(PAGE, form_of(look) | {"act": "take"})
    assert "brought in before" in text_of(done)
    assert ImportRun.objects.count() == 1


def test_official_list_is_read_as_such(browser):
    look = send(browser, SAMPLE.read_bytes(), title="", publisher="", b_country="")
    page = text_of(look)
    assert "Ukrainian list of agreements" in page
    assert "Chortkiv – Teltow" in page
    done = text_of(browser.post(PAGE, form_of(look) | {"act": "take"}))
    assert "Rows set aside: 15" in done


@pytest.mark.parametrize(
    ("content", "fields", "status", "sentence"),
    [
        (b"%PDF-1.7", {}, 400, "not a spreadsheet"),
        ("just words", {}, 400, "No row of headings"),
        (TABLE * 2000, {}, 400, "mistok ingest table"),
        (TABLE, {"published": "once upon"}, 400, "is no date"),
        (TABLE, {"token": "forged"}, 409, "again"),
    ],
)
def test_what_cannot_be_read_is_told(browser, content, fields, status, sentence):
    assert sentence in text_of(send(browser, content, **fields), status)


def test_no_file_and_no_source_and_clashing_columns_are_told(browser):
    assert "Choose a file first" in text_of(browser.post(PAGE, SOURCE | {"act": "look"}), 400)
    look = send(browser, TABLE.replace("Partner;", "b_key;"), title="")
    assert "Nothing enters the registry without a source" in text_of(look)
    for act in ("take", "report"):
        told = text_of(browser.post(PAGE, form_of(look) | {"act": act}), 400)
        assert "Nothing enters the registry without a source" in told
    twice = form_of(look) | {"column_0": "b_key", "act": "look"}
    assert "Two columns are chosen" in text_of(browser.post(PAGE, twice))


def test_somebody_elses_file_cannot_be_looked_at(browser, crew):
    look = send(browser)
    other = Client()
    other.force_login(crew.of_poland.user)
    assert other.post(PAGE, form_of(look) | {"act": "take"}).status_code == 409


def test_pages_are_for_those_who_may_bring_in(crew):
    stranger = Client()
    assert stranger.get(PAGE).status_code == 302
    stranger.force_login(person("nobody"))
    assert stranger.get(PAGE).status_code == 403
    assert stranger.post(LIST, {"owner": LVIV, "text": PLAIN}).status_code == 403


def pasted(browser, **fields):
    told = {"owner": LVIV, "text": PLAIN, "title": "Partners", "publisher": "City", "act": "look"}
    return browser.post(LIST, told | fields)


def test_pasted_list_is_judged_line_by_line(browser):
    look = pasted(browser)
    page = text_of(look)
    assert "12 partners of Lviv were found" in page
    assert "10 lines are clear" in page
    assert not Statement.objects.exists()
    fields = form_of(look)
    del fields["line_1"]
    fields |= {"line_11": "geonames:4409896", "line_3": DORTMUND, "act": "take"}
    done = text_of(browser.post(LIST, fields))
    assert "Rows set aside: 2" in done
    assert Tie.objects.count() == 10
    assert not Statement.objects.filter(value=DORTMUND).exists()


def test_pasted_list_that_cannot_be_read_is_told(browser):
    assert "No partner was found" in text_of(pasted(browser, text="***"), 400)
    assert "The list" in text_of(pasted(browser, text=""), 400)
    assert "No place has the key" in text_of(pasted(browser, owner="geonames:1"), 400)
    assert pasted(browser, token="forged").status_code == 409
