"""Offices at the pages of their ties: who comes in, what is told, refused, kept and not lost."""

import re
from html import unescape

import pytest

from factories import DORTMUND, GDYNIA, SMOLENSK, ZHYTOMYR, a_tie
from living import a_member, an_office
from mistok.accounts.models import Membership
from mistok.provenance.models import AuditEvent, Statement
from mistok.registry.models import Tie
from mistok.registry.services import tie_subject
from signing import enters

pytestmark = pytest.mark.django_db
TIE = tie_subject([ZHYTOMYR, DORTMUND])
TELL, CONFIRM, NEW, END = (
    f"/en/ties/{TIE}/tell/",
    f"/en/ties/{TIE}/confirm/",
    "/en/ties/new/",
    "/en/ties/end/",
)
PAGES = (TELL, CONFIRM, NEW, END)


@pytest.fixture
def here(world):
    return an_office(ZHYTOMYR)


@pytest.fixture
def tie(here):
    return a_tie(event="signed", date="2014-05-09", instrument="agreement")


def as_(client, actor):
    """The client as this member; an approver has shown her second factor."""
    if actor is None:
        client.logout()
    elif actor.user.authenticator_set.exists():
        enters(client, actor.user)
    else:
        client.force_login(actor.user)
    return client


def text_of(answer):
    main = answer.content.decode().split("<main")[1].split("</main>")[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))


def refusals():
    rows = AuditEvent.objects.filter(verb__startswith="refused_").order_by("pk")
    return [(row.verb, row.after["code"]) for row in rows]


def post(client, address, status, **fields):
    answer = client.post(address, {"version": "0"} | fields)
    assert answer.status_code == status, text_of(answer)
    return answer


def tell(client, event, status=302, tie=TIE, **fields):
    return post(client, f"/en/ties/{tie}/tell/?event={event}", status, **fields)


# Who comes in


def test_pages_of_a_tie_are_for_its_offices(client, here, tie, cast):
    there, other = an_office(DORTMUND), an_office(GDYNIA)
    auditor = a_member(here.office, "auditor")
    donor = a_member(here.office, "donor")
    for member in (here.officer, here.approver, there.officer, auditor):
        as_(client, member)
        assert [client.get(page).status_code for page in (TELL, CONFIRM, NEW, END)] == [200] * 4
    for member in (other.officer, donor):
        as_(client, member)
        assert [client.get(page).status_code for page in (TELL, CONFIRM)] == [403, 403]
    for person in (cast.stranger, cast.coordinator):
        client.force_login(person)
        assert [client.get(page).status_code for page in PAGES] == [403] * 4
    as_(client, None)
    assert [client.get(page).status_code for page in PAGES] == [302] * 4
    assert not AuditEvent.objects.filter(verb__startswith="refused_").exists()


@pytest.mark.parametrize("who", ["stranger", "coordinator", "other", "donor", "former"])
def test_every_form_of_an_outsider_is_refused_and_kept(client, here, tie, cast, who):
    member = {
        "other": lambda: an_office(GDYNIA).officer.user,
        "donor": lambda: a_member(here.office, "donor").user,
        "former": lambda: a_member(here.office, "officer").user,
    }
    person = member[who]() if who in member else getattr(cast, who)
    if who == "former":
        Membership.objects.filter(person=person).update(
            until="2026-01-01T00:00Z", since="2025-01-01T00:00Z"
        )
    client.force_login(person)
    office = {"office": here.office.public_id}
    before = Statement.objects.count()
    for page in (f"{TELL}?event=contact", CONFIRM, f"{NEW}?partner={GDYNIA}&event=contact", END):
        answer = post(client, page, 403, **office, act="all", date="2024")
        assert "2014" not in text_of(answer)
    verbs = [verb for verb, _code in refusals()]
    assert verbs == [
        "refused_tell_event",
        "refused_confirm_fact",
        "refused_tell_event",
        "refused_end_ties",
    ]
    assert Statement.objects.count() == before


def test_anonymous_forms_lead_to_the_sign_in(client, tie):
    for page in PAGES:
        assert post(client, page, 302)["Location"].startswith("/en/account/login/")


def test_claimed_or_contested_office_sees_nothing_internal(client, here):
    here.tell("contact", DORTMUND, date="2026-03")
    as_(client, here.officer)
    assert client.get(CONFIRM).status_code == 200
    for change in ({"state": "claimed"}, {"state": "verified", "contested": True}):
        type(here.office).objects.update(**change)
        assert client.get(CONFIRM).status_code == 404
        assert client.post(CONFIRM, {"act": "show"}).status_code == 404


def test_waiting_office_is_told_why_it_waits(client, here, tie):
    type(here.office).objects.update(state="claimed")
    as_(client, here.officer)
    assert "not verified yet" in text_of(client.get(TELL))
    tell(client, "contact", 403, date="2024")
    assert refusals() == [("refused_tell_event", "office_not_verified")]


def test_links_are_shown_to_those_who_may_and_nobody_else(client, here, tie, cast):
    page, place = f"/en/ties/{tie}/", f"/en/places/{ZHYTOMYR}/"

    def links():
        text = client.get(page).content.decode() + client.get(place).content.decode()
        return [name for name in (TELL, CONFIRM, NEW, END) if f'href="{name}' in text]

    assert links() == []
    as_(client, here.officer)
    assert links() == [TELL, CONFIRM, NEW]
    as_(client, here.approver)
    assert links() == [TELL, CONFIRM, NEW, END]
    as_(client, a_member(here.office, "auditor"))
    assert links() == []
    client.force_login(cast.coordinator)
    assert links() == []


def test_internal_tie_is_found_on_the_place_page_by_its_own_office_only(client, here, cast):
    here.tell("contact", DORTMUND, date="2026-03")
    place = f"/en/places/{ZHYTOMYR}/"
    assert CONFIRM not in client.get(place).content.decode()
    as_(client, here.officer)
    assert CONFIRM in client.get(place).content.decode()
    client.force_login(cast.stranger)
    assert client.get(CONFIRM).status_code == 404
    assert client.get("/en/ties/tie_none/confirm/").status_code == 404


# Telling


def test_decision_with_votes_is_told_and_stands_on_the_page(client, here, tie):
    as_(client, here.officer)
    votes = {
        "votes_for": "30",
        "votes_against": "0",
        "votes_abstained": "0",
        "votes_not_voting": "0",
    }
    answer = tell(
        client,
        "decided",
        date="09.02.2023",
        body=ZHYTOMYR,
        body_kind="council",
        act_number="123",
        **votes,
        votes_absent="9",
        total="39",
        note="At the <b>25th</b> sitting.",
    )
    assert answer["Location"] == f"/en/ties/{TIE}/"
    page = text_of(client.get(answer["Location"]))
    assert "Recorded as the word of your office" in page
    assert "9 February 2023" in page
    assert "No. 123" in page
    assert "30" in page
    assert "<b>25th" in page


def test_life_is_carried_by_the_pages_from_contact_to_its_end(client, here):
    """Contact, negotiation, decision, signing of old, dormancy, revival, suspension, end."""
    as_(client, here.officer)
    new = f"{NEW}?partner={DORTMUND}"
    assert post(client, f"{new}&event=contact", 302, date="2013-01")["Location"] == CONFIRM
    tell(client, "negotiating", version=1, date="2013-05", instrument="agreement")
    assert client.get(f"/en/ties/{TIE}/").status_code == 404
    tell(client, "decided", version=2, date="2013-06-01", body=ZHYTOMYR)
    as_(client, here.approver)
    signed = {
        "instrument": "agreement",
        "kind": "twinning",
        "signed_by": "some",
        "signed_0": "on",
        "signed_on_0": "2014-05-09",
        "person_0": "The mayor",
        "signed_1": "on",
        "end_date": "2099",
        "renewal": "automatic",
        "fields": ["culture", "water"],
        "place": "Dortmund",
        "mode": "online",
    }
    tell(client, "signed", version=3, date="2014-05-10", **signed)
    tie = Tie.objects.get(public_id=TIE)
    assert (tie.state, tie.kind, tie.ends_on) == ("signed", "twinning", "2099")
    as_(client, here.officer)
    tell(client, "active", version=4, date="2015", declared_in_force_condition="on")
    tell(client, "dormant", version=5, date="2019")
    tell(client, "active", version=6, date="2022-03-01")
    tell(
        client, "extended", version=7, date="2023", body=ZHYTOMYR, supersedes="agreement:2014-05-10"
    )
    as_(client, here.approver)
    pause = {"body": ZHYTOMYR, "reason": "silence", "review_date": "2027-01"}
    answer = tell(client, "suspended", version=8, date="2024-02-01", **pause)
    assert "suspended is not ended" in text_of(client.get(answer["Location"]))
    end = {"body": ZHYTOMYR, "ending": "unilateral", "act_number": "77"}
    answer = tell(client, "severed", version=9, date="2025-03-01", **end)
    assert "one side has ended the tie" in text_of(client.get(answer["Location"]))
    assert Tie.objects.get(public_id=TIE).state == "terminated"
    assert "This tie ended" not in text_of(client.get(TELL))


def test_lawful_way_to_a_signature_is_walked_on_the_pages(client, here):
    as_(client, here.officer)
    new = f"{NEW}?partner={DORTMUND}"
    post(client, f"{new}&event=negotiating", 302, date="2026-01-10", instrument="agreement")
    tell(
        client,
        "submitted",
        version=1,
        date="2026-02-01",
        body="ministry",
        declared_legal_review="on",
    )
    tell(client, "approved", version=2, date="2026-03-01", body="ministry", act_number="211")
    tell(client, "decided", version=3, date="2026-03-20", body=ZHYTOMYR, body_kind="council")
    tell(client, "decided", version=4, date="2026-03-25", body=DORTMUND, act_number="77")
    page = text_of(client.get(f"/en/ties/{TIE}/"))
    assert "This is an act of Dortmund: ask its office to confirm it." in page
    as_(client, here.approver)
    signed = {"instrument": "agreement", "kind": "partnership", "declared_approvals": "on"}
    tell(client, "signed", version=5, date="2026-05-01", **signed)
    assert Tie.objects.get(public_id=TIE).state == "signed"


def test_plan_is_given_up(client, here):
    here.tell("contact", DORTMUND, date="2026-03")
    as_(client, here.officer)
    tell(
        client,
        "abandoned",
        version=1,
        date="2026-04",
        reason="No answer.",
        body="other",
        body_other="The working group",
    )
    assert here.state(DORTMUND) == "abandoned"


def test_officer_tells_a_signing_as_a_plan_only(client, here, tie):
    as_(client, here.officer)
    page = text_of(client.get(f"{TELL}?event=severed"))
    assert "You may tell it as a plan" in page
    tell(client, "severed", planned="on", date="2099-05-01")
    answer = tell(client, "severed", 403, version=1, date="2024", body=ZHYTOMYR, ending="mutual")
    assert "Your role in this office does not allow this" in text_of(answer)
    assert refusals() == [("refused_tell_event", "role_cannot")]


def test_approver_reads_why_she_does_not_tell_daily_events(client, here, tie):
    as_(client, here.approver)
    answer = client.get(f"{TELL}?event=decided")
    assert "Your role" in text_of(answer)
    assert "Record it" not in text_of(answer)
    assert "Record it" in text_of(client.get(f"{TELL}?event=extended"))


def test_binding_act_needs_the_second_factor_in_this_session(client, here, tie):
    client.force_login(here.approver.user)
    fields = {"date": "2024", "body": ZHYTOMYR, "ending": "mutual", "reason": "We keep this."}
    answer = tell(client, "severed", 403, **fields)
    assert "Show your second factor" in text_of(answer)
    assert "We keep this." in answer.content.decode()
    assert refusals() == [("refused_tell_event", "second_factor_not_shown")]
    bare = a_member(here.office, "approver")
    client.force_login(bare.user)
    assert "Set up a second factor" in text_of(tell(client, "severed", 403, **fields))


def test_tie_of_several_parties_takes_some_signatures(client, here):
    as_(client, here.approver)
    address = f"{NEW}?partner={DORTMUND}&partner={GDYNIA}&event=signed"
    names = {party.name: n for n, party in enumerate(here.life(DORTMUND, GDYNIA).known.parties)}
    row = names["Zhytomyr"]
    some = {
        "signed_by": "some",
        f"signed_{row}": "on",
        "signatures_needed": "2",
        "kind": "twinning",
    }
    answer = post(client, address, 302, date="2014-05-09", **some)
    tie = tie_subject([ZHYTOMYR, DORTMUND, GDYNIA])
    assert "waits for" in text_of(client.get(answer["Location"]))
    assert here.state(DORTMUND, GDYNIA) == "approved"
    assert client.get(f"/en/ties/{tie}/tell/").status_code == 200


# Refusals, each with its sentence on the page and its trace


BAD = [
    ("decided", {"date": "2023-02", "body": ZHYTOMYR, "votes_for": "30", "votes_against": "5",
     "votes_abstained": "5", "total": "36"}, 400, "votes_do_not_add_up", "has 40 voices"),
    ("decided", {"date": "2023-02", "body": ZHYTOMYR, "votes_for": "3", "votes_against": "5",
     "votes_abstained": "0"}, 409, "vote_not_carried", "the motion was not carried"),
    ("decided", {"date": "2023-02", "body": ZHYTOMYR, "votes_for": "15", "votes_against": "1",
     "votes_abstained": "0", "total": "36"}, 409, "majority_missing", "no majority"),
    ("decided", {"date": "2023-02"}, 400, "body_missing", "Say who decided"),
    ("decided", {"date": "2023-02", "body": ZHYTOMYR, "body_kind": "committee"}, 400,
     "recommendation_is_no_decision", "the council decides"),
    ("contact", {}, 400, "date_missing", "Say when it happened"),
    ("contact", {"date": "2098"}, 400, "future_is_a_plan", "A planned date is not a fact"),
    ("decided", {"date": "2020", "planned": "on", "body": ZHYTOMYR}, 400, "plan_has_passed",
     "it is no plan any more"),
    ("extended", {"date": "2013-01", "body": ZHYTOMYR}, 409, "date_before_its_act",
     "lies before 2014-05-09"),
    ("decided", {"date": "2023", "body": ZHYTOMYR, "end_date": "2020"}, 400,
     "term_before_its_act", "which sets it"),
    ("active", {"date": "2098"}, 400, "future_is_a_plan", "mark it as planned"),
]  # fmt: skip


@pytest.mark.parametrize(("event", "fields", "status", "code", "words"), BAD)
def test_bad_input_is_a_sentence_at_its_field_and_in_the_log(
    client, here, tie, event, fields, status, code, words
):
    as_(client, here.officer)
    before = Statement.objects.count()
    answer = tell(client, event, status, note="What I typed.", **fields)
    page = answer.content.decode()
    assert words in text_of(answer)
    assert 'role="alert"' in page
    field = re.search(r'<a href="#(id_\w+)-field">', page)[1]
    assert f'id="{field}-field"' in page
    assert re.search(rf'aria-invalid="true"[^>]* id="{field}"|id="{field}"[^>]*aria-invalid', page)
    assert "What I typed." in page
    assert "<title>Error:" in page
    assert refusals() == [("refused_tell_event", code)]
    assert Statement.objects.count() == before


def test_signature_before_approvals_names_what_is_missing(client, here):
    as_(client, here.approver)
    new = f"{NEW}?partner={DORTMUND}&event=signed"
    answer = post(client, new, 409, date="2026-05-01", instrument="agreement")
    assert "the ministry's order that approves the draft" in text_of(answer)
    assert refusals() == [("refused_tell_event", "signature_before_approvals")]


def test_termination_of_a_tie_that_never_was(client, here):
    here.tell("contact", DORTMUND, date="2026-03")
    as_(client, here.approver)
    answer = tell(client, "severed", 409, version=1, date="2026-04", body=ZHYTOMYR, ending="mutual")
    assert "there is no tie to end or pause" in text_of(answer)
    assert refusals() == [("refused_tell_event", "tie_never_was")]


def test_new_partner_of_the_aggressor_state_is_refused_with_the_rule(client, here):
    as_(client, here.officer)
    new = f"{NEW}?partner={SMOLENSK}"
    assert "No new tie is made with Russia" in text_of(client.get(new))
    answer = post(client, f"{new}&event=contact", 403, date="2026-01")
    assert "Law 3668-IX forbids" in text_of(answer)
    assert refusals() == [("refused_tell_event", "partner_barred")]


def test_agreement_with_a_business_is_out_of_scope(client, here):
    as_(client, here.approver)
    new = f"{NEW}?partner={DORTMUND}&event=signed"
    answer = post(client, new, 400, date="2026-01", counterpart="business", instrument="agreement")
    assert "A paper with a business" in text_of(answer)
    assert "Keep it among your contracts" in text_of(answer)
    assert refusals() == [("refused_tell_event", "out_of_scope_itc")]


def test_suspension_says_what_it_lacks(client, here, tie):
    as_(client, here.approver)
    answer = tell(client, "suspended", 400, date="2024", body=ZHYTOMYR)
    assert "add the reason; the date of review" in text_of(answer)
    answer = tell(client, "severed", 400, date="2024", body=ZHYTOMYR)
    assert "say how the tie was ended" in text_of(answer)
    answer = tell(client, "expired", 409, date="2024")
    assert "no paper here names an end date" in text_of(answer)
    codes = [code for _verb, code in refusals()]
    assert codes == ["suspension_incomplete", "way_of_ending_missing", "term_unknown"]


def test_mandate_has_no_partner_and_other_events_have_one(client, here):
    as_(client, here.officer)
    answer = post(client, f"{NEW}?partner={DORTMUND}&event=search_mandate", 400, date="2026-01")
    assert "before a partner is known" in text_of(answer)
    answer = post(client, f"{NEW}?event=contact", 400, date="2026-01")
    assert "Only one party is named" in text_of(answer)
    answer = post(client, f"{NEW}?event=search_mandate", 302, date="2026-01", body=ZHYTOMYR)
    assert answer["Location"] == f"/en/places/{ZHYTOMYR}/"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"date": "soon"}, "is no date"),
        ({"date": "2023-13"}, "is no date"),
        ({"date": "2023", "body": "other"}, "Write the name of the body"),
        ({"date": "2023", "votes_for": "3"}, "Write 0 where nobody voted so"),
        ({"date": "2023", "votes_for": "-3"}, "greater than or equal to 0"),
    ],
)
def test_answers_that_cannot_be_read_are_told_at_their_field(client, here, tie, fields, words):
    as_(client, here.officer)
    assert words in text_of(tell(client, "decided", 400, **fields))


def test_signatories_are_ticked(client, here, tie):
    as_(client, here.approver)
    answer = tell(client, "signed", 400, date="2023", signed_by="some")
    assert "Tick below who has signed" in text_of(answer)
