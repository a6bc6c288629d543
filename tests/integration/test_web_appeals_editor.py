"""The editor of a letter: what it offers, its preview, what it keeps, and what it refuses."""

import needs_cast
import pytest
from appeals_cast import SITUATION, TODAY, a_draft, a_line, an_entry, dortmund, quick_papers, sent
from django.http import QueryDict
from django.test import Client
from needs_cast import a_need

from factories import DORTMUND, GDYNIA, PLOCK, SMOLENSK, ZHYTOMYR, a_source, a_tie
from mistok.needs.appeals import addressees_of as kept_addressees
from mistok.needs.appeals import correct_appeal, lines_of
from mistok.needs.models import Appeal
from mistok.web.appeals import editor
from mistok.web.appeals.sheet import from_post

pytestmark = pytest.mark.django_db
people = needs_cast.needy
quick = quick_papers
NEW = "/en/appeals/new/"


@pytest.fixture
def officer(people):
    return as_person(people.home.officer)


def as_person(actor):
    client = Client()
    client.force_login(actor.user)
    return client


def typed(*needs, to=(DORTMUND,), **fields):
    """A form that is filled in; dots in names stand as two underscores."""
    texts = {f"situation.{code}": SITUATION[code] for code in ("uk", "de", "pl")}
    sound = {
        "title": "Winter",
        "need": [need.public_id for need in needs],
        "to": list(to),
        "recipient.uk": "Житомирська міська рада",
        "recipient.de": "Stadtrat Schytomyr",
        "recipient_code": "13576954",
        "signatory.uk": "Іван Петренко",
        "signatory_office.uk": "Міський голова",
        "valid_until": TODAY.replace(year=TODAY.year + 1).isoformat(),
        "act": "save",
    }
    return sound | texts | fields


def text_of(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def edit_url(appeal):
    return f"/en/appeals/{appeal.public_id}/edit/"


# What it offers ---------------------------------------------------------------------------


def test_new_letter_offers_open_needs_and_partners(people, officer):
    shown = a_need(people.home, 5)
    for hidden in (
        a_need(people.home, 5, state="draft"),
        a_need(people.home, 5, end_user="defence", restricted=True),
        a_need(people.neighbour, 5),
    ):
        assert hidden.public_id not in text_of(officer.get(NEW))
    text = text_of(officer.get(NEW))
    assert shown.public_id in text
    assert f'value="{DORTMUND}"' in text
    assert people.partner.office.official_email in text
    assert 'name="situation.uk"' in text
    assert 'name="situation.de"' not in text


def test_address_may_name_needs_and_addressees(people, officer):
    need = a_need(people.home, 5)
    text = text_of(officer.get(NEW, {"need": need.public_id, "to": [DORTMUND, "nonsense"]}))
    assert 'name="situation.de"' in text
    assert "Bitte um Unterstützung" in text


def test_only_officers_of_ukrainian_hromadas_write_letters(people):
    for actor in (people.partner.officer, people.home.approver, people.stranger):
        text_of(as_person(actor).get(NEW), 403)
    assert Client().get(NEW).status_code == 302


def test_texts_of_the_last_letter_stand_in_the_next_one_but_not_its_situation(people, officer):
    a_draft(people.home, entry=an_entry())
    text = text_of(officer.get(NEW))
    assert "Іван Петренко" in text
    assert "13576954" in text
    assert SITUATION["uk"] not in text


def test_partner_with_two_ties_lets_one_be_chosen(people, officer):
    a_tie(ZHYTOMYR, DORTMUND, GDYNIA, source=a_source("of-three"))
    text = text_of(officer.get(NEW))
    assert f'<select name="tie.{DORTMUND}">' in text


def test_only_the_most_urgent_of_many_needs_are_offered(people, officer, monkeypatch):
    monkeypatch.setattr(editor, "MOST_NEEDS", 1)
    a_need(people.home, 5, priority="important")
    urgent = a_need(people.home, 5, priority="life_saving")
    text = text_of(officer.get(NEW))
    assert text.count('name="need"') == 1
    assert urgent.public_id in text


# Preview ----------------------------------------------------------------------------------


def test_preview_shows_the_letter_and_names_what_is_missing_and_keeps_nothing(people, officer):
    need = a_need(people.home, 5)
    told = typed(need, act="preview", **{"recipient.de": "", "signatory.uk": ""})
    text = text_of(officer.post(NEW, told))
    assert "Bitte um Unterstützung" in text
    assert "Oberbürgermeister" in text or "Damen und Herren" in text
    assert "things are to be done" in text
    assert '<a href="#part-recipient">' in text
    assert '<a href="#part-signatory">' in text
    assert not Appeal.objects.exists()


def test_preview_of_another_addressee_is_asked_for_by_name(people, officer):
    need = a_need(people.home, 5)
    told = typed(need, to=[DORTMUND, GDYNIA], act="preview", shown=GDYNIA)
    text = text_of(officer.post(NEW, told))
    assert "Prośba" in text
    assert "Bitte um Unterstützung" not in text


def test_preview_of_what_no_paper_can_hold_says_why(people, officer):
    told = typed(a_need(people.home, 5), act="preview", **{"sender_seat.uk": "x" * 600})
    assert "too long for the paper" in text_of(officer.post(NEW, told))


def test_texts_in_other_languages_are_kept_while_their_addressee_is_not_chosen(people, officer):
    text = text_of(officer.post(NEW, typed(to=[], act="languages")))
    assert 'type="hidden" name="situation.de"' in text
    assert SITUATION["de"] in text


# Another place ----------------------------------------------------------------------------


def test_another_place_is_found_by_name_and_added(people, officer):
    text = text_of(officer.post(NEW, typed(act="find", q="Плоцьк")))
    assert f'name="add" value="{PLOCK}"' in text
    added = typed(add=PLOCK)
    del added["act"]
    text = text_of(officer.post(NEW, added))
    assert f'name="to" value="{PLOCK}" checked' in text
    assert '<textarea id="slot-situation-pl"' in text
    assert "No municipality with the name" in text_of(officer.post(NEW, typed(act="find", q="§§§")))


def test_place_that_is_no_place_is_passed_over(people, officer):
    told = typed(
        a_need(people.home), to=["geonames:1"], other=["geonames:1", "junk"], act="preview"
    )
    assert 'class="against"' in text_of(officer.post(NEW, told))
    text_of(officer.post(NEW, told | {"act": "save"}), 404)


# Keeping ----------------------------------------------------------------------------------


def test_draft_is_kept_whole_and_shown_again(people, officer):
    need = a_need(people.home, 5)
    more = {
        f"amount.{need.public_id}": "2",
        f"person.{DORTMUND}": "Thomas Westphal",
        f"greeted_as.{DORTMUND}": "lord_mayor",
        f"gender.{DORTMUND}": "m",
        f"email.{DORTMUND}": "ob@dortmund.example",
        "users.uk": "лікарні",
        "recipient_registration": "4711",
    }
    response = officer.post(NEW, typed(need, **more))
    (appeal,) = Appeal.objects.all()
    assert response["Location"] == f"/en/appeals/{appeal.public_id}/"
    assert appeal.lines.get().amount == 2000
    assert appeal.addressees.get().person == "Thomas Westphal"
    text = text_of(officer.get(edit_url(appeal)))
    for words in ("Thomas Westphal", "ob@dortmund.example", "лікарні", "4711", SITUATION["de"]):
        assert words in text


def test_change_of_a_draft_counts_and_a_stale_one_loses_nothing(people, officer):
    draft = a_draft(people.home)
    need = draft.lines.get().need
    told = typed(need, title="Changed", version=draft.version)
    assert officer.post(edit_url(draft), told).status_code == 302
    draft.refresh_from_db()
    assert draft.title == "Changed"
    text = text_of(officer.post(edit_url(draft), told | {"title": "Mine"}), 409)
    assert "the letter was: changed" in text
    assert 'value="Mine"' in text


def test_amounts_and_days_that_cannot_be_read_stand_beside_their_fields(people, officer):
    one, other = a_need(people.home, 5), a_need(people.home, 4, item="", unit="tonne")
    more = {
        f"amount.{one.public_id}": "about 5",
        f"amount.{other.public_id}": "3 pcs",
        "valid_until": "soon",
    }
    text = text_of(officer.post(NEW, typed(one, other, **more)), 400)
    assert f'href="#amount-{one.public_id}"' in text
    assert f'href="#amount-{other.public_id}"' in text
    assert 'href="#part-valid_until"' in text
    assert "about 5" in text
    assert not Appeal.objects.exists()


def test_amount_in_another_unit_is_converted(people, officer):
    need = a_need(people.home, 500, item="", unit="kilogram")
    officer.post(NEW, typed(need, **{f"amount.{need.public_id}": "0,25 t"}))
    assert Appeal.objects.get().lines.get().amount == 250_000


@pytest.mark.parametrize(("place", "words"), [(ZHYTOMYR, "your own"), (SMOLENSK, "aggressor")])
def test_addressee_that_cannot_be_is_refused_in_a_sentence(people, officer, place, words):
    text = text_of(
        officer.post(NEW, typed(a_need(people.home), to=[place])), None or _status(place)
    )
    assert words in text
    assert 'value="Winter"' in text


def _status(place):
    return 400 if place == ZHYTOMYR else 409


def test_need_that_was_committed_meanwhile_stays_in_a_kept_letter(people, officer):
    draft = a_draft(people.home)
    told = typed(version=draft.version, need=["need_of_somebody_else"])
    text = text_of(officer.post(edit_url(draft), told), 400)
    assert "no longer open" in text


# Corrections ------------------------------------------------------------------------------


def test_letter_that_went_out_is_corrected_with_its_lines_and_addressees(people, officer):
    lines = [a_line(people.home, 8), a_line(people.home, 3, item="ambulance")]
    appeal = sent(people.home, lines=lines, addressees=[dortmund()]).appeal
    text = text_of(officer.get(edit_url(appeal)))
    assert "Correct the letter" in text
    assert 'type="checkbox" id="need-' not in text
    needs = [line.need for line in lines]
    told = typed(*needs, version=appeal.version, recipient_code="04053625")
    assert officer.post(edit_url(appeal), told).status_code == 302
    appeal.refresh_from_db()
    assert appeal.correction["entry"]["recipient_code"] == "04053625"
    assert "04053625" in text_of(officer.get(edit_url(appeal)))


def test_correction_by_somebody_else_is_told(people, officer):
    appeal = sent(people.home, addressees=[dortmund()]).appeal
    version, need = appeal.version, appeal.lines.get().need
    correct_appeal(
        actor=people.home.officer,
        appeal=appeal,
        entry=an_entry(recipient_code="04053625"),
        lines=lines_of(appeal),
        addressees=kept_addressees(appeal),
    )
    text_of(officer.post(edit_url(appeal), typed(need, version=version)), 409)


def test_editor_is_closed_to_others_and_to_letters_that_cannot_change(people, officer):
    draft = a_draft(people.home)
    text_of(as_person(people.home.approver).get(edit_url(draft)), 403)
    text_of(as_person(people.partner.officer).get(edit_url(draft)), 404)
    gone = sent(people.home).appeal
    text_of(as_person(people.partner.officer).get(edit_url(gone)), 404)


def test_preview_needs_the_right_to_write(people):
    draft = a_draft(people.home)
    text_of(as_person(people.home.approver).post(edit_url(draft), typed(act="preview")), 403)


def test_sheet_keeps_known_fields_only():
    sheet = from_post(QueryDict("title=A%00&csrf=b&act=save&amount.need_x=3&add=junk"))
    assert dict(sheet.values) == {"title": "A", "amount.need_x": "3"}
    assert list(sheet.others) == []
