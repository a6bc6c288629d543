"""What this room keeps about a person: she takes it away, and it is forgotten with her."""

import datetime as dt
import json
import secrets
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone
from needs_cast import a_need, steps, the_needy

from mistok.accounts.actors import Actor
from mistok.accounts.models import User
from mistok.accounts.services import erase_person, export_own_data
from mistok.needs.models import (
    Addressee,
    Answer,
    AnswerLink,
    Appeal,
    Commitment,
    Letter,
    Notice,
    NoticeChoice,
    Offer,
    Posting,
    Publication,
)
from mistok.needs.notices import choose_pace, tell
from office_cast import person

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def cast():
    return the_needy()


def new(prefix):
    return f"{prefix}_{secrets.token_hex(6)}"


def an_appeal(work, writer, *mails):
    """A letter that a person wrote, sent to these addresses; one posting still waits."""
    appeal = Appeal.objects.create(
        public_id=new("appeal"),
        office=work.office,
        title="Generators for winter",
        written_by=writer.public_id,
        written_at=NOW,
        contact_mail=writer.email,
        signatory={"en": "Somebody Else"},
    )
    for number, mail in enumerate(mails):
        addressee = Addressee.objects.create(
            public_id=new("addressee"),
            appeal=appeal,
            place=f"geonames:{number + 1}",
            country="DE",
            name="Dortmund",
            language="de",
            person="Erika Muster",
            email=mail,
        )
        letter = Letter.objects.create(
            public_id=new("letter"),
            addressee=addressee,
            number=1,
            code=secrets.token_hex(6),
            languages=["de"],
            slots={},
            template_version=1,
            made_by=writer.public_id,
            made_at=NOW,
        )
        for to, sent_at in ((mail, None), ("town@example.org", NOW)):
            Posting.objects.create(
                letter=letter, to=to, queued_at=NOW, next_try_at=NOW, sent_at=sent_at
            )
    return appeal


def a_commitment(need, olena, state="made", **fields):
    """What a person promises, in her own name where nothing else is said."""
    sound = {
        "public_id": new("commitment"),
        "need": need,
        "giver": "citizen",
        "giver_name": "Olena Kravets",
        "giver_email": olena.email,
        "form": "part",
        "covers": steps(1),
        "asks": "asker" if state == "proposed" else "",
        "state": state,
        "note": "Ring at Olenas",
        "made_by": olena.public_id,
        "made_at": NOW,
        "changed_at": NOW,
    }
    row = Commitment.objects.create(**sound | fields)
    AnswerLink.objects.create(
        public_id=new("link"),
        commitment=row,
        email=row.giver_email,
        token_hash=secrets.token_hex(32),
        made_at=NOW,
        expires_at=NOW + dt.timedelta(days=3),
        used_at=NOW if state == "made" else None,
    )
    return row


@pytest.fixture
def busy(cast):
    """A person who has left traces in every table of the room."""
    olena = person("olena.kravets")
    need = a_need(cast.home, written_by=olena.public_id, committed=1)
    tell(
        kind="need_question",
        subject=need.public_id,
        params={"who": "Dortmund", "what": "5 beds"},
        people=[olena],
    )
    choose_pace(person=olena, pace="weekly")
    Publication.objects.create(
        public_id=new("publication"),
        need=need,
        need_version=1,
        projection={},
        rules="1",
        approved_by=olena.public_id,
        approved_at=NOW,
        not_before=NOW.date(),
    )
    Offer.objects.create(
        public_id=new("offer"),
        office=cast.home.office,
        place=cast.home.office.place,
        country="UA",
        kind="goods",
        cluster="health",
        unit="piece",
        amount=1000,
        left=1000,
        written_by=olena.public_id,
        written_at=NOW,
        changed_at=NOW,
    )
    Answer.objects.create(
        public_id=new("answer"),
        need=need,
        kind="reply",
        text="It comes on Friday.",
        by=olena.public_id,
        by_name="Zhytomyr",
        at=NOW,
    )
    rows = {state: a_commitment(need, olena, state) for state in ("made", "proposed", "kept")}
    rows["unconfirmed"] = a_commitment(need, olena, "unconfirmed", made_by="link")
    rows["union"] = a_commitment(need, olena, giver="organisation", giver_name="Red Cross")
    rows["city"] = a_commitment(
        need, olena, giver="municipality", giver_name="Dortmund", note="Bring at ten"
    )
    appeal = an_appeal(cast.home, olena, olena.email)
    return SimpleNamespace(person=olena, need=need, appeal=appeal, **rows)


def everything_kept():
    """All rows of all tables as one text."""
    tables = set(connection.introspection.table_names())
    kept = [model for model in apps.get_models() if model._meta.db_table in tables]
    return "\n".join(str(row) for model in kept for row in model._base_manager.values())


def test_person_takes_away_what_the_room_keeps_about_her(busy):
    told = export_own_data(actor=Actor(user=busy.person))["needs"]
    assert {name: len(rows) for name, rows in told.items()} == {
        "notices": 1,
        "notice_choices": 1,
        "needs": 1,
        "publications": 1,
        "appeals": 1,
        "letters": 1,
        "letters_to_you": 1,
        "mails_to_you": 1,
        "offers": 1,
        "commitments": 6,
        "answers": 1,
        "answer_links": 6,
    }
    assert told["notice_choices"] == [{"pace": "weekly"}]
    assert told["commitments"][0]["giver_name"] == "Olena Kravets"
    assert told["answers"][0]["text"] == "It comes on Friday."


def test_nothing_of_others_is_taken_away(busy):
    text = json.dumps(export_own_data(actor=Actor(user=busy.person)))
    for secret in ("Somebody Else", "town@example.org", busy.made.links.get().token_hash):
        assert secret not in text
    mine = export_own_data(actor=Actor(user=person("somebody")))["needs"]
    assert not any(mine.values())


def test_erased_person_is_nowhere_in_the_room(busy):
    address = busy.person.email
    assert f"'{address}'" in everything_kept()
    erase_person(actor=Actor(user=busy.person), person=busy.person)
    kept = everything_kept()
    for trace in (address, "Olena Kravets", "Ring at Olenas", "Erika Muster"):
        assert f"'{trace}'" not in kept
    assert not Notice.objects.filter(person=busy.person).exists()
    assert not NoticeChoice.objects.exists()
    assert not AnswerLink.objects.filter(used_at=None, withdrawn_at=None).exists()
    assert Posting.objects.filter(sent_at=None, dropped_at=None).count() == 0
    busy.appeal.refresh_from_db()
    assert (busy.appeal.contact_mail, busy.appeal.signatory) == ("", {"en": "Somebody Else"})
    assert busy.appeal.written_by == busy.person.public_id


def test_what_was_promised_stays_counted_and_who_relies_on_it_is_told(cast, busy):
    erase_person(actor=Actor(user=busy.person), person=busy.person)
    rows = {
        name: Commitment.objects.get(pk=getattr(busy, name).pk)
        for name in ("made", "kept", "proposed", "unconfirmed", "union", "city")
    }
    assert {name: row.state for name, row in rows.items()} == {
        "made": "made",
        "kept": "kept",
        "proposed": "withdrawn",
        "unconfirmed": "withdrawn",
        "union": "made",
        "city": "made",
    }
    assert (rows["proposed"].asks, rows["proposed"].version) == ("", 2)
    assert (rows["union"].giver_name, rows["union"].giver_email) == ("Red Cross", "")
    assert (rows["city"].giver_name, rows["city"].note) == ("Dortmund", "Bring at ten")
    told = Notice.objects.filter(kind="giver_erased")
    assert [(one.person, one.subject) for one in told] == [
        (cast.home.officer.person, busy.need.public_id)
    ] * 2
    assert told[0].params["amount"]["en"].split() == ["1", "piece"]


def test_two_people_of_one_letter_may_be_erased(cast):
    first, second = person("first"), person("second")
    an_appeal(cast.home, first, first.email)
    letter = Letter.objects.get()
    Posting.objects.create(letter=letter, to=second.email, queued_at=NOW, next_try_at=NOW)
    for one in (first, second):
        erase_person(actor=Actor(user=one), person=one)
    assert Posting.objects.filter(to__endswith="@erased.invalid").count() == 2
    assert Posting.objects.get(to="town@example.org").sent_at is not None
    assert User.objects.filter(erased_at=None, email__startswith="first").count() == 0
