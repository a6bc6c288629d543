"""What the registry holds beside a proposal, and the queue in which reviewers find it."""

import datetime as dt

import pytest
import read_cast
from django.utils import timezone
from read_cast import SENT, a_text, a_tie, first, sent, some_aid

from factories import BUCHA, DORTMUND, GDYNIA, ZHYTOMYR, a_source, a_support
from factories import a_tie as held_tie
from mistok.ingest.documents.known import known_of
from mistok.ingest.documents.queue import Asked, ages, confidence_word, waiting
from mistok.ingest.documents.services import accept, reject
from mistok.ingest.models import Document, Feed, FeedItem
from mistok.reading.model import Item
from mistok.registry.services import merge_municipalities, municipalities

pytestmark = pytest.mark.django_db
fake, ground, crew = read_cast.fake, read_cast.ground, read_cast.crew


def proposed(crew, fake, what="tie", **fields):
    fake.says(lambda text: {"ties": (a_tie(text, **fields),)})
    # A text of its own each time: the same bytes would be the same document.
    more = f"{read_cast.ARTICLE} {Document.objects.count()}"
    return first(sent(crew.stranger, a_text(more)), what)


def known(one, **more):
    return known_of(one.what, one.content, one.claim, besides=one.pk, **more)


def said(found):
    return {(one.about, statement.source.slug) for one in found.against for statement in one.said}


def test_nothing_is_held_of_a_new_tie(crew, fake):
    found = known(proposed(crew, fake))
    assert found.is_new
    assert (found.tie, found.same, found.against, found.becomes) == (None, (), (), "")


def test_same_event_by_others_is_one_more_source(crew, fake):
    held_tie(DORTMUND, ZHYTOMYR, source=a_source("one"), date="2023")
    held_tie(DORTMUND, ZHYTOMYR, source=a_source("two"), date="", kind="unknown")
    held_tie(DORTMUND, ZHYTOMYR, source=a_source("three"), event="active", date="")
    found = known(proposed(crew, fake))
    assert {statement.source.slug for statement in found.same} == {"one", "two"}
    assert (found.against, found.is_new) == ((), False)


def test_tie_of_other_parties_is_another_tie(crew, fake):
    held_tie(DORTMUND, BUCHA)
    held_tie(DORTMUND, ZHYTOMYR, GDYNIA, source=a_source("three"))
    assert known(proposed(crew, fake)).is_new


def test_merged_place_is_the_one_that_stands(crew, fake):
    held_tie(DORTMUND, ZHYTOMYR)
    municipalities(keys=[BUCHA])
    merge_municipalities(actor="tests", keep=ZHYTOMYR, drop=BUCHA, reason="A test.")
    fake.says(lambda text: {"ties": (a_tie(text, "dortmund", "bucha"),)})
    assert known(first(sent(crew.stranger))).tie is not None


def test_another_date_of_one_signing_contradicts(crew, fake):
    held_tie(DORTMUND, ZHYTOMYR, source=a_source("other"), date="2022-05-04")
    held_tie(DORTMUND, ZHYTOMYR, source=a_source("same"), date="2023-02-23")
    held_tie(DORTMUND, ZHYTOMYR, source=a_source("plan"), date="2021-02-23", planned=True)
    found = known(proposed(crew, fake))
    assert said(found) == {("date", "other")}
    assert [statement.source.slug for statement in found.same] == ["same"]


def test_another_kind_contradicts_where_no_source_has_it(crew, fake):
    held_tie(DORTMUND, ZHYTOMYR, source=a_source("one"), kind="friendship", date="2023-02-23")
    assert said(known(proposed(crew, fake))) == {("kind", "one")}
    held_tie(DORTMUND, ZHYTOMYR, source=a_source("two"), kind="twinning", date="2023-02-23")
    assert said(known(proposed(crew, fake))) == set()


def test_tie_that_was_ended_is_not_silently_alive(crew, fake):
    held_tie(DORTMUND, ZHYTOMYR, source=a_source("begun"), date="1990")
    held_tie(DORTMUND, ZHYTOMYR, source=a_source("ended"), event="severed", date="2022-03")
    one = proposed(crew, fake, event="active", date="")
    assert said(known(one, published="2022-01-01")) == {("ended", "ended")}
    assert said(known(one)) == {("ended", "ended")}
    later = proposed(crew, fake, event="signed", date="2024-01")
    found = known(later)
    assert said(found) == {("date", "begun")}
    assert found.becomes == "signed"


def test_end_of_a_tie_in_force_is_shown_beside_who_says_otherwise(crew, fake):
    held_tie(DORTMUND, ZHYTOMYR, source=a_source("begun"), date="1990")
    found = known(proposed(crew, fake, event="severed", date="2022-03"))
    assert said(found) == {("in_force", "begun")}
    assert found.becomes == "terminated"


def test_end_of_what_was_never_in_force_contradicts_nothing(crew, fake):
    held_tie(DORTMUND, ZHYTOMYR, event="proposed", date="2021")
    assert said(known(proposed(crew, fake, event="severed", date="2022-03"))) == set()


def test_ended_tie_that_ended_once_more_is_no_contradiction(crew, fake):
    held_tie(DORTMUND, ZHYTOMYR, event="severed", date="2022-03")
    found = known(proposed(crew, fake, event="severed", date="2022-03"))
    assert (said(found), len(found.same)) == (set(), 1)


def test_plan_contradicts_nothing(crew, fake):
    held_tie(DORTMUND, ZHYTOMYR, date="2022-05-04")
    one = proposed(crew, fake)
    content = one.content | {"planned": True}
    assert known_of("tie", content, one.claim).against == ()


def test_expired_tie_has_no_stop_to_name_after_a_new_start(crew, fake):
    held_tie(DORTMUND, ZHYTOMYR, event="severed", date="2010")
    found = known(proposed(crew, fake, event="active", date="2020"))
    assert said(found) == set()


def test_tie_of_places_without_a_key_is_found_by_name(crew, fake):
    fake.says(lambda text: {"ties": (a_tie(text, "kreis", "zhytomyr"),)})
    one = first(sent(crew.stranger))
    assert known(one).is_new
    accept(actor=crew.of_all, proposal=one)
    two = first(sent(crew.owner, a_text(read_cast.ARTICLE + "!")))
    assert known(two).tie.public_id == one.subject
    fake.says(lambda text: {"ties": (a_tie(text, "nowhere", "zhytomyr"),)})
    assert known(first(sent(crew.owner, a_text(read_cast.ARTICLE + "?")))).is_new


def test_reports_of_help_between_the_two_stand_beside_it(crew, fake):
    fake.says(lambda text: {"aid": (some_aid(text),)})
    one = first(sent(crew.stranger), "aid")
    assert known(one).is_new
    support = a_support(date="2023-02-12")
    assert [row.public_id for row in known(one).supports] == [support]
    assert not known(one).is_new
    undated = one.content | {"date": None}
    assert len(known_of("aid", undated, "x").supports) == 1
    other_month = one.content | {"date": "2022-05"}
    assert known_of("aid", other_month, "x").supports == ()
    to_nobody = one.content | {"to_party": None}
    assert known_of("aid", to_nobody, "x").supports == ()
    by_words = one.content | {"from_party": None}
    assert known_of("aid", by_words, "x").supports == ()
    assert known_of("project", {"by_party": None, "for_party": None}, "x").supports == ()


def test_rejected_claim_is_remembered_wherever_it_comes_again(crew, fake):
    fake.says(lambda text: {"aid": (some_aid(text, "dortmund", "zhytomyr", Item("buses")),)})
    one = first(sent(crew.stranger), "aid")
    reject(actor=crew.of_germany, proposal=one, reason="The text does not say this.")
    assert known(one).rejected == ()
    two = first(sent(crew.owner, a_text(SENT + " Elsewhere.")), "aid")
    assert [row.reason for row in known(two).rejected] == ["The text does not say this."]


def queue(actor, **asked):
    return [row.pk for row in waiting(actor, Asked(**asked))]


def test_queue_shows_each_reviewer_the_oldest_of_hers_first(crew, fake):
    one, two = sent(crew.stranger), sent(crew.stranger, a_text(read_cast.ARTICLE + "!", "de"))
    fake.says(lambda text: {"ties": (a_tie(text, "gdynia", "bucha", confidence=0.3),)})
    three = sent(crew.stranger, a_text(read_cast.ARTICLE + "?"))
    fake.says(lambda text: {})
    sent(crew.stranger, a_text("Nothing is told here."))
    assert queue(crew.of_all) == queue(crew.steward) == [one.pk, two.pk, three.pk]
    assert queue(crew.of_ukraine) == [one.pk, two.pk, three.pk]
    assert queue(crew.of_germany) == queue(crew.of_zhytomyr) == [one.pk, two.pk]
    assert queue(crew.of_poland) == [three.pk]
    assert queue(crew.stranger) == []
    counts = {row.pk: row.open_here for row in waiting(crew.of_all)}
    assert counts == {one.pk: 3, two.pk: 3, three.pk: 1}


def test_queue_is_narrowed(crew, fake):
    one, two = sent(crew.stranger), sent(crew.stranger, a_text(read_cast.ARTICLE + "!", "de"))
    fake.says(lambda text: {"ties": (a_tie(text, "gdynia", "bucha", confidence=0.3),)})
    three = sent(crew.stranger, a_text(read_cast.ARTICLE + "?"))
    assert queue(crew.of_all, country="PL") == [three.pk]
    assert queue(crew.of_all, language="de") == [two.pk]
    assert queue(crew.of_all, what="aid") == [one.pk, two.pk]
    assert queue(crew.of_all, what="tie", confidence="sure") == [one.pk, two.pk]
    assert queue(crew.of_all, what="tie", confidence="unsure") == [three.pk]
    assert queue(crew.of_all, confidence="nonsense") == [one.pk, two.pk, three.pk]
    feed = Feed.objects.create(
        public_id="feed_a", url="https://example.org/feed", added_by="x", added_at=one.added_at
    )
    FeedItem.objects.create(feed=feed, mark="m", seen_at=one.added_at, document=two)
    assert queue(crew.of_all, feed="feed_a") == [two.pk]
    assert Asked(feed="feed_a").narrowed
    assert not Asked().narrowed


def test_decided_documents_leave_the_queue_and_count_no_more(crew, fake):
    document = sent(crew.stranger)
    for one in document.proposals.all():
        reject(actor=crew.of_all, proposal=one, reason="Not said.")
    assert queue(crew.of_all) == []


def test_ages_are_counted_by_span(crew, fake):
    now = timezone.now()
    for number, days in enumerate((0, 0, 2, 5, 20, 60, 400)):
        document = sent(crew.stranger, a_text(f"{read_cast.ARTICLE} {number}"))
        Document.objects.filter(pk=document.pk).update(added_at=now - dt.timedelta(days=days))
    assert ages(waiting(crew.of_all), now) == [2, 1, 1, 1, 1, 1]


@pytest.mark.parametrize(
    ("confidence", "word"), [(1.0, "sure"), (0.8, "sure"), (0.5, "likely"), (0.0, "unsure")]
)
def test_confidence_is_told_in_words(confidence, word):
    assert confidence_word(confidence) == word
