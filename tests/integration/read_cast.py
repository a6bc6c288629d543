"""Texts and readings for tests of review: a reader that says what the test wants it to say."""

import dataclasses
from types import SimpleNamespace

import pytest
from django.core.cache import cache

from factories import BUCHA, DORTMUND, GDYNIA, ZHYTOMYR
from mistok.accounts.actors import Actor
from mistok.ingest.documents import reader, rereading, taking_in
from mistok.ingest.documents.services import Brought, take_in
from mistok.kernel.dates import PartialDate
from mistok.provenance.models import Statement
from mistok.reading.model import (
    AidFact,
    Item,
    Party,
    ProjectFact,
    Reading,
    Sentence,
    Stage,
    Text,
    TieFact,
)
from office_cast import join, person

PLACES = {
    "bucha": Party(BUCHA, "Bucha", "UA", "hromada"),
    "zhytomyr": Party(ZHYTOMYR, "Zhytomyr", "UA", "hromada"),
    "dortmund": Party(DORTMUND, "Dortmund", "DE", "city"),
    "gdynia": Party(GDYNIA, "Gdynia", "PL", "city"),
    "ukraine": Party("iso:UA", "Ukraine", "UA", "country"),
    "kreis": Party("", "Kreis Musterland", "DE", "district"),
    "nowhere": Party("", "Somewhere", "", "city"),
}
ARTICLE = (
    "Dortmund and Zhytomyr sign\n\nOn 23 February 2023 Dortmund and Zhytomyr signed a "
    "twinning agreement. Dortmund sent Zhytomyr two generators and 5,000 euros. The city will "
    "rebuild School No. 3 of Zhytomyr for 200,000 euros. In May the councils will meet again."
)
SIGNED = "On 23 February 2023 Dortmund and Zhytomyr signed a twinning agreement."
SENT = "Dortmund sent Zhytomyr two generators and 5,000 euros."
BUILDS = "The city will rebuild School No. 3 of Zhytomyr for 200,000 euros."
MEET = "In May the councils will meet again."
URL = "https://www.example.org/news/2023/dortmund-zhytomyr"


def a_text(text=ARTICLE, lang="en", **fields) -> Text:
    """A text as the intake would open it."""
    told = {"published": PartialDate.parse("2023-03-01"), "title": "", "url": ""} | fields
    return Text(text, lang, (Sentence(0, len(text), 0, "body"),), **told)


def where(text, quote) -> dict[str, int]:
    start = text.text.index(quote)
    return {"start": start, "end": start + len(quote)}


def a_tie(text, one="dortmund", other="zhytomyr", *more, quote=SIGNED, **fields) -> TieFact:
    told = {"kind": "twinning", "event": "signed", "date": "2023-02-23", "confidence": 0.9}
    parties = tuple(PLACES[name] for name in (one, other, *more))
    found = told | where(text, quote) | fields
    return TieFact(parties[0], parties[1], parties=parties, **found)


def some_aid(text, giver="dortmund", receiver="zhytomyr", *items, quote=SENT, **fields) -> AidFact:
    told = {"date": "2023-02", "status": "delivered", "confidence": 0.6}
    things = items or (Item("generator", 2, "pcs"), Item("money", 5000, "EUR"))
    ends = [PLACES.get(name, name) for name in (giver, receiver)]
    return AidFact(*ends, tuple(things), **(told | where(text, quote) | fields))


def a_project(text, by="dortmund", receiver="zhytomyr", *, quote=BUILDS, **fields) -> ProjectFact:
    told = {"what": "rebuilding of School No. 3", "amount": 200000, "currency": "EUR"}
    ends = {"by": PLACES.get(by, by), "receiver": PLACES.get(receiver, receiver)}
    return ProjectFact(**(ends | told | {"confidence": 0.4} | where(text, quote) | fields))


def a_stage(text, event="signed", date="2023-05", planned=True, quote=MEET) -> Stage:
    return Stage(event, date, planned, **where(text, quote))


class FakeReader:
    """Reads every text by the rule that the test gave it last; remembers what it read."""

    def __init__(self):
        self.rule = lambda text: {}
        self.read_texts = []

    def says(self, rule):
        self.rule = rule
        return self

    def read(self, text, *, id="", published=""):  # noqa: A002 - as the reader has it
        self.read_texts.append(text)
        return Reading(id, text, **self.rule(text))


def the_usual(text):
    """A tie, help and a project, where the words of the article stand."""
    if SIGNED not in text.text:
        return {}
    return {"ties": (a_tie(text),), "aid": (some_aid(text),), "projects": (a_project(text),)}


@pytest.fixture
def fake(monkeypatch):
    """The reader of this process for one test."""
    made = FakeReader().says(the_usual)
    monkeypatch.setattr(taking_in, "the_reader", lambda: made)
    monkeypatch.setattr(rereading, "the_reader", lambda: made)
    monkeypatch.setattr(reader, "the_reader", lambda: made)
    for module in (taking_in, rereading):
        monkeypatch.setattr(module, "reader_version", lambda: "1")
    return made


@pytest.fixture(autouse=True)
def ground(settings, tmp_path):
    """An archive of its own, and nothing counted yet."""
    settings.MISTOK_ARCHIVE = tmp_path / "archive"
    cache.clear()


@pytest.fixture
def crew(cast):
    """The fixed cast with coordinators of scopes: of Ukraine, of Germany, of a region, of all."""
    people = {}
    for name, scope in (
        ("of_ukraine", "UA"),
        ("of_germany", "DE"),
        ("of_poland", "PL"),
        ("of_zhytomyr", "katottg:UA18000000000041385"),
        ("of_all", "world"),
    ):
        people[name] = person(name.replace("_", "-"))
        join(people[name], None, "coordinator", scope)
    named = vars(cast) | people
    steward = {"steward": cast.coordinator}
    return SimpleNamespace(**{name: Actor(user=user) for name, user in (named | steward).items()})


def sent(actor, text=None, *, data=None, origin="pasted", **brought):
    """A document that this actor sent."""
    text = text or a_text()
    more = Brought(**brought) if brought else None
    data = text.text.encode() if data is None else data
    return take_in(actor=actor, text=text, data=data, origin=origin, brought=more)


def first(document, what="tie"):
    """Its first proposal of a kind."""
    return document.proposals.filter(what=what).order_by("number").first()


def again(row):
    """The row as it stands in the database."""
    return type(row).objects.get(pk=row.pk)


def changed(content, **fields):
    """A content with changes."""
    return dict(content) | fields


def party(name):
    """A party as a content holds it."""
    return PLACES[name].as_document()


def without(fact, **fields):
    """A fact with changes."""
    return dataclasses.replace(fact, **fields)


def refused(code, kind, act):
    with pytest.raises(kind) as caught:
        act()
    assert caught.value.code == code


def statements(proposal, prop=""):
    found = Statement.objects.filter(pk__in=proposal.statements)
    return list(found.filter(prop=prop) if prop else found)
