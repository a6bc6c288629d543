"""Pages of procedures: who sees which, every act by its form, refusals told where they belong."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from factories import DORTMUND, SMOLENSK, ZHYTOMYR
from living import a_member
from mistok.accounts.actors import Actor
from mistok.partnering.models import ProcedureRun, ReturnReason, RunSide, SignatureRecord
from mistok.partnering.procedure.states import State
from mistok.provenance.models import AuditEvent
from mistok.web.procedure.seats import scopes_covering
from office_cast import join, person
from procedure_cast import TODAY, Walk, a_walk, the_two
from signing import enters

pytestmark = pytest.mark.django_db
DAY = TODAY.isoformat()


@pytest.fixture(autouse=True)
def papers_folder(settings, tmp_path):
    settings.MISTOK_DATA = tmp_path


@pytest.fixture
def people():
    two = the_two()
    two.donor = a_member(two.home.office, "donor")
    two.auditor = a_member(two.home.office, "auditor")
    elsewhere = person("coordinator-of-pl")
    join(elsewhere, None, "coordinator", "PL")
    two.elsewhere = Actor(user=elsewhere)
    return two


@pytest.fixture
def walk(people):
    return a_walk(people)


def browser(actor, *, factor=False):
    client = Client()
    if factor:
        enters(client, actor.user)
    else:
        client.force_login(actor.user)
    return client


def url(name, run, *args, lang="en"):
    return reverse(f"procedure:{name}", args=[run.public_id, *args]).replace("/en/", f"/{lang}/", 1)


def step_url(walk, code, side=0):
    return url("step", walk.run, side, code)


def text_of(response):
    return html.unescape(response.content.decode())


def send(client, address, act, walk, **fields):
    """A form as the page shows it now: with the version that the run has."""
    version = fields.pop("version", ProcedureRun.objects.get(pk=walk.run.pk).version)
    return client.post(address, {"act": act, "version": version, **fields})


def done(response):
    assert response.status_code == 302, text_of(response)[:4000]
    return response


def pages(run):
    return {
        "run": url("run", run),
        "step": url("step", run, 1, "profile"),
        "papers": url("papers", run),
        "paper": url("paper", run, "search_mandate"),
        "scans": url("scans", run),
        "plans": url("plans", run),
        "partner": url("partner", run),
    }


def test_each_page_opens_for_members_and_for_nobody_else(people, walk):
    members = (people.home.officer, people.home.approver, people.partner.officer, people.auditor)
    for address in pages(walk.run).values():
        for actor in members:
            answer = browser(actor).get(address)
            assert answer.status_code == 200, (address, actor)
            assert "no-store" in answer["Cache-Control"]
        for actor in (people.stranger, people.donor, people.elsewhere):
            assert browser(actor).get(address).status_code == 404, (address, actor)
        nobody = Client().get(address)
        assert nobody.status_code == 302
        assert "/account/login/" in nobody["Location"]


def test_stranger_reads_the_same_of_a_foreign_run_and_of_none(people, walk):
    client = browser(people.stranger)
    foreign = text_of(client.get(url("run", walk.run)))
    none = text_of(client.get("/en/procedure/procedure_aaaaaaaaaaaa/"))
    hidden = re.compile(r'procedure_\w{12}|<code>\w{12}</code>|value="\w{64}"')
    assert hidden.sub("", foreign) == hidden.sub("", none)
    assert "Dortmund" not in foreign


def test_coordinator_in_scope_sees_tracks_but_no_papers_notes_or_acts(people, walk):
    walk.do("self_assessment", 1, note="a word between us")
    client = browser(people.coordinator)
    text = text_of(client.get(url("run", walk.run)))
    assert "Who is next" in text
    assert "as a coordinator" in text
    assert "/steps/" not in text
    assert "<button" not in text.split('id="main"')[1].split("<footer")[0]
    for name, address in pages(walk.run).items():
        assert client.get(address).status_code == (200 if name == "run" else 404)
    answer = client.post(url("run", walk.run), {"act": "close", "on": DAY, "reason": "x"})
    assert answer.status_code == 403


def test_list_shows_own_runs_invitations_and_those_in_scope(people):
    walk = a_walk(people, joined=False)
    address = url("run", walk.run)
    for actor, heading in (
        (people.home.officer, "Under way"),
        (people.partner.officer, "You are asked to take part"),
        (people.coordinator, "In your scope"),
    ):
        text = text_of(browser(actor).get("/en/procedure/"))
        assert heading in text
        assert address in text
    stranger = text_of(browser(people.stranger).get("/en/procedure/"))
    assert address not in stranger
    assert "belong to no office" in stranger


def test_named_office_sees_the_way_in_and_no_tracks_until_it_joins(people):
    walk = a_walk(people, joined=False)
    walk.do("self_assessment", 1, note="between us")
    client = browser(people.partner.officer)
    text = text_of(client.get(url("run", walk.run)))
    assert "does not take part yet" in text
    assert "All steps of all sides" not in text
    assert client.get(step_url(walk, "self_assessment", 1)).status_code == 404
    done(send(client, url("run", walk.run), "join", walk))
    assert "All steps of all sides" in text_of(client.get(url("run", walk.run)))


def test_procedure_is_begun_with_a_partner_that_was_searched(people):
    client = browser(people.home.officer)
    found = text_of(client.get("/en/procedure/new/?q=Dortmund"))
    assert f"place={DORTMUND}" in found
    page = text_of(client.get(f"/en/procedure/new/?place={DORTMUND}&kind=twinning"))
    assert re.search(r'value="twinning"[^>]*checked', page)
    assert "“Ukraine”" in page
    assert "“Germany”" in page
    form = {
        "office": people.home.office.public_id,
        "place": DORTMUND,
        "kind": "solidarity",
        "counterpart": "authority",
        "side-order": "council_first",
        "shared-form": "paper",
    }
    answer = done(client.post("/en/procedure/new/", form))
    run = ProcedureRun.objects.get()
    assert answer["Location"] == url("run", run)
    assert run.sides.get(place=ZHYTOMYR).options == {"order": "council_first"}


@pytest.mark.parametrize(
    ("place", "counterpart", "status", "words"),
    [
        (SMOLENSK, "authority", 403, "aggressor"),
        (DORTMUND, "business", 400, "territorial"),
        (ZHYTOMYR, "authority", 400, "named twice"),
    ],
)
def test_procedure_that_cannot_be_begun_says_why_and_keeps_the_form(
    people, place, counterpart, status, words
):
    form = {
        "place": place,
        "kind": "twinning",
        "counterpart": counterpart,
        "side-order": "side_by_side",
        "shared-form": "paper",
    }
    answer = browser(people.home.officer).post("/en/procedure/new/", form)
    text = text_of(answer)
    assert answer.status_code == status, text[:3000]
    assert words in text
    assert re.search(r'value="twinning"[^>]*checked', text)
    assert AuditEvent.objects.filter(verb="refused_open_run").count() == 1
    assert not ProcedureRun.objects.exists()


def test_only_officers_of_verified_offices_begin_procedures(people):
    for actor in (people.stranger, people.home.approver, people.auditor, people.coordinator):
        assert browser(actor).get("/en/procedure/new/").status_code == 403
    assert Client().get("/en/procedure/new/").status_code == 302


def test_step_is_done_by_its_form_and_shown_on_the_run(people, walk):
    client = browser(people.home.officer)
    address = step_url(walk, "self_assessment", 1)
    done(send(client, address, "done", walk, on=DAY, note="looked at"))
    page = text_of(client.get(address))
    assert "looked at" in page
    assert "Take it back" in page
    assert walk.state("self_assessment", 1) is State.DONE


def test_act_without_a_day_names_the_field_and_records_nothing(people, walk):
    client, address = browser(people.home.officer), step_url(walk, "self_assessment", 1)
    answer = send(client, address, "done", walk, on="tomorrow", note="kept words")
    text = text_of(answer)
    assert answer.status_code == 400
    assert 'href="#done-on"' in text
    assert re.search(
        r'id="done-on"[^>]*aria-invalid="true"|aria-invalid="true"[^>]*id="done-on"', text
    )
    assert "kept words" in text
    assert walk.state("self_assessment", 1) is State.OPEN


def test_second_of_two_sees_what_changed_and_loses_nothing(people, walk):
    first, second = browser(people.home.officer), browser(people.partner.officer)
    seen = walk.run.version
    done(send(first, step_url(walk, "profile", 1), "done", walk, on=DAY, note=""))
    address = step_url(walk, "profile", 2)
    answer = send(second, address, "done", walk, version=seen, on=DAY, note="mine")
    text = text_of(answer)
    assert answer.status_code == 409
    assert "What has changed since you opened the page" in text
    assert "Profile in English" in text
    assert ">\nmine</textarea>" in text
    assert AuditEvent.objects.filter(verb="refused_do_step").exists()
    again = re.search(r'name="version" value="(\d+)"', text)[1]
    done(send(second, address, "done", walk, version=again, on=DAY, note="mine"))


def test_form_that_comes_after_the_step_was_done_is_told_so(people, walk):
    client, address = browser(people.home.officer), step_url(walk, "profile", 1)
    seen = walk.run.version
    done(send(client, address, "done", walk, on=DAY, note=""))
    late = send(client, address, "done", walk, version=seen, on=DAY, note="late")
    assert late.status_code == 409
    assert "late" in text_of(late)
    unknown = send(client, address, "explode", walk)
    assert unknown.status_code == 400


def test_step_of_the_other_side_is_refused_and_offers_no_form(people, walk):
    client, address = browser(people.home.officer), step_url(walk, "profile", 2)
    assert "office of the other side" in text_of(client.get(address))
    assert 'name="act"' not in text_of(client.get(address))
    answer = send(client, address, "done", walk, on=DAY, note="")
    assert answer.status_code == 403
    assert AuditEvent.objects.filter(verb="refused_do_step").exists()


def test_optional_step_is_left_out_planned_and_taken_back(people, walk):
    client, address = browser(people.home.officer), step_url(walk, "longlist", 1)
    done(send(client, address, "plan", walk, on="2030-01-02", note=""))
    assert "2 January 2030" in text_of(client.get(url("run", walk.run)))
    assert send(client, address, "skip", walk, on=DAY, note="").status_code == 400
    done(send(client, address, "skip", walk, on=DAY, note="known already"))
    assert walk.state("longlist", 1) is State.SKIPPED
    assert send(client, address, "reopen", walk, reason="").status_code == 400
    done(send(client, address, "reopen", walk, reason="not so"))
    assert walk.state("longlist", 1) is State.OPEN


def test_council_decision_keeps_five_ways_and_refuses_a_wrong_sum(people, walk):
    walk.to("council_decision", 1)
    client, address = browser(people.home.officer), step_url(walk, "council_decision", 1)
    vote = {
        "on": DAY,
        "adopted": "yes",
        "number": "879",
        "sitting": "extraordinary",
        "votes_for": "30",
        "votes_against": "0",
        "votes_abstained": "0",
        "votes_not_voting": "0",
        "votes_absent": "9",
        "url": "https://example.org/879",
        "authorised_signatory": "the mayor",
    }
    wrong = send(client, address, "decide", walk, **vote, total="42")
    assert wrong.status_code == 400
    assert "39" in text_of(wrong)
    half = send(client, address, "decide", walk, **(vote | {"votes_against": ""}), total="39")
    assert 'href="#decide-votes_against"' in text_of(half)
    done(send(client, address, "decide", walk, **vote, total="39"))
    page = text_of(client.get(address))
    for words in (
        "30 / 0 / 0 / 0 / 9",
        "extraordinary",
        "879",
        "the mayor",
        "https://example.org/879",
    ):
        assert words in page


def test_ministry_returns_with_reasons_then_grants(people, walk):
    walk.to("ministry_order", 1)
    for kind in ("agreement", "covering_letter"):
        walk.paper("ministry_order", 1, kind)
    client, address = browser(people.home.officer), step_url(walk, "ministry_order", 1)
    done(send(client, address, "submit", walk, on=DAY, note=""))
    page = text_of(client.get(address))
    assert "R01" in page
    assert "Verified in its source" in page
    assert send(client, address, "return", walk, on=DAY, remarks="").status_code == 400
    done(send(client, address, "return", walk, on=DAY, remarks="a seal is missing"))
    assert "a seal is missing" in text_of(client.get(address))
    done(send(client, address, "submit", walk, on=DAY, note=""))
    assert "number" in text_of(send(client, address, "answer", walk, on=DAY, result="granted"))
    done(send(client, address, "answer", walk, on=DAY, result="granted", number="№ 12"))
    assert walk.state("ministry_order", 1) is State.DONE


def test_approver_approves_what_an_officer_submitted(people, walk):
    walk.to("ministry_order", 1)
    officer, address = browser(people.home.officer), step_url(walk, "approve_text", 1)
    done(send(officer, address, "submit", walk, on=DAY, note=""))
    assert "another role in your office" in text_of(officer.get(address))
    bare = browser(people.home.approver)
    refused = send(bare, address, "done", walk, on=DAY, note="")
    assert refused.status_code == 403
    assert "Show your second factor" in text_of(refused)
    assert AuditEvent.objects.filter(after__code="second_factor_not_shown").exists()
    done(send(browser(people.home.approver, factor=True), address, "done", walk, on=DAY, note=""))
    assert walk.state("approve_text", 1) is State.DONE


def test_signature_before_approvals_is_refused_with_what_is_missing(people, walk):
    walk.to("ministry_order", 1)
    client, address = browser(people.home.approver, factor=True), step_url(walk, "signing")
    hand = {"side": "1", "on": DAY, "person": "Iryna", "post": "mayor", "mode": "online"}
    answer = send(client, address, "sign", walk, **hand)
    assert answer.status_code == 409
    assert "Final text" in text_of(answer)
    assert 'value="Iryna"' in text_of(answer)
    assert AuditEvent.objects.filter(verb="refused_record_signature").exists()


def test_each_side_signs_for_itself_and_the_ministry_registers(people, walk):
    walk.to("signing")
    address = step_url(walk, "signing")
    for office, side in ((people.home, "1"), (people.partner, "2")):
        hand = {"side": side, "on": DAY, "person": f"Mayor {side}", "post": "mayor"}
        client = browser(office.approver, factor=True)
        done(send(client, address, "sign", walk, **hand, mode="online", place=""))
    assert SignatureRecord.objects.filter(online=True).count() == 2
    page = text_of(browser(people.home.officer).get(address))
    assert "Mayor 2, mayor" in page
    walk.day = TODAY
    client, address = browser(people.home.officer), step_url(walk, "registration", 1)
    entry = {"on": DAY, "number": "17", "sphere": "water", "duration": "", "ends_on": ""}
    assert send(client, address, "register", walk, **entry).status_code == 400
    done(send(client, address, "register", walk, **entry, kinds=["cross_border"]))
    assert "cross-border" in text_of(client.get(address))


def test_tie_is_evaluated_and_then_suspended_by_one_side(people, walk):
    walk.to("evaluation")
    walk.paper("evaluation", 0, "evaluation")
    client, address = browser(people.home.officer), step_url(walk, "evaluation")
    found = {"on": DAY, "outcome": "extend", "grounds": "it works", "cost": "low"}
    done(send(client, address, "evaluate", walk, **found))
    assert "it works" in text_of(client.get(url("plans", walk.run)))
    opening = f"/en/procedure/new/?aim=suspension&tie={walk.run.tie}"
    assert opening.replace("&", "&amp;") in client.get(url("run", walk.run)).content.decode()
    assert "can be taken up again" in text_of(client.get(opening))
    assert browser(people.stranger).get(opening).status_code == 404
    done(client.post(opening))
    pause = ProcedureRun.objects.exclude(pk=walk.run.pk).get()
    text = text_of(browser(people.partner.officer).get(url("run", pause)))
    assert "suspension" in text
    again = client.post(opening)
    assert again.status_code == 409
    assert client.get("/en/procedure/new/?aim=termination&tie=tie_aaaaaaaaaaaa").status_code == 404


def test_office_that_tells_for_a_side_without_one_is_named(people):
    walk = a_walk(people, joined=False)
    client = browser(people.home.officer)
    done(send(client, step_url(walk, "profile", 2), "done", walk, on=DAY, note=""))
    text = text_of(client.get(url("run", walk.run)))
    assert f"told by {people.home.office.name}, not by this side" in text
    assert "no office here" in text


def test_run_is_closed_with_a_reason_and_takes_nothing_more(people, walk):
    client, address = browser(people.home.officer), url("run", walk.run)
    done(send(client, address, "recompute", walk))
    assert send(client, address, "close", walk, on=DAY, reason=" ").status_code == 400
    done(send(client, address, "close", walk, on=DAY, reason="given up"))
    assert "given up" in text_of(client.get(address))
    step = step_url(walk, "profile", 1)
    assert 'name="act"' not in text_of(client.get(step))
    assert send(client, step, "done", walk, on=DAY, note="").status_code == 409


def test_partner_is_named_later_and_only_once(people):
    walk = Walk(_alone(people), people.home)
    client, address = browser(people.home.officer), url("partner", walk.run)
    assert DORTMUND in text_of(client.get(f"{address}?q=Dortmund"))
    assert "Try another" in text_of(client.get(f"{address}?q=...."))
    version = walk.run.version
    done(client.post(address, {"version": version, "place": DORTMUND}))
    again = client.post(address, {"version": version + 1, "place": DORTMUND})
    assert again.status_code == 400
    assert "named twice" in text_of(again)


def _alone(people):
    client = browser(people.home.officer)
    choices = {"side-order": "ministry_first", "shared-form": "paper"}
    form = {"kind": "solidarity", "counterpart": "authority", **choices}
    done(client.post("/en/procedure/new/", form))
    return ProcedureRun.objects.get()


def test_doors_stand_on_public_pages_for_those_who_may(people, walk):
    walk.to("action_plan")
    officer, stranger = browser(people.home.officer), browser(people.stranger)
    door = f"/en/procedure/new/?place={DORTMUND.replace(':', '%3A')}"
    place, tie = f"/en/places/{DORTMUND}/", f"/en/ties/{walk.run.tie}/"
    assert door in text_of(officer.get(place))
    assert url("run", walk.run) in text_of(officer.get(tie))
    assert f"aim=suspension&tie={walk.run.tie}" in text_of(officer.get(tie))
    for client in (stranger, Client(), browser(people.coordinator)):
        for page in (place, tie):
            assert "/procedure/new/" not in text_of(client.get(page))
            assert walk.run.public_id not in text_of(client.get(page))
    assert walk.run.public_id not in text_of(Client().get("/en/places/?q=Dortmund"))
    partners = text_of(officer.get(f"/en/partners/{ZHYTOMYR}/"))
    assert "/procedure/new/?place=" in partners


def test_pages_say_it_in_ukrainian(people, walk):
    client = browser(people.home.officer)
    text = text_of(client.get(url("run", walk.run, lang="uk")))
    assert "Перший контакт" in text
    assert "Житомир" in text_of(client.get(url("paper", walk.run, "agreement", lang="uk")))


def test_steps_ask_for_what_their_template_wants_and_show_what_was_told(people):
    walk = a_walk(people).to("in_force")
    walk.do("in_force")
    client = browser(people.home.officer)
    done(client.post(f"/en/procedure/new/?aim=termination&tie={walk.run.tie}"))
    end = Walk(ProcedureRun.objects.get(aim="termination"), people.home)
    address = step_url(end, "reasons", 1)
    missing = send(client, address, "done", end, on=DAY, note="", reason="")
    assert 'href="#done-reason"' in text_of(missing)
    done(send(client, address, "done", end, on=DAY, note="", reason="three silent years"))
    assert "three silent years" in text_of(client.get(address))
    partner = browser(people.partner.officer)
    seen = text_of(partner.get(url("run", end.run)))
    assert ("your consent is not asked for" in seen, "Close the procedure" in seen) == (True, False)
    end.run.sides.filter(position=2).update(office="")
    assert "can confirm that it has come" in text_of(partner.get(url("run", end.run)))
    done(send(partner, url("run", end.run), "join", end))
    assert client.get(step_url(end, "no_such_step", 1)).status_code == 404


def test_reasons_of_return_come_from_the_list(people, walk):
    ReturnReason.objects.create(code="seal", titles={"en": "The seal is missing"})
    walk.to("ministry_order", 1)
    client, address = browser(people.home.officer), step_url(walk, "oblast_consultation", 1)
    done(send(client, address, "submit", walk, on=DAY, note=""))
    assert "The seal is missing" in text_of(client.get(address))
    done(send(client, address, "return", walk, on=DAY, reasons=["seal"], remarks=""))
    assert text_of(client.get(address)).count("The seal is missing") == 1


def test_sides_of_a_place_that_only_sources_know_lie_in_their_country():
    lost = RunSide(place="place_aaaaaaaaaaaa", country="UA")
    assert scopes_covering(lost) == {"world", "UA", "place_aaaaaaaaaaaa"}
    known = RunSide(place=ZHYTOMYR, country="UA")
    assert {"world", "UA", ZHYTOMYR} < scopes_covering(known)


def test_form_without_a_place_or_kind_says_what_is_missing(people):
    answer = browser(people.home.officer).post("/en/procedure/new/", {"kind": "marriage"})
    assert answer.status_code == 400
    assert "Nothing was begun yet" in text_of(answer)
    assert browser(people.home.officer).get("/en/procedure/new/?place=nowhere").status_code == 400
