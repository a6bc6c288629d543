"""What pages show of sources: how many are independent, who they are, and what was corrected."""

import datetime as dt

import pytest

from factories import (
    BUCHA,
    DORTMUND,
    ORIGIN,
    TODAY,
    ZHYTOMYR,
    a_source,
    a_tie,
    tie_evidence,
)
from mistok.ingest.models import Document
from mistok.provenance.models import Correction, Statement
from mistok.provenance.services import observe, record_retrieval, withdraw_statement
from mistok.registry.services import merge_municipalities, project_ties, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world", "static_files")]
COLOGNE = "geonames:2886242"
ONLY = "Only publishers of an aggressor state tell"


def shown(client, path, lang="en"):
    answer = client.get(f"/{lang}/{path}")
    assert answer.status_code == 200
    return answer.content.decode()


def tie_page(client, tie):
    return shown(client, f"ties/{tie}/")


def source_page(client, source):
    return shown(client, f"sources/{source.public_id}/")


def said_by(slug, *keys, **fields):
    """The same tie told by one more source."""
    event = fields.pop("event", {})
    source = a_source(slug, **{"publisher": slug, "url": f"https://{slug}.com/a"} | fields)
    observe(
        assertions=tie_evidence(source, *(keys or (ZHYTOMYR, DORTMUND)), **event),
        origin=ORIGIN,
        seen_at=TODAY,
    )
    return source


def the_event(source):
    return Statement.objects.get(source=source, prop="event")


def test_copies_and_pages_of_one_publisher_count_once(client):
    release = said_by("council")
    said_by("gazette", copy_of=release)
    said_by("portal")
    said_by("portal-2", publisher="portal", url="https://portal.com/b")
    tie = a_tie(source=release)
    page = tie_page(client, tie)
    assert "(4 sources, 2 independent)" in page
    assert "2 of them are independent" in page
    assert "It repeats the words of another source." in page
    assert ONLY not in page


def test_one_source_is_just_one(client):
    page = tie_page(client, a_tie())
    assert "(1 source)" in page
    assert "independent" not in page


def test_a_tie_that_only_an_aggressor_tells_is_marked(client):
    moscow = said_by("moscow", url="https://ria.ru/1")
    said_by("abroad", copy_of=moscow)
    tie = a_tie(source=moscow)
    page = tie_page(client, tie)
    assert page.count(ONLY) == 2
    assert "Its publisher belongs to an aggressor state." in page
    said_by("kyiv", url="https://kyiv.ua/1")
    project_ties(subjects=[tie])
    assert ONLY not in tie_page(client, tie)


def test_a_fact_that_only_an_aggressor_tells_is_marked_alone(client):
    moscow = said_by("moscow", url="https://ria.ru/1", event={"event": "severed", "date": "2024"})
    tie = a_tie()
    project_ties(subjects=[tie])
    page = tie_page(client, tie)
    assert page.count(ONLY) == 1
    assert moscow.title in page


def test_a_correction_shows_what_was_said_what_is_said_now_and_why(client):
    source, other = said_by("first"), said_by("second", event={"date": "2022-05-03"})
    tie = a_tie(source=source)
    withdraw_statement(
        actor="person_secret",
        statement=the_event(source),
        reason="The paper had mixed up two towns.",
        at=dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC),
        successor=the_event(other).pk,
    )
    project_ties(subjects=[tie])
    page = tie_page(client, tie)
    assert "Corrections" in page
    assert "4 May 2026" in page
    assert "The paper had mixed up two towns." in page
    assert "3 May 2022" in page.partition("Now it is said:")[2]
    assert "person_secret" not in page
    of_source = source_page(client, source)
    assert "The paper had mixed up two towns." in of_source
    assert "Now it is said:" in of_source
    assert "person_secret" not in of_source
    assert "Corrections" not in source_page(client, other)


def test_without_a_successor_nothing_stands_in_its_place(client):
    source = said_by("first", event={"event": "suspended", "date": "2024"})
    tie = a_tie()
    withdraw(actor="person_x", statement_id=the_event(source).pk, reason="It was another city.")
    page = tie_page(client, tie)
    assert "Nothing stands in its place." in page


def test_without_corrections_there_is_no_empty_part(client):
    assert "Corrections" not in tie_page(client, a_tie())


def test_corrections_of_labels_and_parties_are_told_too(client):
    source = a_source("wrong", publisher="wrong", url="https://wrong.com")
    tie = a_tie(source=source, label="sister cities")
    a_tie(source=a_source("right", publisher="right", url="https://right.com"))
    for said in source.statements.all():
        withdraw(actor="person_x", statement_id=said.pk, reason="Mixed up.")
    page = tie_page(client, tie)
    assert "“sister cities”" in page
    assert "one party is Zhytomyr" in page


def test_what_was_never_public_is_not_told_when_it_falls(client):
    source = said_by("talks", event={"event": "suspended", "date": "2024"})
    tie = a_tie()
    Statement.objects.filter(pk=the_event(source).pk).update(visibility="internal")
    withdraw(actor="person_x", statement_id=the_event(source).pk, reason="Secret talks.")
    assert Correction.objects.count() == 1
    assert "Secret talks." not in tie_page(client, tie)
    assert "Secret talks." not in source_page(client, source)


def test_a_correction_is_shown_under_the_id_of_the_tie_that_stands(client):
    source = said_by("first", ZHYTOMYR, COLOGNE, event={"event": "suspended", "date": "2024"})
    tie, other = a_tie(ZHYTOMYR, DORTMUND), a_tie(ZHYTOMYR, COLOGNE)
    withdraw(actor="person_x", statement_id=the_event(source).pk, reason="Mixed up.")
    assert "Mixed up." not in tie_page(client, tie)
    merge_municipalities(actor="person_x", keep=DORTMUND, drop=COLOGNE, reason="for the test")
    standing = client.get(f"/en/ties/{other}/", follow=True).content.decode()
    assert "Mixed up." in standing


def test_a_source_page_tells_who_where_when_and_what_is_kept(client):
    source = said_by(
        "gazeta", url="https://gazeta.pl/1", language="pl", publisher="Gazeta", licence="CC BY 4.0"
    )
    a_tie(source=source)
    record_retrieval(source=source, at=dt.date(2024, 2, 1), sha256="a" * 64)
    record_retrieval(source=source, at=dt.date(2024, 3, 1), sha256="b" * 64, note="Once more.")
    Document.objects.create(
        public_id="document_1",
        sha256="a" * 64,
        text="Secret text of its author.",
        archived="aa/aaa",
        origin="pasted",
        added_by="person_x",
        added_at=TODAY,
        source=source,
    )
    page = source_page(client, source)
    for words in ("Gazeta", "Poland", "Polish", "CC BY 4.0", "a" * 64, "b" * 64, "1 March 2023"):
        assert words in page
    assert page.index("1 March 2024") < page.index("1 February 2024")
    assert page.count("A copy is kept and not shown") == 1
    assert "Secret text" not in page


def test_copies_are_listed_and_lead_to_what_they_repeat(client):
    release = said_by("council")
    copy = said_by("gazette", copy_of=release)
    a_tie(source=release)
    page = source_page(client, release)
    assert "Texts that repeat it" in page
    assert f"/sources/{copy.public_id}/" in page
    page = source_page(client, copy)
    assert "It repeats the words of another source, and both count as one:" in page
    assert f"/sources/{release.public_id}/" in page


def test_a_source_of_an_aggressor_says_so_with_the_ruling(client):
    listed = said_by("rt", url="https://www.rt.com/1")
    page = source_page(client, listed)
    assert "The publisher belongs to an aggressor state: Russia." in page
    assert "Council Regulation (EU) 2022/350" in page
    by_address = source_page(client, said_by("minsk", url="https://belta.by/1"))
    assert "The publisher belongs to an aggressor state: Belarus." in by_address
    assert "Council Regulation" not in by_address


def test_the_very_words_are_shown_but_not_of_goods_that_must_not_be_told(client):
    source = said_by("first")
    a_tie(source=source)
    Statement.objects.filter(pk=the_event(source).pk).update(original_value="They became twins.")
    assert "“They became twins.”" in source_page(client, source)
    words = "They became twins, and 40 drones were handed over."
    Statement.objects.filter(pk=the_event(source).pk).update(original_value=words)
    assert "drones" not in source_page(client, source)


def test_a_source_of_many_statements_comes_in_parts(client, django_assert_max_num_queries):
    source = a_source("list")
    keys = ("geonames:2950349", "geonames:2867714", "geonames:2911298", "geonames:2886242")
    events = [{"event": "active", "date": str(year)} for year in range(1990, 2020)]
    for key in keys:
        for event in events:
            observe(
                assertions=tie_evidence(source, BUCHA, key, **event), origin=ORIGIN, seen_at=TODAY
            )
    project_ties(subjects=set(source.statements.values_list("subject", flat=True)))
    page = source_page(client, source)
    assert "Page 1 of 2" in page
    assert page.count("in the registry since") == 100
    with django_assert_max_num_queries(30):
        page = shown(client, f"sources/{source.public_id}/?page=2")
    assert page.count("in the registry since") == 20


def test_the_pages_read_in_ukrainian(client):
    source = said_by("council")
    tie = a_tie(source=source)
    assert client.get(f"/uk/ties/{tie}/").status_code == 200
    assert client.get(f"/uk/sources/{source.public_id}/").status_code == 200
