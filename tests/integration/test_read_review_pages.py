"""Pages of review: who may look, one click to accept, corrections, reasons, the queue."""

import datetime as dt
import html
import re

import pytest
import read_cast
from django.test import Client
from django.utils import timezone
from read_cast import (
    ARTICLE,
    MEET,
    SIGNED,
    URL,
    a_project,
    a_stage,
    a_text,
    a_tie,
    again,
    first,
    sent,
    some_aid,
)

from factories import BUCHA, DORTMUND, a_source
from mistok.ingest.documents.services import accept, correct, reject
from mistok.ingest.models import Document
from mistok.provenance.models import AuditEvent, Statement
from mistok.provenance.values import SupportReport
from mistok.reading.model import Item
from mistok.registry.models import Support, Tie
from mistok.registry.services import tie_subject

pytestmark = pytest.mark.django_db
fake, ground, crew = read_cast.fake, read_cast.ground, read_cast.crew


@pytest.fixture(autouse=True)
def reader(fake, settings, tmp_path):
    settings.MISTOK_DATA = tmp_path
    return fake


def browser(actor=None):
    client = Client()
    if actor is not None:
        client.force_login(actor.user)
    return client


def page_of(document, number=None, language="en"):
    end = "" if number is None else f"{number}/"
    return f"/{language}/read/{document.public_id}/{end}"


def text_of(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:3000]
    return html.unescape(answer.content.decode()).replace("\u00a0", " ")


def plain(answer, status=200):
    main = text_of(answer, status).partition('id="main"')[2].split("<footer")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def act(client, document, name, number=None, **fields):
    told = {"act": name, "version": "1", "key": "k" + re.sub(r"\W", "", name)} | fields
    return client.post(page_of(document, number), told)


def test_text_is_for_its_sender_and_for_reviewers_in_scope(crew):
    document = sent(crew.stranger)
    addresses = [page_of(document), page_of(document) + "text/", page_of(document, 1)]
    for who in ("owner", "partner", "of_poland"):
        for address in addresses:
            answer = browser(getattr(crew, who)).get(address)
            assert answer.status_code == 404
            assert "Zhytomyr" not in text_of(answer, 404)
    for address in addresses:
        assert browser().get(address).status_code == 404
    for who in ("stranger", "of_ukraine", "of_germany", "of_zhytomyr", "of_all", "steward"):
        assert SIGNED in text_of(browser(getattr(crew, who)).get(addresses[0]))
        assert browser(getattr(crew, who)).get(addresses[1]).status_code == 200
    assert browser(crew.stranger).get(addresses[2]).status_code == 403
    assert browser(crew.of_ukraine).get("/en/read/document_aaaaaaaaaaaa/").status_code == 404
    assert browser(crew.of_ukraine).get(page_of(document, 99)).status_code == 404


def test_sender_sees_what_becomes_of_it_and_can_decide_nothing(crew):
    document = sent(crew.stranger)
    client = browser(crew.stranger)
    text = text_of(client.get(page_of(document)))
    assert "3 proposals wait for review." in text
    assert 'value="accept-1"' not in text
    assert "Reject it" not in text
    answer = act(client, document, "accept-1")
    assert answer.status_code == 400
    assert not Statement.objects.exists()
    accept(actor=crew.of_all, proposal=first(document))
    reject(actor=crew.of_all, proposal=first(document, "aid"), reason="The text does not say it.")
    said = plain(client.get(page_of(document)))
    assert "Accepted by a coordinator on" in said
    assert "Reason: The text does not say it." in said


def test_whole_text_is_a_file_and_never_a_page(crew):
    document = sent(crew.stranger, a_text(f"<script>alert(1)</script> {ARTICLE}"))
    answer = browser(crew.stranger).get(page_of(document) + "text/")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="{document.public_id}.txt"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.content.decode() == document.text


def test_one_click_accepts(crew):
    document = sent(crew.stranger, url=URL)
    client = browser(crew.of_ukraine)
    answer = act(client, document, "accept-1")
    assert answer["Location"] == page_of(document) + "#proposal-1"
    assert Tie.objects.count() == 1
    said = plain(client.get(page_of(document)))
    assert "Accepted. It stands in the registry with this source now." in said
    assert "Accepted by you on" in said
    assert "The source in the registry" in said
    # Sent again, it is recorded once.
    assert act(client, document, "accept-1").status_code in (302, 409)
    assert AuditEvent.objects.filter(verb="accept_proposal").count() == 1


def test_what_somebody_else_has_decided_meanwhile_is_told(crew):
    document = sent(crew.stranger)
    client = browser(crew.of_germany)
    assert 'value="accept-1"' in text_of(client.get(page_of(document)))
    reject(actor=crew.of_ukraine, proposal=first(document), reason="No.")
    said = plain(act(client, document, "accept-1"), 409)
    assert "Somebody has rejected this proposal already." in said
    assert not Statement.objects.exists()


def test_acceptance_that_is_impossible_says_what_to_correct(crew, reader):
    reader.says(lambda text: {"aid": (some_aid(text, "dortmund", "the people"),)})
    document = sent(crew.stranger)
    said = plain(act(browser(crew.of_germany), document, "accept-1"), 400)
    assert "The text does not name a place that receives." in said
    assert "Correct it first" in said


def test_rejection_needs_a_reason_and_keeps_it(crew):
    document = sent(crew.stranger)
    client = browser(crew.of_ukraine)
    said = plain(act(client, document, "reject-1", choice="", words=" "), 400)
    assert "Say why it is rejected" in said
    answer = act(client, document, "reject-1", choice="not_said", words="Only a visit.", key="k2")
    assert answer.status_code == 302
    one = first(document)
    assert (one.state, one.reason) == ("rejected", "The text does not say this. Only a visit.")
    assert "Rejected by you on" in plain(client.get(page_of(document)))


def test_same_claim_in_another_text_is_shown_with_its_rejection_to_reviewers(crew):
    reject(actor=crew.of_germany, proposal=first(sent(crew.stranger)), reason="A misprint.")
    other = sent(crew.stranger, a_text(f"{ARTICLE} More."))
    said = plain(browser(crew.of_ukraine).get(page_of(other)))
    assert "The same claim was rejected before" in said
    assert "By a coordinator on" in said
    assert "A misprint." in said
    assert "A misprint." not in plain(browser(crew.stranger).get(page_of(other)))


def test_several_are_accepted_at_once_by_a_list_of_ticks(crew):
    document = sent(crew.stranger)
    client = browser(crew.of_ukraine)
    text = text_of(client.get(page_of(document)))
    chosen = re.findall(r'name="chosen" value="([^"]+)"', text)
    assert len(chosen) == 3
    assert "Dortmund ⌒ Zhytomyr, twinning, Signed, 23 February 2023" in text
    answer = act(client, document, "all", version="0", chosen=chosen[:2])
    assert answer.status_code == 302
    assert "2 proposals were accepted." in plain(client.get(page_of(document)))
    assert again(document).open_proposals == 1


def test_what_is_left_of_several_is_told(crew, reader):
    reader.says(
        lambda text: {
            "ties": (a_tie(text),),
            "projects": (a_project(text, "zhytomyr", "the people"),),
        }
    )
    document = sent(crew.stranger)
    client = browser(crew.of_ukraine)
    chosen = [f"{one.public_id}:1" for one in document.proposals.all()]
    act(client, document, "all", version="0", chosen=chosen)
    said = plain(client.get(page_of(document)))
    assert "1 proposal was accepted. No. 2 was left open: The text does not name a place" in said
    assert plain(act(client, document, "all", version="0", key="other"), 400)


def the_form(client, document, number=1):
    """What the form of correction holds when it is shown."""
    text = client.get(page_of(document, number)).content.decode()
    form = text.partition('class="act"')[2].partition("</form>")[0]
    found = {}
    for name, value in re.findall(r'<input type="text" name="(\w+)"(?: value="([^"]*)")?', form):
        found[name] = html.unescape(value)
    for name, body in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', body)
        found[name] = chosen[1] if chosen else ""
    return found


def test_reviewer_corrects_a_tie(crew, reader):
    reader.says(lambda text: {"ties": (a_tie(text, history=(a_stage(text),)),)})
    document = sent(crew.stranger)
    client = browser(crew.of_ukraine)
    told = the_form(client, document)
    assert (told["kind"], told["event"], told["date"]) == ("twinning", "signed", "2023-02-23")
    assert told["party_1"] == DORTMUND
    told |= {"party_2": "Bucha", "party_2_country": "ua", "kind": "partner", "date": "2.2023"}
    answer = act(client, document, "correct", 1, **told)
    assert answer["Location"] == page_of(document) + "#proposal-1"
    one = first(document)
    assert one.subject == tie_subject([DORTMUND, BUCHA])
    assert (one.corrected["kind"], one.corrected["history"]) == ("partner", [])
    said = plain(client.get(page_of(document)))
    assert "As it was read: Dortmund ⌒ Zhytomyr, twinning, Signed, 23 February 2023" in said
    assert "This proposal is decided." in plain(client.get(page_of(document, 1)))


def test_stage_that_is_ticked_stays(crew, reader):
    reader.says(lambda text: {"ties": (a_tie(text, history=(a_stage(text),)),)})
    document = sent(crew.stranger)
    client = browser(crew.of_ukraine)
    told = the_form(client, document) | {"stages": ["0"], "planned": "on"}
    assert act(client, document, "correct", 1, **told).status_code == 302
    one = first(document)
    assert one.corrected["history"][0]["evidence"] == MEET
    assert one.corrected["planned"] is True


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"party_2": "geonames:99999999999"}, "There is no place with this key"),
        ({"party_2": "Zzyzzyxx Qqqq", "party_2_country": ""}, "No place has this name."),
        ({"party_2": "Springfield", "party_2_country": "US"}, "Several places may be meant."),
        ({"party_2": ""}, "A tie needs two parties."),
        ({"party_2": "X", "party_2_own": "on", "party_2_country": "QQ"}, "two letters"),
        ({"date": "tomorrow"}, "is no date"),
    ],
)
def test_form_of_correction_says_what_is_wrong(crew, fields, words):
    document = sent(crew.stranger)
    client = browser(crew.of_all)
    told = the_form(client, document) | fields
    assert words in plain(act(client, document, "correct", 1, **told), 400)
    assert first(document).state == "open"


def test_place_that_no_gazetteer_has_is_kept_by_its_name(crew):
    document = sent(crew.stranger)
    client = browser(crew.of_germany)
    own = {"party_2": "Kreis Musterland", "party_2_country": "de", "party_2_own": "on"}
    told = the_form(client, document) | own
    assert act(client, document, "correct", 1, **told).status_code == 302
    key = next(
        seat.municipality.key
        for seat in Tie.objects.get().parties.all()
        if seat.municipality.key != DORTMUND
    )
    other = sent(crew.stranger, a_text(f"{ARTICLE} More."))
    told = the_form(client, other) | {"party_2": key, "party_2_country": ""}
    assert act(client, other, "correct", 1, **told).status_code == 302
    assert Tie.objects.count() == 1


def test_reviewer_corrects_help(crew, reader):
    reader.says(lambda text: {"aid": (some_aid(text, "the twin city", "zhytomyr"),)})
    document = sent(crew.stranger)
    client = browser(crew.of_ukraine)
    told = the_form(client, document)
    assert (told["giver"], told["giver_words"]) == ("", "the twin city")
    assert (told["what_1"], told["quantity_1"], told["unit_2"]) == ("generator", "2", "EUR")
    told |= {"giver": "Dortmund", "bound_1": ">", "quantity_1": "3"}
    told |= {"what_2": "", "what_3": "blankets", "restricted": "on", "status": "promised"}
    assert act(client, document, "correct", 1, **told).status_code == 302
    rows = [SupportReport.from_text(row.value) for row in Support.objects.all()]
    assert sorted((row.what["en"], row.quantity) for row in rows) == [
        ("blankets", ""),
        ("generator", ">3"),
    ]
    assert all(row.restricted and row.status == "promised" for row in rows)
    assert {row.giver.key for row in Support.objects.all()} == {DORTMUND}


def test_reviewer_corrects_a_project(crew, reader):
    reader.says(lambda text: {"projects": (a_project(text, "dortmund", "the people"),)})
    document = sent(crew.stranger)
    client = browser(crew.of_germany)
    told = the_form(client, document)
    assert (told["object"], told["amount"], told["receiver"]) == (
        "rebuilding of School No. 3",
        "200000",
        "",
    )
    said = plain(act(client, document, "correct", 1, **told), 400)
    assert "Name the place that gets it." in said
    told |= {"receiver": "Bucha", "receiver_country": "UA", "amount": "1500.5", "key": "n1"}
    told |= {"giver": "", "giver_words": ""}
    said = plain(act(client, document, "correct", 1, **told), 400)
    assert "Name who gives" in said
    told |= {"giver_words": "UNDP", "key": "n2"}
    # Bucha lies outside of Germany, and UNDP nowhere.
    assert act(client, document, "correct", 1, **told).status_code == 403
    told |= {"giver": "Dortmund", "key": "n3"}
    assert act(client, document, "correct", 1, **told).status_code == 302
    read = SupportReport.from_text(Support.objects.get().value)
    assert (read.quantity, read.unit, read.giver) == ("1500.5", "EUR", DORTMUND)


def test_goods_of_dual_use_are_announced_to_the_reviewer(crew, reader):
    reader.says(
        lambda text: {
            "aid": (some_aid(text, "dortmund", "zhytomyr", Item("drones", 3, "pcs", "<")),)
        }
    )
    said = plain(browser(crew.of_ukraine).get(page_of(sent(crew.stranger))))
    assert "drones: up to 3 pcs (readers will see: communication and protective equipment)" in said


def test_decided_page_has_no_buttons_and_a_copy_is_told(crew):
    one = sent(crew.stranger, url=URL)
    two = sent(crew.stranger, a_text(f"{ARTICLE} "), url="https://other.example/copied")
    text = text_of(browser(crew.stranger).get(page_of(two)))
    assert "both count as one source" in text
    assert page_of(one) in text
    for proposal in two.proposals.all():
        reject(actor=crew.of_all, proposal=proposal, reason="A copy.")
    text = text_of(browser(crew.of_all).get(page_of(two)))
    assert "Every proposal is decided." in text
    assert 'value="accept-1"' not in text
    assert 'value="all"' not in text
    foreign = sent(crew.owner, a_text(f"{ARTICLE}  "), url="https://third.example/copied")
    text = text_of(browser(crew.owner).get(page_of(foreign)))
    assert "both count as one source" in text
    assert page_of(one) not in text


def test_source_of_the_same_title_is_shown(crew):
    title = "Dortmund and Zhytomyr have signed a solidarity partnership"
    a_source("paper", title=title, publisher="The Mirror", published="2023-03-01")
    document = sent(crew.stranger, title=title)
    client = browser(crew.of_ukraine)
    assert "A source of the same title is in the registry already" in plain(
        client.get(page_of(document))
    )
    accept(actor=crew.of_all, proposal=first(document))
    assert "A source of the same title" not in plain(client.get(page_of(document)))


def test_document_without_proposals_says_why(crew, reader):
    reader.says(lambda text: {"notes": ("language_not_read",)})
    document = sent(crew.stranger, a_text("Tekst w innym języku. " * 10, lang="ka"))
    said = plain(browser(crew.stranger).get(page_of(document)))
    assert "Nothing is proposed." in said
    assert "seems to be in Georgian" in said
    assert browser(crew.of_all).get(page_of(document)).status_code == 200
    assert browser(crew.of_ukraine).get(page_of(document)).status_code == 404


def test_two_megabytes_make_a_light_page(crew):
    long = f"{'Nothing. ' * 120_000}{ARTICLE}{' Nothing.' * 120_000}"
    document = sent(crew.stranger, a_text(long))
    answer = browser(crew.of_ukraine).get(page_of(document))
    assert len(answer.content) < 100_000
    assert SIGNED in text_of(answer)


def test_document_is_read_anew_by_who_reviews_the_world(crew, reader):
    document = sent(crew.stranger)
    Document.objects.update(reader="0")
    assert 'value="reread"' not in text_of(browser(crew.of_ukraine).get(page_of(document)))
    client = browser(crew.of_all)
    assert 'value="reread"' in text_of(client.get(page_of(document)))
    assert act(client, document, "reread", version="0").status_code == 302
    said = plain(client.get(page_of(document)))
    assert "The text was read anew. 3 proposals stand open." in said
    assert document.proposals.filter(state="superseded").count() == 3


def test_accepting_by_a_forged_form_is_refused(crew):
    document = sent(crew.stranger)
    client = Client(enforce_csrf_checks=True)
    client.force_login(crew.of_ukraine.user)
    assert act(client, document, "accept-1").status_code == 403
    assert not Statement.objects.exists()


def test_queue_is_for_reviewers(crew):
    assert browser().get("/en/read/queue/").status_code == 302
    assert browser(crew.stranger).get("/en/read/queue/").status_code == 403
    said = plain(browser(crew.of_poland).get("/en/read/queue/"))
    assert "Nothing waits for review." in said


def test_queue_shows_ages_counts_and_filters(crew, reader):
    sent(crew.stranger, title="An old one", publisher="The Paper", url=URL)
    Document.objects.update(added_at=timezone.now() - dt.timedelta(days=40))
    reader.says(lambda text: {"ties": (a_tie(text, "gdynia", "bucha", confidence=0.3),)})
    sent(crew.stranger, a_text(f"{ARTICLE} More.", "uk"), title="A new one")
    text = text_of(browser(crew.of_ukraine).get("/en/read/queue/"))
    assert text.index("An old one") < text.index("A new one")
    said = plain(browser(crew.of_ukraine).get("/en/read/queue/"))
    for words in ("2 texts", "40 days", "3 proposals", "Today", "The Paper", "1–3 months 1"):
        assert words in said
    assert "<svg" in text
    narrowed = plain(browser(crew.of_ukraine).get("/en/read/queue/?country=PL&what=nonsense"))
    assert "A new one" in narrowed
    assert "An old one" not in narrowed
    assert "No text matches this choice." in plain(
        browser(crew.of_ukraine).get("/en/read/queue/?language=pl")
    )
    assert "An old one" not in plain(browser(crew.of_poland).get("/en/read/queue/"))
    assert plain(browser(crew.of_ukraine).get("/uk/read/queue/"))


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("shell: root", "whoever runs this server"),
        ("person_nobody", "a reviewer"),
    ],
)
def test_who_decided_is_told_by_role(who, words):
    from mistok.web.read.words import who_words

    assert who_words(who, "me") == words


def test_steward_is_told_as_one(crew):
    document = sent(crew.stranger)
    accept(actor=crew.steward, proposal=first(document))
    content = dict(first(document, "project").content)
    correct(actor=crew.of_all, proposal=first(document, "project"), content=content)
    said = plain(browser(crew.stranger).get(page_of(document)))
    assert "Accepted by a steward on" in said
    assert "Accepted with corrections by a coordinator on" in said
