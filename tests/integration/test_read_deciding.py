"""A reviewer decides: statements with their source, nothing twice, everything by whom and why."""

import pytest
import read_cast
from read_cast import (
    ARTICLE,
    MEET,
    PLACES,
    SIGNED,
    URL,
    a_project,
    a_stage,
    a_text,
    a_tie,
    again,
    changed,
    first,
    party,
    refused,
    sent,
    statements,
)

from factories import BUCHA, DORTMUND, ZHYTOMYR, a_source
from mistok.accounts.actors import Actor
from mistok.ingest.documents.citing import kind_of, same_title, slug_of
from mistok.ingest.documents.services import accept, accept_all, correct, reject
from mistok.ingest.models import Document
from mistok.kernel.errors import Conflict, Invalid, NotAllowed
from mistok.provenance.models import AuditEvent, Retrieval, Source, Statement
from mistok.provenance.services import withdraw_statement
from mistok.provenance.values import TieEvent
from mistok.registry.models import Support, Tie
from mistok.registry.services import tie_subject

pytestmark = pytest.mark.django_db
fake, ground, crew = read_cast.fake, read_cast.ground, read_cast.crew


def test_accepted_tie_stands_in_the_registry_with_its_words(crew, fake):
    fake.says(lambda text: {"ties": (a_tie(text, label="twinning", history=(a_stage(text),)),)})
    document = sent(crew.stranger, url=URL, publisher="The Paper")
    one = accept(actor=crew.of_ukraine, proposal=first(document))
    subject = tie_subject([DORTMUND, ZHYTOMYR])
    assert (one.state, one.subject, one.version) == ("accepted", subject, 2)
    tie = Tie.objects.get(public_id=subject)
    assert (tie.kind, tie.state, tie.since, tie.public) == (
        "twinning",
        "signed",
        "2023-02-23",
        True,
    )
    assert {said.value for said in statements(one, "party")} == {DORTMUND, ZHYTOMYR}
    (label,) = statements(one, "label")
    assert (label.value, label.lang) == ("twinning", "en")
    signed, planned = sorted(statements(one, "event"), key=lambda said: "planned" in said.value)
    start = ARTICLE.index(SIGNED)
    assert signed.original_value == SIGNED
    assert signed.locator == f"characters {start}–{start + len(SIGNED)}"
    assert (signed.origin, signed.visibility) == ("reading", "public")
    told = TieEvent.from_text(planned.value)
    assert (told.event, told.date, told.planned) == ("signed", "2023-05", True)
    assert planned.original_value == MEET
    assert (again(document).open_proposals, again(document).source) == (0, signed.source)


def test_source_carries_publisher_date_language_and_hash(crew, fake):
    document = sent(crew.stranger, url=URL, publisher="The Paper", published="2023-03-02")
    accept(actor=crew.of_all, proposal=first(document))
    source = Source.objects.get()
    assert (source.publisher, source.url, source.language) == ("The Paper", URL, "en")
    assert (source.published, source.kind, source.trust) == ("2023-03-02", "news", 2)
    assert source.slug.startswith("example-org-news-2023-dortmund-zhytomyr-")
    retrieval = Retrieval.objects.get(source=source)
    assert (retrieval.sha256, retrieval.at) == (document.sha256, document.added_at.date())
    accept(actor=crew.of_all, proposal=first(document, "aid"))
    assert Source.objects.count() == Retrieval.objects.count() == 1


def test_pasted_text_without_an_address_is_a_source_by_its_hash(crew, fake):
    accept(actor=crew.of_all, proposal=first(sent(crew.stranger)))
    source = Source.objects.get()
    assert (source.slug[:5], source.url, source.kind) == ("text-", "", "other")
    assert source.publisher == "unnamed publisher"


def test_address_that_is_a_source_already_stays_that_source(crew, fake):
    known = a_source("minutes", url=URL)
    document = sent(crew.stranger, url=URL)
    accept(actor=crew.of_all, proposal=first(document))
    assert again(document).source == known
    assert Source.objects.count() == 1


def test_copy_is_registered_as_the_copy_of_its_original(crew, fake):
    one = sent(crew.stranger, url=URL)
    two = sent(crew.owner, a_text(ARTICLE + " "), url="https://other.example/copied")
    assert two.copy_of == one
    accept(actor=crew.of_all, proposal=first(two))
    assert again(two).source.copy_of == again(one).source


def test_text_that_bears_the_title_of_a_known_source_counts_with_it(crew, fake):
    title = "Dortmund and Zhytomyr have signed a solidarity partnership"
    known = a_source("paper", title=title, published="2023-03-01")
    document = sent(crew.stranger, title=title.upper())
    assert same_title(document) == known
    accept(actor=crew.of_all, proposal=first(document))
    assert again(document).source.copy_of == known
    third = sent(crew.owner, a_text("Elsewhere. " + ARTICLE[:90], published=None), title=title)
    assert same_title(third) == known
    other_day = sent(crew.owner, a_text(f"{ARTICLE} x"), title=title, published="2019-01-01")
    assert same_title(other_day) is None
    short = sent(crew.owner, a_text(f"{ARTICLE} y"), title="News")
    assert same_title(short) is None


@pytest.mark.parametrize(
    ("url", "publisher", "kind"),
    [
        ("https://zt-rada.gov.ua/news", "", "municipality"),
        ("https://www.dortmund.de/news", "", "news"),
        ("https://stadt.example.de/news", "", "municipality"),
        ("", "The Paper", "news"),
        ("", "", "other"),
    ],
)
def test_kind_of_source_is_told_by_its_address(url, publisher, kind):
    assert kind_of(url, publisher) == kind


def test_addresses_that_differ_in_their_end_have_names_of_their_own():
    one, two = (Document(url=f"{URL}?id={number}") for number in (1, 2))
    assert slug_of(one) != slug_of(two)
    assert len(slug_of(Document(url="https://example.org/" + "a/" * 400))) <= 120


def test_corrected_proposal_keeps_what_was_read(crew, fake):
    fake.says(lambda text: {"ties": (a_tie(text, history=(a_stage(text),)),)})
    one = first(sent(crew.stranger))
    told = {
        "a": party("bucha"),
        "b": party("dortmund"),
        "parties": [party("bucha"), party("dortmund")],
        "kind": "partner",
        "event": "decided",
        "date": "2023",
        "planned": False,
        "label": "Partnerschaft",
        "history": [],
        "evidence": "words that the text does not hold",
    }
    done = correct(actor=crew.of_ukraine, proposal=one, content=told)
    assert done.content["date"] == "2023-02-23"
    assert done.corrected["evidence"] == SIGNED
    assert done.meant["kind"] == "partner"
    assert done.subject == tie_subject([BUCHA, DORTMUND])
    (event,) = statements(done, "event")
    read = TieEvent.from_text(event.value)
    assert (read.event, read.kind, read.date) == ("decided", "partnership", "2023")


def test_consent_of_some_body_is_not_the_consent_of_all(crew, fake):
    fake.says(lambda text: {"ties": (a_tie(text, event="approved"),)})
    one = accept(actor=crew.of_all, proposal=first(sent(crew.stranger)))
    assert TieEvent.from_text(statements(one, "event")[0].value).event == "decided"
    two = first(sent(crew.stranger, a_text(f"{ARTICLE} Both councils.")))
    done = correct(actor=crew.of_all, proposal=two, content=dict(two.content))
    assert TieEvent.from_text(statements(done, "event")[0].value).event == "approved"
    assert Tie.objects.get().state == "approved"


def test_planned_event_is_no_fact(crew, fake):
    one = first(sent(crew.stranger))
    done = correct(actor=crew.of_all, proposal=one, content=changed(one.content, planned=True))
    assert TieEvent.from_text(statements(done, "event")[0].value).planned
    assert Tie.objects.get().state == "negotiating"


WRONG = {
    "kind_unknown": {"kind": "brotherhood"},
    "event_unknown": {"event": "dreamt"},
    "parties_missing": {"parties": [PLACES["bucha"].as_document()]},
    "date_malformed": {"date": "yesterday"},
}


@pytest.mark.parametrize("code", WRONG)
def test_correction_of_a_tie_is_checked(crew, fake, code):
    one = first(sent(crew.stranger))
    content = changed(one.content, **WRONG[code])
    refused(code, Invalid, lambda: correct(actor=crew.of_all, proposal=one, content=content))


WRONG_HELP = {
    "status_unknown": ("aid", {"status": "lost"}),
    "too_many_items": ("aid", {"items": [{"what": "x"}] * 31}),
    "giver_missing": ("aid", {"from": " ", "from_party": None}),
    "object_missing": ("project", {"object": " "}),
}


@pytest.mark.parametrize("code", WRONG_HELP)
def test_correction_of_help_is_checked(crew, fake, code):
    what, change = WRONG_HELP[code]
    one = first(sent(crew.stranger), what)
    content = changed(one.content, **change)
    refused(code, Invalid, lambda: correct(actor=crew.of_all, proposal=one, content=content))


def test_correction_must_stay_in_the_scope_of_its_reviewer(crew, fake):
    one = first(sent(crew.stranger))
    content = changed(one.content, parties=[party("dortmund"), party("gdynia")])
    with pytest.raises(NotAllowed):
        correct(actor=crew.of_ukraine, proposal=one, content=content)
    assert again(one).state == "open"
    assert correct(actor=crew.of_germany, proposal=one, content=content).state == "corrected"


def test_rejected_proposal_is_remembered(crew, fake):
    document = sent(crew.stranger)
    one = reject(actor=crew.of_germany, proposal=first(document), reason=" Not said. ")
    assert (one.state, one.reason, one.decided_by) == (
        "rejected",
        "Not said.",
        str(crew.of_germany),
    )
    assert not Statement.objects.exists()
    assert again(document).open_proposals == 2
    event = AuditEvent.objects.get(verb="reject_proposal")
    assert "Not said" not in str(event.after)


def test_rejection_needs_a_reason(crew, fake):
    one = first(sent(crew.stranger))
    refused("reason_missing", Invalid, lambda: reject(actor=crew.of_all, proposal=one, reason="  "))


@pytest.mark.parametrize("who", ["owner", "partner", "stranger", "of_poland"])
def test_others_decide_nothing_and_their_attempt_is_kept(crew, fake, who):
    one = first(sent(crew.stranger))
    actor = getattr(crew, who)
    for act in (
        lambda: accept(actor=actor, proposal=one),
        lambda: correct(actor=actor, proposal=one, content=one.content),
        lambda: reject(actor=actor, proposal=one, reason="No."),
        lambda: accept(actor=Actor(), proposal=one),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert again(one).state == "open"
    assert not Statement.objects.exists()
    assert AuditEvent.objects.filter(verb__startswith="refused_").count() == 4


@pytest.mark.parametrize("who", ["steward", "of_all", "of_zhytomyr"])
def test_stewards_and_every_scope_that_covers_a_party_may_accept(crew, fake, who):
    assert accept(actor=getattr(crew, who), proposal=first(sent(crew.stranger))).state == "accepted"


def test_decided_is_decided(crew, fake):
    document = sent(crew.stranger)
    one, seen = first(document), first(document)
    accept(actor=crew.of_all, proposal=one, expected=1)
    refused("proposal_changed", Conflict, lambda: accept(actor=crew.of_germany, proposal=seen))
    refused(
        "proposal_changed",
        Conflict,
        lambda: reject(actor=crew.of_germany, proposal=seen, reason="No.", expected=1),
    )
    two = reject(actor=crew.of_all, proposal=first(document, "aid"), reason="No.")
    refused("proposal_changed", Conflict, lambda: accept(actor=crew.of_all, proposal=two))
    assert Tie.objects.get().sources_count == 1


def test_version_that_was_not_seen_is_not_decided(crew, fake):
    document = sent(crew.stranger)
    one = first(document)
    refused(
        "proposal_changed", Conflict, lambda: accept(actor=crew.of_all, proposal=one, expected=7)
    )
    document.proposals.update(state="superseded")
    refused("proposal_changed", Conflict, lambda: accept(actor=crew.of_all, proposal=one))


def test_what_a_person_withdrew_does_not_come_again_by_reading(crew, fake):
    a_source("minutes", url=URL)
    one = accept(actor=crew.of_all, proposal=first(sent(crew.stranger, url=URL)))
    (event,) = statements(one, "event")
    withdraw_statement(actor="x", statement=event, reason="A misprint.", at=event.first_seen)
    newer = sent(crew.owner, a_text(ARTICLE + " "), url=URL)
    two = first(newer)
    refused("statement_withdrawn_before", Conflict, lambda: accept(actor=crew.of_all, proposal=two))


def test_audit_of_an_acceptance_holds_no_words(crew, fake):
    one = accept(actor=crew.of_ukraine, proposal=first(sent(crew.stranger)))
    event = AuditEvent.objects.get(verb="accept_proposal")
    assert (event.actor, event.subject) == (str(crew.of_ukraine), one.public_id)
    assert event.after["subject"] == one.subject
    assert set(event.after) == {"document", "what", "state", "subject", "statements"}
    assert "twinning agreement" not in str(AuditEvent.objects.values_list("after", flat=True))


def test_all_at_once(crew, fake):
    document = sent(crew.stranger)
    taken = accept_all(actor=crew.of_ukraine, document=document)
    assert ([one.number for one in taken.accepted], taken.left) == ([1, 2, 3], ())
    assert (document.open_proposals, Tie.objects.count(), Support.objects.count()) == (0, 1, 3)
    refused("nothing_chosen", Invalid, lambda: accept_all(actor=crew.of_ukraine, document=document))


def test_several_are_chosen_and_what_cannot_be_taken_is_left_and_told(crew, fake):
    def rule(text):
        far = a_tie(text, "dortmund", "gdynia", quote=MEET)
        return read_cast.the_usual(text) | {
            "ties": (a_tie(text), far),
            "projects": (a_project(text, "zhytomyr", "the people"),),
        }

    fake.says(rule)
    document = sent(crew.stranger)
    seen = dict(document.proposals.values_list("public_id", "version"))
    stale = first(document, "aid").public_id
    taken = accept_all(actor=crew.of_ukraine, document=document, chosen=seen | {stale: 9})
    assert [one.what for one in taken.accepted] == ["tie"]
    codes = sorted(refusal.code for _one, refusal in taken.left)
    assert codes == ["outside_scope", "proposal_changed", "receiver_missing"]
    assert again(document).open_proposals == 3
    event = AuditEvent.objects.get(verb="accept_proposals")
    assert event.after == {"accepted": 1, "left": 3}


def test_when_none_can_be_taken_the_first_reason_is_told(crew, fake):
    with pytest.raises(NotAllowed):
        accept_all(actor=crew.of_poland, document=sent(crew.stranger))
    assert not Source.objects.exists()
