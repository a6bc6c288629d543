"""Sleeping ties: who sleeps, the revival kit in the languages of the sides, quarterly warnings."""

import datetime as dt
import io

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from factories import BUCHA, DORTMUND, GDYNIA, SMOLENSK, ZHYTOMYR, a_source, a_tie
from mistok.accounts.models import OfficeCheck, ResponsibleUnit
from mistok.kernel.dates import PartialDate
from mistok.kernel.errors import Conflict, NotAllowed, NotFound
from mistok.matching.declared import Profile
from mistok.papers import LANGUAGES
from mistok.partnering import revival, waking
from mistok.partnering.models import DeclaredProfile, Reminder
from mistok.partnering.procedure import reminders
from mistok.partnering.profiles.policies import VISITOR
from mistok.partnering.profiles.vocabulary import FIELDS, NEEDS
from mistok.partnering.revival import Idea, date_in, idea_told, ideas, revival_kit, word
from mistok.partnering.waking import due_sleeping, quarter_of, warn_of_sleepers
from mistok.provenance.models import AuditEvent
from mistok.provenance.values import EVENTS, TIE_KINDS
from mistok.registry.models import Confirmation, MergedTie, Tie
from mistok.registry.sleeping import (
    asleep,
    sleepers,
    sleeping_ties_in,
    sleeping_ties_of,
    soonest_anniversaries,
    watched_ties,
)
from office_cast import ZHYTOMYR_OBLAST, an_office, join, person, the_cast

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 22)


def an_old_tie(*keys, date="2005-12-24", **event):
    source = a_source(f"old-{'-'.join(k[-6:] for k in keys)}".lower(), published="2006-01-01")
    return a_tie(*(keys or (ZHYTOMYR, DORTMUND)), source=source, date=date, **event)


def tie_of(public_id):
    return watched_ties().get(public_id=public_id)


def test_old_tie_sleeps_and_a_new_one_does_not():
    old = an_old_tie()
    a_tie(BUCHA, DORTMUND, date="2026-05-01")
    assert [s.tie.public_id for s in sleeping_ties_of(ZHYTOMYR, TODAY)] == [old]
    assert sleeping_ties_of(BUCHA, TODAY) == []
    assert sleeping_ties_of("geonames:1", TODAY) == []
    (found,) = sleeping_ties_in({ZHYTOMYR_OBLAST}, TODAY)
    assert found.last.event.event == "signed"
    assert found.dormancy.anniversary.years == 21
    assert [s.tie.public_id for s in sleeping_ties_in({"world"}, TODAY)] == [old]
    assert [s.tie.public_id for s in sleeping_ties_in({"DE"}, TODAY)] == [old]
    assert sleeping_ties_in({"FR"}, TODAY) == []


def test_ties_of_aggressor_states_and_stopped_ones_are_not_woken():
    an_old_tie(ZHYTOMYR, SMOLENSK)
    an_old_tie(ZHYTOMYR, GDYNIA, event="severed", body=ZHYTOMYR)
    an_old_tie(BUCHA, GDYNIA, event="proposed")
    assert asleep(watched_ties(), TODAY) == []


def test_state_that_an_office_told_counts_and_is_no_sign_of_life():
    source = a_source("dorm", published="2026-10-01")
    public_id = a_tie(source=source, event="signed", date="2005")
    a_tie(source=source, event="dormant", date="2026-10-01")
    (found,) = sleepers([tie_of(public_id)], TODAY)
    assert found.asleep
    assert found.last.event.event == "signed"


def test_confirmation_and_checked_contacts_are_signs_of_life():
    public_id = an_old_tie()
    (before,) = sleepers([tie_of(public_id)], TODAY)
    office = an_office(ZHYTOMYR)
    now = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
    OfficeCheck.objects.create(
        public_id="check_1",
        office=office,
        kind="call_back",
        channel="+380",
        seen="yes",
        outcome="confirmed",
        checked_by="person_x",
        at=now,
    )
    ResponsibleUnit.objects.create(
        public_id="unit_1",
        office=office,
        unit="Foreign relations",
        role="coordinator",
        since=dt.date(2024, 1, 1),
    )
    (reached,) = sleepers([tie_of(public_id)], TODAY)
    assert reached.dormancy.score < before.dormancy.score
    assert any("reachable" in line for line in reached.dormancy.parts[1].details)
    Confirmation.objects.create(
        tie=public_id,
        fact="fact_x",
        party=ZHYTOMYR,
        office=office.public_id,
        verdict="confirmed",
        at=now,
        actor="person_x",
    )
    (awake,) = sleepers([tie_of(public_id)], TODAY)
    assert not awake.dormancy.warns


def test_a_tie_without_any_date_is_told_by_its_confirmation_alone():
    source = a_source("undated", published="")
    public_id = a_tie(source=source, event="active", date="")
    (found,) = sleepers([tie_of(public_id)], TODAY)
    assert (found.last, found.dormancy.months) == (None, None)
    Confirmation.objects.create(
        tie=public_id,
        fact="fact_x",
        party=ZHYTOMYR,
        office="office_x",
        verdict="confirmed",
        at=dt.datetime(2026, 10, 1, tzinfo=dt.UTC),
        actor="person_x",
    )
    (heard,) = sleepers([tie_of(public_id)], TODAY)
    assert heard.dormancy.months == 1


def test_soonest_anniversary_comes_first():
    late = an_old_tie(ZHYTOMYR, GDYNIA, date="2005-10-01")
    soon = an_old_tie(ZHYTOMYR, DORTMUND, date="2005-12-24")
    an_old_tie(BUCHA, DORTMUND, date="2005")
    found = sleepers(watched_ties(), TODAY)
    assert [s.tie.public_id for s in soonest_anniversaries(found)] == [soon, late]
    assert [s.tie.public_id for s in soonest_anniversaries(found, 60)] == [soon]


def test_kit_writes_in_the_languages_of_the_sides_with_facts_only():
    public_id = an_old_tie(
        ZHYTOMYR,
        DORTMUND,
        fields=("culture", "urban planning", "peace"),
        signatures=(
            {"party": ZHYTOMYR, "person": "O. Koval"},
            {"party": DORTMUND, "person": "A. Maier"},
        ),
    )
    kit = revival_kit(tie_of(public_id), TODAY, editor=VISITOR)
    assert [draft.language for draft in kit.drafts] == ["uk", "de"]
    uk, de = (
        "\n".join([p.text for p in d.paragraphs] + [i for p in d.paragraphs for i in p.items])
        for d in kit.drafts
    )
    assert "24 грудня 2005 року" in uk
    assert "24. Dezember 2005" in de
    assert "O. Koval" in uk
    assert "A. Maier" in de
    assert "24. Dezember 2026" in de
    assert "Kultur und Stadtplanung" in de
    assert "____" in uk
    assert "{" not in uk + de
    assert kit.drafts[1].subject.startswith("Schytomyr – Dortmund")
    assert {row.name for row in kit.undeclared} == {"Zhytomyr", "Dortmund"}
    other = revival_kit(tie_of(public_id), TODAY, editor=VISITOR, sender=DORTMUND)
    assert [draft.language for draft in other.drafts] == ["de", "uk"]
    with pytest.raises(NotFound) as refused:
        revival_kit(tie_of(public_id), TODAY, editor=VISITOR, sender=GDYNIA)
    assert refused.value.code == "not_a_party"


def test_message_of_a_tie_of_which_nothing_is_known_claims_nothing():
    public_id = a_tie(
        source=a_source("bare", published=""), event="active", kind="unknown", date=""
    )
    kit = revival_kit(tie_of(public_id), TODAY, editor=VISITOR)
    assert not any(p.items for draft in kit.drafts for p in draft.paragraphs)
    assert kit.ideas == ()


@pytest.mark.parametrize(
    ("keys", "event", "error", "code"),
    [
        ((ZHYTOMYR, SMOLENSK), {"event": "signed"}, NotAllowed, "aggressor_state"),
        ((ZHYTOMYR, DORTMUND), {"event": "severed", "body": ZHYTOMYR}, Conflict, "tie_ended"),
        ((ZHYTOMYR, DORTMUND), {"event": "suspended"}, Conflict, "tie_suspended"),
        ((ZHYTOMYR, DORTMUND), {"event": "proposed"}, Conflict, "tie_not_begun"),
    ],
)
def test_what_cannot_be_woken_is_refused(client, keys, event, error, code):
    public_id = a_tie(*keys, **event)
    tie = Tie.objects.with_parties().get(public_id=public_id)
    with pytest.raises(error) as refused:
        revival_kit(tie, TODAY, editor=VISITOR)
    assert refused.value.code == code
    page = client.get(reverse("reviving:revive", args=[public_id]))
    assert page.status_code == refused.value.status
    assert "revive" not in client.get(reverse("registry:tie", args=[public_id])).content.decode()


def test_ideas_pair_what_one_wants_with_what_the_other_gives():
    mine = Profile(
        wanted=frozenset({"culture", "water"}),
        offered=frozenset({"digital"}),
        needs=frozenset({"buses"}),
        offers=frozenset({"know_digital"}),
    )
    theirs = Profile(
        wanted=frozenset({"culture", "digital"}),
        offered=frozenset({"water"}),
        needs=frozenset({"know_digital"}),
        offers=frozenset({"buses"}),
    )
    found = list(ideas("a", ["b", "c"], {"a": mine, "b": theirs}))
    assert found == [
        Idea("both", ("culture",)),
        Idea("gives", ("digital",), "a", "b"),
        Idea("gives", ("water",), "b", "a"),
        Idea("helps", ("know_digital",), "a", "b"),
        Idea("helps", ("buses",), "b", "a"),
    ]
    assert list(ideas("c", ["b"], {"b": theirs})) == []
    assert idea_told(found[4], {"a": "Житомир", "b": "Дортмунд"}, "uk").startswith("Дортмунд може")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_there_in_every_language(language):
    data = revival._data()
    assert all(word(code, language) for code in (*FIELDS, *NEEDS))
    assert all(block["text"][language] for block in data["message"])
    assert {event for event in EVENTS if data["events"][event][language]} == EVENTS
    assert set(data["kinds"]) == TIE_KINDS - {"unknown"}
    assert set(data["earlier"].values()) <= set(FIELDS)
    for text in ("2005-12-24", "2005-12", "2005", "<2005", ">2005", "~2005"):
        assert "2005" in date_in(PartialDate.parse(text), language)


def test_page_shows_kit_to_everybody_and_contacts_to_the_sides(client):
    public_id = an_old_tie()
    cast = the_cast()
    url = reverse("reviving:revive", args=[public_id])
    page = client.get(url).content.decode()
    assert "Take the tie up again" in page
    assert "24. Dezember 2005" in page
    assert "no unit named as responsible" not in page
    assert url in client.get(reverse("registry:tie", args=[public_id])).content.decode()
    for one, sees in ((cast.officer, True), (cast.coordinator, True), (cast.stranger, False)):
        client.force_login(one)
        assert ("no unit named as responsible" in client.get(url).content.decode()) is sees
    assert "<script>" not in page


def a_profile(key, **fields):
    """A public profile as it stands in the database."""
    DeclaredProfile.objects.create(
        key=key, public=True, confirmed_on=TODAY, updated_at=timezone.now(), **fields
    )


def test_page_of_an_awake_tie_and_of_declared_sides(client):
    a_profile(ZHYTOMYR, wanted=["culture"])
    a_profile(DORTMUND, wanted=["culture"])
    public_id = a_tie(date=timezone.localdate().isoformat())
    page = client.get(reverse("reviving:revive", args=[public_id]) + f"?from={DORTMUND}")
    text = page.content.decode()
    assert "This tie is not asleep" in text
    assert "culture (both sides look for it)" in text
    assert "No public profile yet" not in text
    assert client.get(reverse("reviving:revive", args=[public_id]) + "?from=x").status_code == 404
    assert client.get("/en/ties/tie_nothing/revive/").status_code == 404


def test_kit_of_a_merged_tie_leads_to_the_one_that_stands(client):
    public_id = an_old_tie()
    MergedTie.objects.create(public_id="tie_abcdefgh2345", tie=tie_of(public_id))
    page = client.get(reverse("reviving:revive", args=["tie_abcdefgh2345"]))
    assert page["Location"] == reverse("reviving:revive", args=[public_id])


def test_page_of_a_tie_without_dates_has_no_anniversary_and_no_warning_while_awake(client):
    bare = a_tie(source=a_source("bare", published=""), event="active", date="")
    text = client.get(reverse("reviving:revive", args=[bare])).content.decode()
    assert "Next anniversary:" not in text
    awake = a_tie(BUCHA, GDYNIA, date=timezone.localdate().isoformat())
    text = client.get(reverse("registry:tie", args=[awake])).content.decode()
    assert "/revive/" not in text


def test_quarters():
    assert quarter_of(dt.date(2026, 12, 31)) == dt.date(2026, 10, 1)
    assert quarter_of(dt.date(2026, 1, 1)) == dt.date(2026, 1, 1)


def test_warning_goes_once_a_quarter_to_the_office_and_its_coordinator():
    public_id = an_old_tie()
    cast = the_cast()
    cast.officer.language = "uk"
    cast.officer.save()
    (due,) = due_sleeping(TODAY)
    # The officers of both offices and the coordinators of Ukraine, Germany and the world.
    expected = {cast.officer, cast.partner_officer, cast.coordinator, cast.elsewhere, cast.of_all}
    assert set(due.people) == expected
    first = warn_of_sleepers(TODAY)
    assert (first.queued, first.sent, first.failed, first.dropped) == (5, 5, 0, 0)
    assert warn_of_sleepers(TODAY).sent == 0
    assert warn_of_sleepers(dt.date(2026, 12, 31)).queued == 0
    assert warn_of_sleepers(dt.date(2027, 1, 1)).sent == 5
    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert public_id in letters[cast.officer.email].body
    assert "24 грудня 2005 року" in letters[cast.officer.email].body
    assert "24 December 2005" in letters[cast.coordinator.email].body
    told = AuditEvent.objects.filter(verb="remind", subject=public_id)
    assert told.count() == 10
    assert Tie.objects.get(public_id=public_id).state == "signed"


def test_one_letter_tells_of_all_and_names_few(monkeypatch):
    an_old_tie(ZHYTOMYR, DORTMUND)
    an_old_tie(ZHYTOMYR, GDYNIA)
    an_old_tie(BUCHA, GDYNIA, date="2005")
    coordinator = person("of-ukraine")
    join(coordinator, None, "coordinator", "UA")
    monkeypatch.setattr(waking, "SHOWN", 2)
    assert warn_of_sleepers(TODAY).sent == 3
    (letter,) = mail.outbox
    assert letter.subject == "3 sleeping ties"
    assert letter.body.count("tie_") == 2
    assert "and 1 more" in letter.body


def test_letter_tells_no_date_that_is_not_known():
    public_id = a_tie(source=a_source("bare", published=""), event="active", date="")
    coordinator = person("of-ukraine")
    join(coordinator, None, "coordinator", "UA")
    assert warn_of_sleepers(TODAY).sent == 1
    (letter,) = mail.outbox
    assert f"- Zhytomyr – Dortmund ({public_id})\n" in letter.body


def test_failed_letter_waits_and_what_woke_up_is_dropped(monkeypatch):
    public_id = an_old_tie()
    officer = person("officer")
    join(officer, an_office(ZHYTOMYR), "officer")

    def away(self, *args, **fields):
        raise ConnectionRefusedError("no server")

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", away)
        assert warn_of_sleepers(TODAY).failed == 1
    assert Reminder.objects.get().tries == 1
    assert warn_of_sleepers(dt.date(2027, 1, 1)).dropped == 1
    assert len(mail.outbox) == 1
    Reminder.objects.update(sent_at=None)
    a_tie(source=a_source("fresh"), event="active", date="2026-12-01")
    assert warn_of_sleepers(dt.date(2027, 1, 1)).dropped == 1
    assert tie_of(public_id)


def test_person_who_left_is_not_told_and_two_runs_send_one_letter(monkeypatch):
    an_old_tie()
    gone = person("gone", is_active=False)
    join(gone, an_office(ZHYTOMYR), "officer")
    assert list(due_sleeping(TODAY)) == []
    officer = person("officer")
    join(officer, an_office(DORTMUND), "officer")
    monkeypatch.setattr(reminders, "_claim", lambda row: False)
    assert warn_of_sleepers(TODAY).sent == 0
    assert mail.outbox == []


def test_reminder_is_of_a_run_or_of_a_tie():
    fields = {
        "position": 0,
        "step": "x",
        "due_on": TODAY,
        "days_before": 0,
        "person": "p",
        "queued_at": timezone.now(),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(**fields)
    row = Reminder.objects.create(**fields, tie="tie_x")
    assert row.about == "tie_x"
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(**fields, tie="tie_x")


def test_command_tells_of_sleepers_and_sends(monkeypatch):
    public_id = an_old_tie()
    officer = person("officer")
    join(officer, an_office(ZHYTOMYR), "officer")
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    told = io.StringIO()
    call_command("remind", "--dry-run", stdout=told)
    assert told.getvalue() == f"2026-10-01 {public_id} sleeping_tie {officer.public_id}\n"
    sent = io.StringIO()
    call_command("remind", stdout=sent)
    assert sent.getvalue() == "queued 1, sent 1, failed 0, dropped 0\n"
