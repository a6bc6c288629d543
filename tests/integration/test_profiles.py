"""Declared profiles: who may write and read them, what is kept, what searches may use."""

import datetime as dt
from dataclasses import replace

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.core import signing
from django.db import IntegrityError, transaction

from factories import DORTMUND, GDYNIA, SMOLENSK, ZHYTOMYR
from mistok.accounts.models import User
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from mistok.matching.declared import Profile, Wishes
from mistok.partnering.models import DeclaredProfile
from mistok.partnering.profiles import selectors
from mistok.partnering.profiles.entry import ProfileEntry
from mistok.partnering.profiles.policies import (
    SALT,
    VISITOR,
    Editor,
    can_edit,
    check_can_edit,
    edit_token,
    key_of_token,
)
from mistok.partnering.profiles.selectors import (
    entry_of,
    freshness,
    profile_for_search,
    profile_of,
    profiled_place,
    profiles_stamp,
    public_profiles,
    readable_profile,
)
from mistok.partnering.profiles.services import (
    NEW,
    confirm_profile,
    save_profile,
    withdraw_profile,
)
from mistok.provenance.models import AuditEvent

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
LATER = NOON + dt.timedelta(days=3)
SHELL = Editor(shell="olena")
OWNER = Editor(link_key=ZHYTOMYR)
PARTNER = Editor(link_key=DORTMUND)
ENTRY = ProfileEntry(
    profile=Profile(
        wanted=frozenset({"rehabilitation", "culture"}),
        needs=frozenset({"generators"}),
        languages=frozenset({"uk", "en"}),
        wishes=Wishes(frozenset({"DE"}), frozenset({"HU"}), 50_000, 900_000, 2_000),
        capacity=2,
    ),
    about_en="A city of machine builders and poets.",
    about_uk="Місто машинобудівників і поетів.",
    public=True,
)


def saved(key=ZHYTOMYR, entry=ENTRY, version=NEW, actor=SHELL, at=NOON):
    return save_profile(actor=actor, key=key, data=entry, expected_version=version, at=at)


@pytest.fixture
def coordinator(cast):
    """The steward of the cast with the right to change profiles."""
    cast.coordinator.user_permissions.add(Permission.objects.get(codename="change_declaredprofile"))
    return Editor(user=User.objects.get(pk=cast.coordinator.pk))


def test_profile_is_kept_as_it_was_written():
    row = saved()
    assert entry_of(row) == entry_of(profile_of(ZHYTOMYR)) == ENTRY
    assert (row.version, row.confirmed_on, row.updated_at) == (1, NOON.date(), NOON)
    assert str(row) == ZHYTOMYR
    assert row.wanted == ["culture", "rehabilitation"]


def test_profile_is_kept_under_the_key_that_stands():
    settlement = "geonames:686967"
    assert profiled_place(settlement).key == ZHYTOMYR
    assert saved(key=settlement).key == ZHYTOMYR


def test_saving_again_replaces_the_whole_and_counts():
    saved()
    row = saved(entry=ProfileEntry(profile=Profile(capacity=0)), version=1, at=LATER)
    assert (row.version, row.wanted, row.capacity, row.public) == (2, [], 0, False)
    assert row.confirmed_on == LATER.date()


@pytest.mark.parametrize("stale", [NEW, 2, 99])
def test_saving_over_what_somebody_else_saved_is_refused(stale):
    saved()
    with pytest.raises(Conflict) as refused:
        saved(entry=ProfileEntry(), version=stale)
    assert refused.value.code == "profile_changed"
    assert entry_of(profile_of(ZHYTOMYR)) == ENTRY
    assert AuditEvent.objects.count() == 1


def test_saving_a_version_of_a_profile_that_is_not_there_is_refused():
    with pytest.raises(Conflict):
        saved(version=1)
    assert not AuditEvent.objects.exists()


def test_saving_tells_who_changed_what():
    saved()
    saved(entry=replace(ENTRY, about_en="Another text."), version=1, actor=OWNER)
    last, first = AuditEvent.objects.all()
    assert (first.actor, first.verb, first.subject) == ("shell: olena", "save_profile", ZHYTOMYR)
    assert first.before == {}
    assert first.after["wanted"] == ["culture", "rehabilitation"]
    assert last.actor == f"link: {ZHYTOMYR}"
    assert last.before == {"about_en": ENTRY.about_en}
    assert last.after == {"about_en": "Another text."}


def test_faulty_profile_is_refused_whole_with_a_sentence_a_field():
    faulty = replace(ENTRY, about_en="Call +380 412 48 12 12", profile=Profile(capacity=51))
    with pytest.raises(Invalid) as refused:
        saved(entry=faulty)
    assert refused.value.code == "profile_invalid"
    assert list(refused.value.details["fields"]) == ["about_en", "capacity"]
    assert str(refused.value).endswith(".")
    assert not DeclaredProfile.objects.exists()


@pytest.mark.parametrize(
    ("key", "kind", "code"),
    [
        ("iso:DE", Invalid, "profile_of_no_municipality"),
        ("katottg:UA18000000000041385", Invalid, "profile_of_no_municipality"),
        (SMOLENSK, NotAllowed, "aggressor_state"),
        ("geonames:999999999", NotFound, "place_unknown"),
        ("Zhytomyr", Invalid, "key_malformed"),
        ("place_abcdefgh2345", NotFound, "place_unknown"),
    ],
)
def test_only_municipalities_of_the_gazetteer_have_profiles(key, kind, code):
    with pytest.raises(kind) as refused:
        saved(key=key)
    assert refused.value.code == code


def test_place_of_our_own_has_no_profile(monkeypatch):
    monkeypatch.setattr(selectors, "resolve_place", lambda key: (key, None))
    with pytest.raises(Invalid) as refused:
        profiled_place("place_abcdefgh2345")
    assert refused.value.code == "profile_of_no_municipality"


def test_confirming_moves_the_date_and_nothing_else():
    saved()
    row = confirm_profile(actor=OWNER, key=ZHYTOMYR, expected_version=1, at=LATER)
    assert (row.confirmed_on, row.version, entry_of(row)) == (LATER.date(), 2, ENTRY)
    assert AuditEvent.objects.first().verb == "confirm_profile"


def test_taking_back_hides_and_saving_shows_again():
    saved()
    row = withdraw_profile(actor=OWNER, key=ZHYTOMYR, expected_version=1, at=LATER)
    assert (row.withdrawn_at, row.public, row.wanted) == (
        LATER,
        False,
        ["culture", "rehabilitation"],
    )
    assert public_profiles() == {}
    assert readable_profile(ZHYTOMYR, SHELL) is None
    assert AuditEvent.objects.first().verb == "withdraw_profile"
    assert saved(version=2).withdrawn_at is None
    assert list(public_profiles()) == [ZHYTOMYR]


@pytest.mark.parametrize("act", [confirm_profile, withdraw_profile])
@pytest.mark.parametrize("version", [0, 2])
def test_confirming_or_taking_back_another_version_is_refused(act, version):
    saved()
    with pytest.raises(Conflict):
        act(actor=OWNER, key=ZHYTOMYR, expected_version=version, at=LATER)
    assert profile_of(ZHYTOMYR).version == 1


@pytest.mark.parametrize("act", [confirm_profile, withdraw_profile])
def test_profile_that_was_taken_back_is_neither_confirmed_nor_taken_back(act):
    saved()
    withdraw_profile(actor=OWNER, key=ZHYTOMYR, expected_version=1, at=LATER)
    with pytest.raises(Conflict):
        act(actor=OWNER, key=ZHYTOMYR, expected_version=2, at=LATER)


def test_database_itself_keeps_what_was_taken_back_private():
    saved()
    with pytest.raises(IntegrityError), transaction.atomic():
        DeclaredProfile.objects.update(withdrawn_at=LATER)


@pytest.mark.parametrize("act", [save_profile, confirm_profile, withdraw_profile])
@pytest.mark.parametrize("who", ["partner", "stranger", "visitor"])
def test_others_may_not_write(cast, act, who):
    saved()
    editors = {"partner": PARTNER, "stranger": Editor(user=cast.stranger), "visitor": VISITOR}
    more = {"data": ProfileEntry()} if act is save_profile else {}
    with pytest.raises(NotAllowed) as refused:
        act(actor=editors[who], key=ZHYTOMYR, expected_version=1, at=LATER, **more)
    assert refused.value.code == "profile_not_yours"
    assert profile_of(ZHYTOMYR).version == 1
    assert AuditEvent.objects.count() == 1


def test_owner_coordinator_and_operator_may_write(coordinator):
    for version, actor in enumerate((OWNER, coordinator, SHELL)):
        assert saved(actor=actor, version=version).version == version + 1
    names = set(AuditEvent.objects.values_list("actor", flat=True))
    assert names == {f"link: {ZHYTOMYR}", coordinator.user.public_id, "shell: olena"}


@pytest.mark.parametrize(
    ("rights", "may"),
    [
        ({"is_staff": True, "is_superuser": True}, True),
        ({"is_staff": True, "is_superuser": True, "is_active": False}, False),
        ({"is_superuser": True}, False),
        ({"is_staff": True}, False),
        ({}, False),
    ],
)
def test_right_and_staff_are_both_needed(rights, may):
    user = User.objects.create(email="a@example.org", **rights)
    assert can_edit(Editor(user=user), ZHYTOMYR) is may


def test_right_without_being_of_the_staff_is_not_enough(cast):
    cast.stranger.user_permissions.add(Permission.objects.get(codename="change_declaredprofile"))
    assert not can_edit(Editor(user=User.objects.get(pk=cast.stranger.pk)), ZHYTOMYR)


def test_visitor_may_nothing_and_is_named_so():
    assert not can_edit(Editor(user=AnonymousUser()), ZHYTOMYR)
    assert Editor(user=AnonymousUser()).name == VISITOR.name == "visitor"
    with pytest.raises(NotAllowed):
        check_can_edit(VISITOR, "")
    check_can_edit(OWNER, ZHYTOMYR)


def test_link_names_its_municipality_for_thirty_days(monkeypatch):
    token = edit_token(ZHYTOMYR)
    assert key_of_token(token) == ZHYTOMYR
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + 29 * 86_400)
    assert key_of_token(token) == ZHYTOMYR
    monkeypatch.setattr(signing.time, "time", lambda: now + 30 * 86_400 + 5)
    with pytest.raises(NotAllowed) as refused:
        key_of_token(token)
    assert refused.value.code == "link_expired"


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda: "",
        lambda: "x",
        lambda: "a:b:c",
        lambda: edit_token(ZHYTOMYR)[:-1],
        lambda: edit_token(ZHYTOMYR).swapcase(),
        lambda: signing.dumps(ZHYTOMYR, salt="another"),
        lambda: signing.dumps(ZHYTOMYR, salt=SALT, key="another"),
    ],
    ids=["empty", "letter", "parts", "cut", "case", "salt", "key"],
)
def test_spoilt_link_opens_nothing(spoilt):
    with pytest.raises(NotAllowed) as refused:
        key_of_token(spoilt())
    assert refused.value.code == "link_unreadable"


def test_private_profile_is_seen_and_used_only_by_who_may_edit_it(cast, coordinator):
    saved(entry=replace(ENTRY, public=False))
    assert public_profiles() == {}
    for editor in (OWNER, SHELL, coordinator):
        assert readable_profile(ZHYTOMYR, editor) is not None
        assert profile_for_search(ZHYTOMYR, editor) == ENTRY.profile
    for editor in (PARTNER, VISITOR, Editor(user=cast.stranger)):
        assert readable_profile(ZHYTOMYR, editor) is None
        assert profile_for_search(ZHYTOMYR, editor) is None


def test_public_profile_is_seen_and_used_by_everybody():
    saved()
    assert profile_for_search(ZHYTOMYR, VISITOR) == ENTRY.profile
    assert public_profiles() == {ZHYTOMYR: ENTRY.profile}
    assert readable_profile(GDYNIA, SHELL) is None


def test_stamp_changes_with_every_change_that_searches_see():
    stamps = [profiles_stamp()]
    saved()
    stamps.append(profiles_stamp())
    saved(key=GDYNIA, entry=replace(ENTRY, public=False))
    assert profiles_stamp() == stamps[-1]
    saved(version=1)
    stamps.append(profiles_stamp())
    withdraw_profile(actor=SHELL, key=ZHYTOMYR, expected_version=2, at=LATER)
    assert profiles_stamp() == stamps[0]
    assert len(set(stamps)) == 3


@pytest.mark.parametrize(
    ("confirmed", "today", "stale"),
    [
        ("2025-11-22", "2026-11-22", False),
        ("2025-11-21", "2026-11-22", True),
        ("2026-11-22", "2026-11-22", False),
        ("2023-02-28", "2024-02-29", False),
        ("2023-02-27", "2024-02-29", True),
    ],
)
def test_profile_is_stale_after_a_year(confirmed, today, stale):
    confirmed, today = dt.date.fromisoformat(confirmed), dt.date.fromisoformat(today)
    assert freshness(confirmed, today).stale is stale
