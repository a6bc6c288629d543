"""The desk of aid, opening and offering, the working page: who reads what, what may be done."""

from decimal import Decimal

import pytest
import web_aid_cast as cast
from django.core.cache import cache
from needs_cast import a_need
from web_aid_cast import START, TODAY, a_line, browser, key_of, main_of, page, send

from mistok.aid.lifecycle import State
from mistok.aid.models import Consignment, Passage
from mistok.needs.answers import CommitmentEntry, commit

pytestmark = pytest.mark.django_db
people = cast.needy
NEW = {
    "title": "Ambulance from Dortmund",
    "regime": "humanitarian_aid",
    "abroad": "on",
    "day": START.isoformat(),
    "state": "accepted",
}


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.MISTOK_DATA = tmp_path


def desk(work):
    return f"desk/{work.office.public_id}/"


def new(work):
    return f"new/{work.office.public_id}/"


def offer(work):
    return f"offer/{work.office.public_id}/"


def test_office_records_what_comes_and_finds_it_on_its_desk(people):
    client = browser(people.home.officer)
    assert "No consignment is here yet" in page(client, desk(people.home))
    answer = send(client, new(people.home), "open", donor_name="Lions Club", **NEW)
    made = Consignment.objects.get(title="Ambulance from Dortmund")
    assert answer["Location"] == f"/en/aid/{made.public_id}/lines/"
    assert (made.state, made.donor_name, made.office) == (
        State.ACCEPTED,
        "Lions Club",
        people.home.office,
    )
    told = page(client, desk(people.home))
    assert "Ambulance from Dortmund" in told
    assert "Lions Club" in told
    assert "1 consignment" in told


def test_form_sent_twice_opens_one_consignment(people):
    client = browser(people.home.officer)
    path = new(people.home)
    told = NEW | {"act": "open", "key": key_of(client, path), "version": "0"}
    first, second = (client.post(f"/en/aid/{path}", told) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Consignment.objects.filter(title=NEW["title"]).count() == 1
    client.post(f"/en/aid/{path}", told | {"title": "Another one"})
    assert Consignment.objects.filter(title="Another one").count() == 1


def test_form_that_is_incomplete_keeps_what_was_typed(people):
    client = browser(people.home.officer)
    answer = send(client, new(people.home), "open", 400, **NEW | {"day": "", "title": "Kept words"})
    assert 'value="Kept words"' in answer.content.decode()
    assert "Nothing was recorded yet" in main_of(answer)
    assert not Consignment.objects.filter(title="Kept words").exists()


def test_giver_is_found_by_name_and_asked_about_when_several_may_be_meant(people):
    client = browser(people.home.officer)
    answer = send(client, new(people.home), "open", 400, place="Qzxwvk", **NEW)
    assert "No place has this name" in main_of(answer)
    send(client, new(people.home), "open", place="Gdynia", **NEW)
    made = Consignment.objects.get(title=NEW["title"])
    assert made.donor_place == people.second.place
    both = NEW | {"partner": people.partner.place, "place": "Gdynia"}
    answer = send(client, new(people.home), "open", 400, **both)
    assert "not both" in main_of(answer)


def test_consignment_is_made_of_what_was_promised(people):
    need = a_need(people.home, 8)
    told = CommitmentEntry(number=Decimal(3), unit=need.unit)
    promise = commit(
        actor=people.partner.officer, giver=people.partner.office, need=need, entry=told
    )
    client = browser(people.home.officer)
    shown = page(client, new(people.home))
    assert "Dortmund: 3" in shown
    send(client, new(people.home), "open", commitments=[promise.public_id], **NEW)
    made = Consignment.objects.get(title=NEW["title"])
    assert made.donor_office == people.partner.office
    assert [one.commitment for one in made.lines.all()] == [promise]
    assert "Dortmund: 3" not in page(client, new(people.home))


def test_partner_offers_and_receiver_accepts(people):
    giver, receiver = browser(people.partner.officer), browser(people.home.officer)
    told = {k: v for k, v in NEW.items() if k != "state"}
    send(giver, offer(people.partner), "offer", receiver=people.home.office.public_id, **told)
    made = Consignment.objects.get(title=NEW["title"])
    assert (made.state, made.donor_office) == (State.OFFERED, people.partner.office)
    assert made.title in page(giver, f"{desk(people.partner)}?side=gives")
    send(receiver, f"{made.public_id}/", "to_accepted", day=TODAY.isoformat(), note="Thank you.")
    assert cast.state(made) == State.ACCEPTED
    assert Passage.objects.filter(consignment=made).last().note == "Thank you."


def test_offer_reaches_only_partners_and_those_to_whom_help_was_committed(people):
    client = browser(people.partner.officer)
    shown = client.get(f"/en/aid/{offer(people.partner)}").content.decode()
    assert people.home.office.public_id in shown
    assert people.second.office.public_id not in shown
    told = {k: v for k, v in NEW.items() if k != "state"}
    send(
        client,
        offer(people.partner),
        "offer",
        400,
        receiver=people.second.office.public_id,
        **told,
    )
    assert not Consignment.objects.filter(title=NEW["title"]).exists()
    assert "nobody to offer it to yet" in page(browser(people.second.officer), offer(people.second))


def test_giver_takes_its_offer_back_and_says_why(people):
    made = cast.offered(people.partner, people.home)
    client = browser(people.partner.officer)
    send(client, f"{made.public_id}/lines/", "take_back", 400, day=TODAY.isoformat(), note="")
    send(client, f"{made.public_id}/lines/", "take_back", day=TODAY.isoformat(), note="Sold out.")
    assert cast.state(made) == State.REFUSED


def test_refusal_of_an_offer_needs_its_reason(people):
    made = cast.offered(people.partner, people.home)
    client = browser(people.home.officer)
    answer = send(client, f"{made.public_id}/", "to_refused", 400, day=TODAY.isoformat())
    assert "Something is missing" in main_of(answer)
    send(client, f"{made.public_id}/", "to_refused", day=TODAY.isoformat(), note="No room.")
    assert cast.state(made) == State.REFUSED


@pytest.mark.parametrize("language", ["en", "uk"])
def test_working_page_tells_everything_to_its_office(people, language):
    made = cast.coming(
        people.home, a_line(12), a_line(5, bound=">"), carrier="Fast Wheels", route="Korczowa"
    )
    told = page(browser(people.home.officer), f"{made.public_id}/", language=language)
    assert "Beds from Dortmund" in told
    assert "Fast Wheels" in told
    assert "Korczowa" in told
    assert {"en": "more than 5 pcs", "uk": "12 шт"}[language] in told


def test_who_reads_a_consignment(people):
    made = cast.coming(people.home, carrier="Fast Wheels")
    who = cast.crew(people)
    path = f"{made.public_id}/"
    for client in (who.officer, who.approver, who.storekeeper, who.auditor):
        assert "Fast Wheels" in page(client, path)
    unknown = page(who.stranger, "consignment_aaaaaaaaaaaa/", 404)
    for client in (who.partner, who.second, who.coordinator, who.stranger, who.anonymous):
        assert page(client, path, 404) == page(client, "consignment_aaaaaaaaaaaa/", 404)
    assert "Fast Wheels" not in unknown


def test_giver_reads_the_trace_and_not_the_working_page(people):
    made = cast.offered(people.partner, people.home, carrier="Fast Wheels", route="Korczowa")
    told = page(browser(people.partner.officer), f"{made.public_id}/")
    assert "Beds from Dortmund" in told
    assert "Fast Wheels" not in told
    assert "Korczowa" not in told


def test_military_aid_is_hidden_from_its_giver_and_has_no_lines(people):
    made = cast.offered(people.partner, people.home)
    Consignment.objects.filter(pk=made.pk).update(regime="military_aid", restricted=True)
    made.lines.all().update(removed_at=made.written_at)
    page(browser(people.partner.officer), f"{made.public_id}/", 404)
    told = page(browser(people.home.officer), f"{made.public_id}/")
    assert "no goods are recorded" in told
    assert "Never public" in told


@pytest.mark.parametrize("room", ["desk", "new", "offer", "deadlines"])
def test_rooms_of_an_office_are_closed_to_others(people, room):
    path = f"{room}/{people.home.office.public_id}/"
    who = cast.crew(people)
    page(who.officer, path)
    for client in (who.partner, who.coordinator, who.stranger):
        assert page(client, path, 404) == page(client, f"{room}/office_aaaaaaaaaaaa/", 404)
    assert who.anonymous.get(f"/en/aid/{path}").status_code == 302


@pytest.mark.parametrize("room", ["lines/", "customs/", "files/", "act/acceptance/", "act/report/"])
def test_rooms_of_a_consignment_are_closed_to_others(people, room):
    made = cast.coming(people.home)
    who = cast.crew(people)
    for client in (who.partner, who.coordinator, who.stranger):
        told = page(client, f"{made.public_id}/{room}", 404)
        assert told == page(client, f"consignment_aaaaaaaaaaaa/{room}", 404)
    assert who.anonymous.get(f"/en/aid/{made.public_id}/{room}").status_code == 302


def test_who_reads_only_is_offered_no_act_and_can_send_none(people):
    made = cast.coming(people.home)
    who = cast.crew(people)
    shown = who.auditor.get(f"/en/aid/{made.public_id}/").content.decode()
    assert 'name="act"' not in shown
    send(who.auditor, f"{made.public_id}/", "to_refused", 400, day=TODAY.isoformat(), note="No.")
    page(who.auditor, new(people.home), 403)
    assert "Record what comes" not in page(who.storekeeper, desk(people.home)).split("Consign")[0]
    assert cast.state(made) == State.ACCEPTED


def test_change_shows_what_somebody_else_did_meanwhile(people):
    made = cast.coming(people.home)
    client = browser(people.home.officer)
    stale = {"version": str(made.version)}
    told = {"title": "First words", "regime": made.regime, "abroad": "on"}
    send(client, f"{made.public_id}/", "change", **told | stale)
    second = told | stale | {"title": "Second words"}
    answer = send(client, f"{made.public_id}/", "change", 409, **second)
    assert 'value="Second words"' in answer.content.decode()
    assert f'name="version" value="{stale["version"]}"' not in answer.content.decode()
    assert Consignment.objects.get(pk=made.pk).title == "First words"


def test_desk_filters_by_state_and_law(people):
    cast.coming(people.home, title="Abroad one")
    cast.inland(people.home)
    client = browser(people.home.officer)
    told = page(client, f"{desk(people.home)}?state=on_the_way")
    assert "Abroad one" not in told
    assert "Beds from Dortmund" in told
    told = page(client, f"{desk(people.home)}?regime=humanitarian_aid&state=nonsense")
    assert "Abroad one" in told
    assert "Beds from Dortmund" not in told
    told = page(client, f"{desk(people.home)}?regime=loan&state=closed")
    assert "No consignment matches this choice" in told


def test_desk_tells_what_lies_in_the_store(people):
    cast.received(people.home, a_line(12))
    told = page(browser(people.home.officer), desk(people.home))
    assert "What lies in the store" in told
    assert "12 pcs" in told


def test_desk_of_the_office_leads_to_its_aid(people):
    cast.coming(people.home)
    answer = browser(people.home.officer).get(f"/en/offices/{people.home.office.public_id}/")
    assert f"/en/aid/desk/{people.home.office.public_id}/" in answer.content.decode()


def test_consignment_is_closed_when_nothing_is_left(people):
    made = cast.coming(people.home, regime="grant_money")
    client = browser(people.home.officer)
    path = f"{made.public_id}/"
    send(client, path, "dispatch", day=TODAY.isoformat())
    for one in ("received", "on_balance", "distributed", "closed"):
        send(client, path, f"to_{one}", day=TODAY.isoformat())
    assert cast.state(made) == State.CLOSED
    assert "Closed" in page(client, path)


def test_change_leaves_the_office_that_offered_as_it_is(people):
    made = cast.offered(people.partner, people.home)
    client = browser(people.home.officer)
    told = {
        "title": "Better words",
        "regime": made.regime,
        "abroad": "on",
        "carrier": "Slow Wheels",
    }
    send(client, f"{made.public_id}/", "change", **told)
    now = Consignment.objects.get(pk=made.pk)
    assert (now.title, now.carrier) == ("Better words", "Slow Wheels")
    assert (now.donor_office, now.donor_place) == (people.partner.office, people.partner.place)
    assert now.donor_name == made.donor_name


def test_page_leads_to_what_comes_next(people):
    made = cast.coming(people.home)
    client = browser(people.home.officer)
    assert "Go on with code and customs" in page(client, f"{made.public_id}/")
    made.lines.all().update(removed_at=made.written_at)
    told = page(client, f"{made.public_id}/")
    assert "Write the lines" in told
    who = cast.crew(people)
    assert "Go on with code and customs" not in page(who.storekeeper, f"{made.public_id}/")


def test_act_under_way_is_not_done_a_second_time(people, monkeypatch):
    client = browser(people.home.officer)
    path = new(people.home)
    told = NEW | {"act": "open", "key": key_of(client, path), "version": "0"}
    # Another server of the same house is about to record the same form.
    monkeypatch.setattr(cache, "add", lambda *_: False)
    answer = client.post(f"/en/aid/{path}", told, follow=True)
    assert "sent twice and is recorded once" in main_of(answer)
    assert not Consignment.objects.filter(title=NEW["title"]).exists()


def test_form_that_names_no_act_is_refused(people):
    made = cast.coming(people.home)
    send(browser(people.home.officer), f"{made.public_id}/", "nonsense", 400)


def test_form_that_fails_can_be_sent_again(people, monkeypatch):
    client = browser(people.home.officer)
    path = new(people.home)
    told = NEW | {"act": "open", "key": key_of(client, path), "version": "0"}
    with monkeypatch.context() as broken:
        broken.setattr("mistok.web.aid.opening.open_consignment", lambda **_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            client.post(f"/en/aid/{path}", told)
    assert client.post(f"/en/aid/{path}", told).status_code == 302
    assert Consignment.objects.filter(title=NEW["title"]).count() == 1


def test_name_that_several_places_have_is_asked_about(people):
    answer = send(
        browser(people.home.officer), new(people.home), "open", 400, place="Neustadt", **NEW
    )
    assert "Several places may be meant" in main_of(answer)
    assert "geonames:" in main_of(answer)
    key = send(browser(people.home.officer), new(people.home), "open", 400, place="x:y", **NEW)
    assert "place" in main_of(key)
    assert not Consignment.objects.exists()


def test_military_aid_is_never_public_and_a_series_serves_its_need(people):
    need = a_need(people.home, 8, repeat="month")
    client = browser(people.home.officer)
    told = NEW | {"regime": "military_aid"}
    send(client, new(people.home), "open", **told, series=need.public_id)
    made = Consignment.objects.get()
    assert made.restricted
    assert made.series == need
    assert "Serves the standing need" in page(client, f"{made.public_id}/")
