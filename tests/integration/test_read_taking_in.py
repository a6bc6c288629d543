"""A document comes in: kept, read, its proposals waiting; what comes twice is here once."""

import hashlib
import stat

import pytest
import read_cast
from read_cast import ARTICLE, MEET, SIGNED, URL, a_stage, a_text, a_tie, first, sent, some_aid

from mistok.accounts.actors import Actor
from mistok.config import working
from mistok.ingest.documents import archive
from mistok.ingest.documents.claims import claim_of
from mistok.ingest.documents.limiting import TooMany, count_use
from mistok.ingest.documents.policies import may_read, may_review
from mistok.ingest.documents.services import known_document, reread, reread_old
from mistok.ingest.documents.taking_in import LONGEST_TEXT
from mistok.ingest.models import Document, Proposal
from mistok.kernel.errors import Invalid, NotAllowed, Unavailable
from mistok.provenance.models import AuditEvent, Source, Statement
from mistok.reading.model import Item

pytestmark = pytest.mark.django_db
fake, ground, crew = read_cast.fake, read_cast.ground, read_cast.crew


def test_text_is_kept_with_its_bytes_and_proposals(crew, fake, settings):
    document = sent(crew.stranger, url=URL, publisher="The Paper", title="They sign")
    sha256 = hashlib.sha256(ARTICLE.encode()).hexdigest()
    assert (document.sha256, document.archived) == (sha256, f"{sha256[:2]}/{sha256}")
    assert archive.kept(document.archived) == ARTICLE.encode()
    assert stat.S_IMODE((settings.MISTOK_ARCHIVE / document.archived).stat().st_mode) == 0o600
    assert (document.title, document.publisher, document.language) == (
        "They sign",
        "The Paper",
        "en",
    )
    assert (document.published, document.added_by) == ("2023-03-01", str(crew.stranger))
    told = list(document.proposals.values_list("number", "what", "state", "countries"))
    assert told == [
        (1, "tie", "open", ["DE", "UA"]),
        (2, "aid", "open", ["DE", "UA"]),
        (3, "project", "open", ["DE", "UA"]),
    ]
    assert document.open_proposals == 3
    one = first(document)
    assert document.text[one.start : one.end] == one.content["evidence"] == SIGNED


def test_nothing_becomes_a_fact_by_coming_in(crew, fake):
    sent(crew.stranger)
    assert not Statement.objects.exists()
    assert not Source.objects.exists()


def test_same_bytes_of_one_address_are_one_document(crew, fake):
    one = sent(crew.stranger, url=URL)
    assert known_document(data=ARTICLE.encode(), url=URL) == one
    assert sent(crew.owner, url=URL) == one
    assert Document.objects.count() == 1
    assert sent(crew.owner, url=URL + "?page=2") != one


def test_same_words_of_another_address_are_a_copy(crew, fake):
    one = sent(crew.stranger, url=URL)
    two = sent(crew.owner, a_text(ARTICLE.upper()), url="https://other.example/copied")
    three = sent(crew.owner, a_text(ARTICLE.lower()), url="https://third.example/copied")
    assert (one.copy_of, two.copy_of, three.copy_of) == (None, one, one)


def test_audit_tells_who_sent_and_no_words(crew, fake):
    document = sent(crew.stranger)
    event = AuditEvent.objects.get(verb="take_in_document")
    assert (event.actor, event.subject) == (str(crew.stranger), document.public_id)
    assert event.after == {"origin": "pasted", "language": "en", "proposals": 3}


def test_without_an_account_nothing_is_kept(fake, settings):
    with pytest.raises(NotAllowed):
        sent(Actor())
    assert not Document.objects.exists()
    assert not settings.MISTOK_ARCHIVE.exists()
    assert fake.read_texts == []


def test_claim_made_twice_is_one_proposal_with_the_surest_words(crew, fake):
    def rule(text):
        weak = a_tie(text, quote=MEET, confidence=0.3)
        return {"ties": (weak, a_tie(text, "zhytomyr", "dortmund"), weak)}

    fake.says(rule)
    (one,) = sent(crew.stranger).proposals.all()
    assert one.content["evidence"] == SIGNED


@pytest.mark.parametrize(
    ("text", "code"), [(" \n ", "text_empty"), ("a" * (LONGEST_TEXT + 1), "text_too_long")]
)
def test_text_without_words_or_end_is_refused(crew, fake, text, code):
    with pytest.raises(Invalid) as caught:
        sent(crew.stranger, a_text(text))
    assert caught.value.code == code
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://example.org/x", "https://example.org/" + "x" * 1000]
)
def test_address_must_be_that_of_a_page(crew, fake, url):
    with pytest.raises(Invalid) as caught:
        sent(crew.stranger, url=url)
    assert caught.value.code == "url_malformed"


def test_nul_in_a_text_becomes_a_blank_and_moves_nothing(crew, fake):
    document = sent(crew.stranger, a_text(ARTICLE.replace("In May", "In\x00May"), title="A\x00b"))
    assert "\x00" not in document.text
    assert len(document.text) == len(ARTICLE)
    assert document.title == "A b"


def test_title_is_the_first_line_where_none_is_told(crew, fake):
    assert sent(crew.stranger).title == "Dortmund and Zhytomyr sign"
    fake.says(lambda text: {"notes": ("no_words",)})
    empty = sent(crew.stranger, a_text("\n" * 4100 + "late", lang=""))
    assert (empty.title, empty.note, empty.open_proposals) == ("", "no_words", 0)


def test_copy_that_cannot_be_kept_leaves_nothing(crew, fake, settings, tmp_path):
    settings.MISTOK_ARCHIVE = tmp_path / "file"
    settings.MISTOK_ARCHIVE.write_text("no folder")
    with pytest.raises(Unavailable) as caught:
        sent(crew.stranger)
    assert caught.value.code == "archive_unusable"
    assert not Document.objects.exists()


def test_half_written_copy_is_cleared_away(settings, monkeypatch):
    def full(_handle):
        raise OSError("no space left")

    monkeypatch.setattr(archive.os, "fsync", full)
    with pytest.raises(Unavailable):
        archive.keep(b"words")
    assert [path for path in settings.MISTOK_ARCHIVE.rglob("*") if path.is_file()] == []


def test_archive_keeps_the_same_bytes_once_and_tells_what_is_lost():
    name = archive.keep(b"words")
    assert archive.keep(b"words") == name
    with pytest.raises(Unavailable) as caught:
        archive.kept("00/none")
    assert caught.value.code == "archive_lost"


def test_text_is_shown_to_sender_and_reviewers_in_scope(crew, fake):
    document = sent(crew.stranger)
    readers = {name for name, actor in vars(crew).items() if may_read(actor, document)}
    allowed = {"stranger", "coordinator", "steward", "of_ukraine", "of_germany", "of_all"}
    assert readers == allowed | {"of_zhytomyr"}
    assert may_read(Actor(shell="root"), document)
    assert not may_read(Actor(), document)


def test_what_names_no_place_is_for_reviewers_of_the_world(crew, fake):
    fake.says(lambda text: {"aid": (some_aid(text, "Red Cross", "the people"),)})
    one = first(sent(crew.stranger), "aid")
    reviewers = {name for name, actor in vars(crew).items() if may_review(actor, one)}
    assert reviewers == {"coordinator", "steward", "of_all"}


def test_region_alone_is_no_country(crew, fake):
    fake.says(lambda text: {"ties": (a_tie(text, "dortmund", "bucha"),)})
    one = first(sent(crew.stranger))
    assert may_review(crew.of_ukraine, one)
    assert not may_review(crew.of_zhytomyr, one)


def test_reading_anew_replaces_what_stands_open_and_leaves_what_was_decided(
    crew, fake, monkeypatch
):
    from mistok.ingest.documents.services import reject

    document = sent(crew.stranger)
    reject(actor=crew.of_all, proposal=first(document, "aid"), reason="Not said.")
    fake.says(
        lambda text: {
            "ties": (a_tie(text, event="active"),),
            "aid": (some_aid(text), some_aid(text, "gdynia")),
        }
    )
    opened = {"open_text": lambda text, **_more: a_text(text)}
    monkeypatch.setattr(read_cast.rereading, "open_text", opened["open_text"], raising=False)
    assert reread(actor=crew.of_all, document=document) == 2
    told = list(document.proposals.order_by("number").values_list("what", "state"))
    assert told == [
        ("tie", "superseded"),
        ("aid", "rejected"),
        ("project", "superseded"),
        ("tie", "open"),
        ("aid", "open"),
    ]
    assert document.open_proposals == 2
    event = AuditEvent.objects.get(verb="reread_document")
    assert event.after == {"superseded": 2, "proposals": 2}


def test_reading_anew_is_for_reviewers_of_the_world(crew, fake):
    document = sent(crew.stranger)
    for actor in (crew.stranger, crew.of_ukraine):
        with pytest.raises(NotAllowed):
            reread(actor=actor, document=document)


def test_worker_reads_anew_what_an_older_reader_read(crew, fake, monkeypatch):
    old, decided = sent(crew.stranger), sent(crew.stranger, a_text("Nothing at all is told here."))
    Document.objects.update(reader="0")
    assert working.JOBS["readings"]() == {"read": 1}
    assert (read_cast.again(old).reader, read_cast.again(decided).reader) == ("1", "0")
    assert reread_old() == 0


def test_kept_text_that_opens_otherwise_today_keeps_its_proposals(crew, fake, monkeypatch):
    document = sent(crew.stranger)
    Document.objects.update(reader="0")
    monkeypatch.setattr(
        read_cast.rereading, "open_text", lambda text, **_more: a_text(text + " more")
    )
    assert reread(actor=crew.of_all, document=document) == 3
    assert (document.reader, document.proposals.filter(state="open").count()) == ("1", 3)


def test_claims_are_the_same_whoever_makes_them(crew, fake):
    text = a_text()
    fake.says(lambda _text: {"ties": (a_tie(text, confidence=0.2, quote=MEET),)})
    (one,) = sent(crew.stranger).proposals.all()
    turned = one.content | {"parties": one.content["parties"][::-1], "confidence": 1}
    assert claim_of("tie", turned) == one.claim
    for change in ({"date": "2024"}, {"event": "severed"}, {"kind": "partner"}, {"planned": True}):
        assert claim_of("tie", one.content | change) != one.claim
    pair = {key: value for key, value in one.content.items() if key != "parties"}
    assert claim_of("tie", pair) == one.claim


def test_claims_of_places_without_a_key_go_by_country_and_name():
    text = a_text()
    told = some_aid(text, "kreis", "the people", Item("Blankets", 3.5, "t", ">"))
    from mistok.reading.telling import aid_document

    content = aid_document(told, text.text)
    same = content | {"to": "The  People", "items": [content["items"][0] | {"what": "blankets"}]}
    assert claim_of("aid", same) == claim_of("aid", content)
    other = content["from_party"] | {"country": "AT"}
    assert claim_of("aid", content | {"from_party": other}) != claim_of("aid", content)
    less = [content["items"][0] | {"bound": ""}]
    assert claim_of("aid", content | {"items": less}) != claim_of("aid", content)
    assert claim_of("aid", content | {"items": None, "from": None}) != claim_of("aid", content)


def test_uses_are_counted_by_the_hour():
    for _turn in range(3):
        count_use("page", "192.0.2.1", most=3)
    with pytest.raises(TooMany) as caught:
        count_use("page", "192.0.2.1", most=3)
    assert 0 < caught.value.details["seconds"] <= 3600
    count_use("page", "192.0.2.2", most=3)
    count_use("send", "192.0.2.1", most=3)


def test_count_that_fell_out_of_the_cache_begins_anew(monkeypatch):
    from mistok.ingest.documents import limiting

    def gone(_name):
        raise ValueError

    count_use("page", "192.0.2.1", most=1)
    monkeypatch.setattr(limiting.cache, "incr", gone)
    count_use("page", "192.0.2.1", most=1)


def test_stage_is_kept_with_its_words(crew, fake):
    fake.says(lambda text: {"ties": (a_tie(text, history=(a_stage(text),)),)})
    (one,) = sent(crew.stranger).proposals.all()
    assert one.content["history"][0]["evidence"] == MEET
    assert Proposal.objects.get().meant == one.content


def test_two_who_send_the_same_at_once_have_one_document(crew, fake, monkeypatch):
    real = read_cast.taking_in._read

    def slowly(text):
        # While this one is being read, the other one has been kept already.
        monkeypatch.setattr(read_cast.taking_in, "_read", real)
        sent(crew.owner)
        return real(text)

    monkeypatch.setattr(read_cast.taking_in, "_read", slowly)
    document = sent(crew.stranger)
    assert document == Document.objects.get()
    assert document.added_by == str(crew.owner)
    assert AuditEvent.objects.filter(verb="take_in_document").count() == 1


@pytest.mark.parametrize(
    ("url", "country"),
    [
        ("https://example.com.ua/x", "UA"),
        ("https://www.example.co.uk/x", "GB"),
        ("https://example.ru/x", "RU"),
        ("https://example.com/x", ""),
        ("https://example.co/x", ""),
        ("", ""),
    ],
)
def test_country_of_a_publisher_is_told_by_its_domain(url, country):
    from mistok.registry.outlets import publisher_country

    assert publisher_country(url) == country


def test_address_that_a_pasted_file_tells_of_itself_is_not_believed(crew, fake):
    text = a_text(url="https://www.bbc.example/news")
    assert sent(crew.stranger, text, origin="uploaded").url == ""
    assert sent(crew.stranger, text, origin="address").url == "https://www.bbc.example/news"
