"""Offices confirm, correct and dispute on pages, end many ties at once, and agree to show."""

import re

import pytest
from test_living_pages import CONFIRM, END, NEW, TELL, TIE, as_, post, refusals, tell, text_of

from factories import DORTMUND, GDYNIA, KHARKIV, PLOCK, ZHYTOMYR, a_source, a_tie
from living import an_office
from mistok.provenance.models import AuditEvent, Source, Statement
from mistok.registry.lifecycle import TieState
from mistok.registry.models import Act, Confirmation, Tie
from mistok.registry.services import tie_subject
from mistok.web.living.events import EVENTS, next_events
from mistok.web.living.fields import votes_text
from mistok.web.living.mistakes import told_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(world):
    return an_office(ZHYTOMYR)


@pytest.fixture
def there(world):
    return an_office(DORTMUND)


@pytest.fixture
def tie(here):
    a_tie(event="signed", date="2014-05-09", instrument="agreement")
    return a_tie(event="active", date="2020", source=a_source("list"))


def version_of(answer):
    return re.search(r'name="version" value="(\d+)"', answer.content.decode())[1]


def said():
    return sorted(Confirmation.objects.current().values_list("party", "verdict", "words"))


# One at a time


def test_fact_is_confirmed_and_the_page_of_the_tie_shows_it(client, here, tie):
    fact = here.fact(DORTMUND, event="signed").id
    as_(client, here.officer)
    post(client, CONFIRM, 302, act="confirm", fact=fact)
    assert said() == [(ZHYTOMYR, "confirmed", "")]
    assert "Confirmed by the office of Zhytomyr" in text_of(client.get(f"/en/ties/{tie}/"))
    again = post(client, CONFIRM, 409, act="confirm", fact=fact, version="1")
    assert "Your office has said so already" in text_of(again)
    assert refusals() == [("refused_confirm_fact", "said_already")]


def test_dispute_in_words_stands_beside_the_fact(client, here, there, tie):
    fact = here.fact(DORTMUND, event="active").id
    as_(client, there.officer)
    sent = {"act": "object", "fact": fact, "verdict": "disputed"}
    answer = post(client, CONFIRM, 400, **sent)
    assert "Say in a sentence what is wrong" in text_of(answer)
    assert refusals() == [("refused_confirm_fact", "words_missing")]
    post(client, CONFIRM, 302, **sent, words="It <i>sleeps</i>.")
    page = client.get(f"/en/ties/{tie}/")
    assert "Disputed by the office of Dortmund" in text_of(page)
    assert "<i>sleeps" not in page.content.decode()
    as_(client, here.officer)
    assert "Confirm 1 fact that nobody disputes" in text_of(client.get(CONFIRM))


def test_correction_is_the_offices_own_statement(client, here, tie):
    fact = here.fact(DORTMUND, event="signed").id
    as_(client, here.approver)
    sent = {"act": "object", "fact": fact, "verdict": "corrected", "words": "The charter says so."}
    same = {"date": "2014-05-09", "kind": "twinning"}
    answer = post(client, CONFIRM, 400, **sent, **same)
    assert "Nothing below is changed" in text_of(answer)
    assert "The charter says so." in answer.content.decode()
    post(client, CONFIRM, 302, **sent, date="19.05.2014", kind="friendship")
    own = Source.objects.get(kind="office")
    (event,) = Statement.objects.filter(source=own, prop="event")
    assert '"date":"2014-05-19"' in event.value
    assert '"kind":"friendship"' in event.value
    assert said() == [(ZHYTOMYR, "corrected", "The charter says so.")]
    page = text_of(client.get(f"/en/ties/{tie}/"))
    assert "19 May 2014" in page
    assert "9 May 2014" in page
    assert "Told by your office" in text_of(client.get(CONFIRM))


def test_correction_that_cannot_be_is_refused_at_its_field(client, here, tie):
    fact = here.fact(DORTMUND, event="active").id
    as_(client, here.officer)
    sent = {
        "act": "object",
        "fact": fact,
        "verdict": "corrected",
        "words": "Later.",
        "date": "2098",
    }
    answer = post(client, CONFIRM, 400, **sent)
    assert "2098 lies ahead" in text_of(answer)
    assert f'id="{fact}-date-field"' in answer.content.decode()
    assert refusals() == [("refused_confirm_fact", "future_is_a_plan")]


def test_binding_correction_is_for_the_approver(client, here, tie):
    fact = here.fact(DORTMUND, event="signed").id
    as_(client, here.officer)
    sent = {"act": "object", "fact": fact, "verdict": "corrected", "words": "No.", "date": "2015"}
    assert "Your role in this office" in text_of(post(client, CONFIRM, 403, **sent))
    assert refusals() == [("refused_confirm_fact", "role_cannot")]
    enters_without = {"act": "object", "fact": fact, "verdict": "disputed", "words": "No."}
    post(client, CONFIRM, 302, **enters_without)


def test_fact_that_is_gone_and_act_that_is_none_are_told(client, here, tie):
    as_(client, here.officer)
    for act in ("confirm", "object"):
        answer = post(client, CONFIRM, 404, act=act, fact="fact_gone")
        assert "not told of the tie any more" in text_of(answer)
    assert [code for _verb, code in refusals()] == ["fact_unknown"] * 2
    assert "does not say what to do" in text_of(post(client, CONFIRM, 400, act="burn"))


# All at once


def test_all_that_nobody_disputes_is_confirmed_at_once(client, here, there, tie):
    a_tie(event="decided", date="2014-04", body=DORTMUND, source=a_source("third"))
    there.confirm(
        ZHYTOMYR,
        fact=here.fact(DORTMUND, event="active").id,
        verdict="disputed",
        words="Not so.",
    )
    as_(client, here.officer)
    page = client.get(CONFIRM)
    assert "Confirm all 2 facts that nobody disputes" in text_of(page)
    facts = [here.fact(DORTMUND, event=name).id for name in ("decided", "signed")]
    answer = post(client, CONFIRM, 302, act="all", fact=facts, version=version_of(page))
    assert "2 facts are confirmed" in text_of(client.get(answer["Location"]))
    mine = Confirmation.objects.current().filter(party=ZHYTOMYR)
    assert sorted(mine.values_list("fact", flat=True)) == sorted(facts)
    assert AuditEvent.objects.filter(verb="confirm_fact").count() == 3
    assert "nobody disputes" not in text_of(client.get(CONFIRM))


def test_facts_on_which_sources_differ_are_confirmed_one_by_one(client, here, tie):
    a_tie(event="signed", date="2015-01-01", source=a_source("other"))
    as_(client, here.officer)
    page = text_of(client.get(CONFIRM))
    assert page.count("Sources differ here") == 2
    assert "Confirm 1 fact that nobody disputes" in page


def test_facts_that_came_after_the_page_are_not_confirmed_unseen(client, here, tie):
    as_(client, here.officer)
    facts = re.findall(r'name="fact" value="(\w+)"', client.get(CONFIRM).content.decode())[:2]
    a_tie(event="decided", date="2014-04", body=DORTMUND, source=a_source("third"))
    post(client, CONFIRM, 302, act="all", fact=facts)
    assert Confirmation.objects.count() == 2
    assert "Confirm 1 fact" in text_of(client.get(CONFIRM))


# Two at once


def test_second_editor_sees_what_changed_and_loses_nothing(client, here, there, tie):
    as_(client, here.officer)
    page = client.get(f"{TELL}?event=decided")
    version = version_of(page)
    there.tell("decided", ZHYTOMYR, date="2023-02-09", body=DORTMUND)
    mine = {"date": "2023-02-23", "body": ZHYTOMYR, "note": "Two weeks later.", "votes_for": "30",
            "votes_against": "0", "votes_abstained": "1"}  # fmt: skip
    answer = tell(client, "decided", 409, version=version, **mine)
    seen = text_of(answer)
    assert "somebody else told something of this tie" in seen
    assert "Decided by one side 9 February 2023 Office of Dortmund" in seen
    typed = answer.content.decode()
    assert all(f'value="{mine[name]}"' in typed for name in ("date", "votes_for"))
    assert "Two weeks later." in typed
    assert f'<option value="{ZHYTOMYR}" selected>' in typed
    assert refusals() == [("refused_tell_event", "life_changed")]
    tell(client, "decided", version=version_of(answer), **mine)


def test_second_answer_to_a_fact_sees_the_first(client, here, there, tie):
    fact = here.fact(DORTMUND, event="active").id
    there.confirm(ZHYTOMYR, fact=fact, verdict="disputed", words="It sleeps.")
    as_(client, here.officer)
    sent = {"act": "object", "fact": fact, "verdict": "disputed", "words": "It lives on."}
    answer = post(client, CONFIRM, 409, **sent)
    seen = text_of(answer)
    assert "disputed: Stated to exist 2020 Office of Dortmund" in seen
    assert "“It sleeps.”" in seen
    assert "It lives on." in answer.content.decode()
    post(client, CONFIRM, 302, **sent | {"version": version_of(answer)})


def test_form_without_its_version_counts_as_the_oldest(client, here, there, tie):
    there.tell("decided", ZHYTOMYR, date="2023-02-09", body=DORTMUND)
    as_(client, here.officer)
    for version in ("", "-1", "x", "９", "99999999999999"):
        tell(client, "decided", 409, version=version, date="2024", body=ZHYTOMYR)


def test_codes_of_a_change_are_told_in_words():
    assert told_words("signed 2023-02 agreement 15/2 (planned)") == (
        "Signed February 2023 Agreement 15/2 (planned)"
    )
    assert told_words("corrected: decided <2014") == "corrected: Decided by one side before 2014"


# Showing


def test_negotiation_is_shown_when_all_partners_agree(client, here, there):
    here.tell("contact", DORTMUND, date="2026-03")
    public = f"/en/ties/{TIE}/"
    as_(client, here.officer)
    assert "seen by the partners only" in text_of(client.get(CONFIRM))
    answer = post(client, CONFIRM, 302, act="show")
    assert "when every partner has agreed" in text_of(client.get(answer["Location"]))
    page = text_of(client.get(CONFIRM))
    assert "Agreed: Zhytomyr" in page
    assert "We agree to show it" not in page
    assert client.get(public).status_code == 404
    as_(client, there.officer)
    answer = post(client, CONFIRM, 302, act="show")
    assert "it is public now" in text_of(client.get(answer["Location"]))
    assert client.get(public).status_code == 200


def test_nothing_to_show_is_said(client, here):
    as_(client, here.officer)
    tie = here.tell("contact", DORTMUND, date="2026-03")
    Statement.objects.filter(pk=tie.statement).update(
        withdrawn_at="2026-11-01T00:00Z", withdrawn_reason="wrong"
    )
    answer = post(client, CONFIRM, 404, act="show")
    assert "nothing to show" in text_of(answer)
    assert refusals() == [("refused_agree_to_show", "nothing_to_show")]


# One act, many ties


@pytest.fixture
def kharkiv(world):
    office = an_office(KHARKIV)
    for number, partner in enumerate((DORTMUND, GDYNIA, PLOCK)):
        a_tie(KHARKIV, partner, source=a_source(f"s{number}"), event="active", date="2001")
    return office


def ids(*partners):
    return [tie_subject([KHARKIV, partner]) for partner in partners]


ACT = {"date": "2023-02-28", "body": KHARKIV, "act_number": "322/23", "ending": "unilateral"}


def test_one_act_ends_the_chosen_ties(client, kharkiv):
    as_(client, kharkiv.approver)
    page = client.get(END, {"tie": ids(GDYNIA)})
    assert f'value="{ids(GDYNIA)[0]}" checked' in page.content.decode()
    answer = post(client, END, 302, ties=ids(DORTMUND, GDYNIA), **ACT)
    assert "One act is recorded; it ended 2 ties" in text_of(client.get(answer["Location"]))
    states = {tie.public_id: tie.state for tie in Tie.objects.all()}
    assert [states[one] for one in ids(DORTMUND, GDYNIA, PLOCK)] == ["terminated"] * 2 + ["active"]
    assert Act.objects.get().number == "322/23"
    assert "Kharkiv – Gdynia" not in text_of(client.get(END))


def test_all_ties_of_an_act_are_ended_or_none(client, kharkiv):
    as_(client, kharkiv.approver)
    chosen = ids(DORTMUND, GDYNIA)
    answer = post(client, END, 409, ties=chosen, **ACT | {"date": "1999"})
    assert "lies before 2001" in text_of(answer)
    assert 'value="322/23"' in answer.content.decode()
    assert f'value="{chosen[1]}" checked' in answer.content.decode()
    assert refusals() == [("refused_end_ties", "date_before_its_act")]
    assert set(Tie.objects.values_list("state", flat=True)) == {"active"}


def test_act_over_changed_ties_shows_the_change(client, kharkiv):
    other = an_office(DORTMUND)
    other.tell("decided", KHARKIV, date="2022-05", body=DORTMUND)
    as_(client, kharkiv.approver)
    chosen = ids(DORTMUND)
    sent = {"ties": chosen, **ACT}
    answer = post(client, END, 409, **sent, **{f"version-{chosen[0]}": "0"})
    assert "Decided by one side May 2022 Office of Dortmund" in text_of(answer)
    post(client, END, 302, **sent, **{f"version-{chosen[0]}": "1"})


def test_act_needs_ties_of_the_own_municipality(client, kharkiv):
    strange = a_tie(event="active", source=a_source("strange"))
    as_(client, kharkiv.approver)
    assert "Choose at least one tie" in text_of(post(client, END, 400, **ACT))
    answer = post(client, END, 400, ties=[strange], **ACT)
    assert "not in the list any more" in text_of(answer)
    assert set(Tie.objects.values_list("state", flat=True)) == {"active"}


def test_officer_reads_who_ends_ties_and_an_office_without_ties_has_none(client, kharkiv):
    as_(client, kharkiv.officer)
    assert "Your role in this office" in text_of(client.get(END))
    assert "Your role" in text_of(post(client, END, 403, ties=ids(PLOCK), **ACT))
    assert refusals() == [("refused_end_ties", "role_cannot")]
    as_(client, an_office(ZHYTOMYR).approver)
    assert "nothing to end" in text_of(client.get(END))


# A tie that is not in the registry


def test_partner_is_found_by_name_and_added(client, here):
    as_(client, here.approver)
    found = client.get(NEW, {"q": "Dortmund"}).content.decode()
    assert f"partner={DORTMUND.replace(':', '%3A')}" in found
    assert "No place has exactly this name" in text_of(client.get(NEW, {"q": "Dortmnud"}))
    assert "No place has this name" in text_of(client.get(NEW, {"q": "12345"}))
    assert client.get(NEW, {"q": "x" * 300}).status_code == 200
    page = client.get(NEW, {"partner": [DORTMUND, GDYNIA]})
    assert "Dortmund Germany Take off" in text_of(page)
    answer = post(client, f"{NEW}?partner={DORTMUND}&event=signed", 302, date="2014-05-09",
                  instrument="charter", kind="twinning", effective_on="2014-06-01")  # fmt: skip
    page = text_of(client.get(answer["Location"]))
    assert "Charter" in page
    assert "in force from 1 June 2014" in page


def test_known_tie_leads_to_its_page_and_strange_partners_are_refused(client, here, tie):
    as_(client, here.officer)
    assert "It is told here already" in text_of(client.get(NEW, {"partner": DORTMUND}))
    assert client.get(NEW, {"partner": "geonames:1"}).status_code == 404
    assert client.get(NEW, {"partner": "nonsense"}).status_code == 400
    many = [f"geonames:{number}" for number in range(13)]
    assert "more than one tie has here" in text_of(client.get(NEW, {"partner": many}))


def test_person_of_two_offices_tells_in_the_name_of_one(client, here, there, tie):
    membership = there.officer.user.memberships.get()
    membership.person = here.officer.user
    membership.save()
    as_(client, here.officer)
    assert "In the name of:" in text_of(client.get(TELL))
    tell(client, "contact", date="2013", office=there.office.public_id)
    assert Source.objects.get(kind="office").title == "Office of Dortmund"
    strange = an_office(GDYNIA).office.public_id
    tell(client, "contact", 403, date="2012", office=strange)
    assert refusals() == [("refused_tell_event", "not_a_party")]


def test_pages_speak_ukrainian_addresses_and_every_event_has_its_form(client, here, tie):
    as_(client, here.approver)
    assert client.get(TELL.replace("/en/", "/uk/")).status_code == 200
    for event in EVENTS:
        page = client.get(f"{TELL}?event={event}").content.decode()
        named = re.findall(r'<label for="(\w+)"', page)
        assert all(f'id="{one}"' in page for one in named)
    assert client.get(f"{TELL}?event=nonsense").status_code == 200


@pytest.mark.parametrize("state", list(TieState))
def test_next_events_can_all_be_told(state):
    following = next_events(state)
    assert len(following) == len(set(following))
    assert set(following) <= set(EVENTS)
    assert bool(following) == (state not in ("terminated", "superseded", "abandoned"))


def test_votes_are_written_as_sources_write_them():
    assert votes_text([None] * 5) == ""
    assert votes_text([30, 0, None, None, None]) == "30/0/0"
    assert votes_text([30, 0, 0, None, 9]) == "30/0/0/0/9"
