"""From review to the pages of sources: copies join, aggressors are marked, fingerprints find."""

import pytest
import read_cast
from django.test import Client
from django.utils import timezone
from read_cast import ARTICLE, a_text, again, first, sent

from factories import a_source
from mistok.ingest.documents.copies import DAYS, fingerprint, nearest, original_of
from mistok.ingest.documents.services import accept
from mistok.ingest.models import Document
from mistok.provenance.models import Source
from mistok.registry.models import Tie

pytestmark = pytest.mark.django_db
fake, ground, crew = read_cast.fake, read_cast.ground, read_cast.crew
ONLY = "Only publishers of an aggressor state tell this"
OTHER = (
    "The library of Gdynia opens on Sundays from next month on. The director said that students "
    "had asked for it, and that tea will be free of charge until the end of the year."
)


@pytest.fixture(autouse=True)
def reader(fake, world, static_files):
    return fake


def reviewed(actor, document):
    client = Client()
    client.force_login(actor.user)
    answer = client.get(f"/en/read/{document.public_id}/")
    assert answer.status_code == 200
    return answer.content.decode()


def a_document(number, text=ARTICLE, **fields):
    told = {"language": "en", "published": "2023-03-01", "added_at": timezone.now()} | fields
    return Document.objects.create(
        public_id=f"document_{number}",
        sha256=f"{number:064}",
        text=text,
        fingerprint=fingerprint(text),
        origin="pasted",
        added_by="person_x",
        **told,
    )


def test_a_claim_of_an_aggressor_alone_is_marked_for_its_reviewer(crew):
    document = sent(crew.stranger, url="https://ria.ru/1")
    assert document.publisher_country == "RU"
    assert ONLY in reviewed(crew.of_all, document)


def test_a_claim_of_another_publisher_is_not_marked(crew):
    assert ONLY not in reviewed(crew.of_all, sent(crew.stranger, url="https://kyiv.ua/1"))


def test_what_an_agency_copied_stays_with_who_wrote_it_first(crew):
    """It makes no difference that the copy was read before."""
    agency = sent(crew.stranger, url="https://tass.com/1", published="2023-03-02")
    paper = sent(crew.stranger, a_text(f"{ARTICLE} "), url="https://paper.fr/1")
    assert again(agency).copy_of == paper
    for document in (again(agency), again(paper)):
        assert ONLY not in reviewed(crew.of_all, document)
        accept(actor=crew.of_all, proposal=first(document))
    told = Source.objects.get(url="https://tass.com/1")
    assert told.copy_of == Source.objects.get(url="https://paper.fr/1")


def test_a_copy_that_was_accepted_before_its_original_was_read_is_joined(crew):
    agency = sent(crew.stranger, url="https://tass.com/1", published="2023-03-02")
    accept(actor=crew.of_all, proposal=first(agency))
    paper = sent(crew.stranger, a_text(f"{ARTICLE} "), url="https://paper.fr/1")
    accept(actor=crew.of_all, proposal=first(paper))
    assert again(again(agency).source).copy_of == again(paper).source
    assert again(again(paper).source).copy_of is None


def test_an_address_that_was_a_source_before_is_joined_too(crew):
    known = a_source("known", url="https://paper.fr/1")
    council = sent(crew.stranger, url="https://council.com/1")
    paper = sent(crew.stranger, a_text(f"{ARTICLE} "), url="https://paper.fr/1")
    accept(actor=crew.of_all, proposal=first(paper))
    assert again(known).copy_of == again(council).source


def test_a_claim_that_somebody_else_tells_already_is_not(crew):
    known = sent(crew.stranger, url="https://kyiv.ua/1")
    for proposal in known.proposals.all():
        accept(actor=crew.of_all, proposal=proposal)
    document = sent(crew.stranger, a_text(f"{OTHER}\n\n{ARTICLE}"), url="https://ria.ru/1")
    Document.objects.filter(pk=document.pk).update(copy_of=None)
    page = reviewed(crew.of_all, again(document))
    # The tie is told elsewhere; help and the project are reports of their own.
    assert page.count(ONLY) == 2


def test_words_of_an_aggressor_stay_so_in_another_paper(crew):
    agency = sent(crew.stranger, url="https://tass.com/1")
    copied = sent(crew.stranger, a_text(f"{ARTICLE} "), url="https://abroad.fr/1")
    assert copied.copy_of == agency
    assert ONLY in reviewed(crew.of_all, copied)


def test_the_source_of_an_accepted_copy_repeats_the_source_of_its_original(crew):
    one = sent(crew.stranger, url="https://council.com/1")
    two = sent(crew.stranger, a_text(f"Another headline\n\n{ARTICLE}"), url="https://paper.com/1")
    for document in (two, one):
        accept(actor=crew.of_all, proposal=first(document))
    assert Source.objects.get(url="https://paper.com/1").copy_of == Source.objects.get(
        url="https://council.com/1"
    )
    page = Client().get(f"/en/ties/{Tie.objects.get().public_id}/").content.decode()
    assert "(2 sources, 1 independent)" in page


def test_the_nearest_of_several_is_found_and_others_are_left_alone():
    assert nearest(text=ARTICLE) is None
    a_document(1, OTHER)
    assert nearest(text=ARTICLE) is None
    one, half = a_document(2), a_document(3, ARTICLE[: len(ARTICLE) * 2 // 3])
    found = nearest(text=ARTICLE)
    assert (found.document, found.distance, found.share) == (one, 0, 1.0)
    assert nearest(text=ARTICLE, besides=one.pk).document == half
    assert nearest(text="… 12 …") is None


def test_the_older_of_equals_is_the_original():
    later = a_document(1)
    older = a_document(2, added_at=later.added_at - timezone.timedelta(days=1))
    assert nearest(text=ARTICLE).document == older


def test_a_text_of_another_language_or_season_is_no_copy():
    a_document(1, published="2022-03-01")
    assert nearest(text=ARTICLE, published="2023-03-01") is None
    assert nearest(text=ARTICLE, published="2023-03-01", language="en") is None
    assert nearest(text=ARTICLE, published="2022-03-25", language="uk") is None
    assert nearest(text=ARTICLE, published="2022-03-25", language="en") is not None
    assert nearest(text=ARTICLE, published="2022") is not None
    assert nearest(text=ARTICLE, published="<2014") is not None
    assert DAYS == 31


@pytest.mark.parametrize("published", ["", "2023", "2023-02", "2023-03-29"])
def test_texts_with_dates_less_exact_are_looked_at(published):
    a_document(1, published=published)
    assert nearest(text=ARTICLE, published="2023-03-01") is not None


def test_copies_of_copies_lead_to_the_first():
    one = a_document(1)
    two = a_document(2, copy_of=one)
    three = a_document(3, copy_of=two)
    assert original_of(three) == original_of(one) == one
    Document.objects.filter(pk=one.pk).update(copy_of=three)
    assert original_of(again(three)).pk in {1, one.pk, two.pk, three.pk}
