"""The waiting list: who may keep it, what it says of whom, and for how long somebody waits."""

import datetime as dt

import numpy as np
import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import DORTMUND, GDYNIA, SMOLENSK, TODAY, ZHYTOMYR
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from mistok.partnering.models import PassedOver, Round, Seeking
from mistok.partnering.policies import Actor
from mistok.partnering.rounds.anonymous import SORTS, band, description, sort_of
from mistok.partnering.rounds.lifecycle import WAIT_TRANSITIONS, Side, Wait
from mistok.partnering.rounds.services import (
    join_waiting_list,
    leave_waiting_list,
    record_first_contact,
    record_partner_found,
    wait_again,
)
from mistok.partnering.rounds.waiting import waiting_figures, waiting_rows
from mistok.provenance.models import AuditEvent
from mistok.registry.gazetteer import the_world

pytestmark = pytest.mark.django_db
OSKIL = "katottg:UA63040130000098894"
KYIV = "katottg:UA80000000000093317"
SHELL = Actor(shell="tests")
START = dt.date(2026, 3, 1)


def join(key=OSKIL, **more):
    sound = {"actor": SHELL, "key": key, "side": Side.SEEKER, "since": START, "at": TODAY}
    return join_waiting_list(**(sound | more))


def day(number):
    return START + dt.timedelta(days=number)


ACTS = {
    Wait.CONTACTED: lambda entry, actor=SHELL: record_first_contact(
        actor=actor, entry=entry, on=day(9)
    ),
    Wait.WAITING: lambda entry, actor=SHELL: wait_again(actor=actor, entry=entry),
    Wait.PARTNERED: lambda entry, actor=SHELL: record_partner_found(
        actor=actor, entry=entry, on=day(20)
    ),
    Wait.LEFT: lambda entry, actor=SHELL: leave_waiting_list(
        actor=actor, entry=entry, on=day(20), reason="enough partners"
    ),
}


@pytest.mark.parametrize("act", [*ACTS.values(), lambda _entry, actor: join(GDYNIA, actor=actor)])
@pytest.mark.parametrize("who", ["owner", "partner", "stranger"])
def test_list_is_kept_by_coordinators_only(cast, act, who):
    entry = join()
    with pytest.raises(NotAllowed):
        act(entry, actor=Actor(user=getattr(cast, who)))
    assert Seeking.objects.get().state == "waiting"


def test_coordinator_puts_a_municipality_on_the_list(cast):
    entry = join(
        "geonames:686967",
        actor=Actor(user=cast.coordinator),
        classes=["Front line", " "],
        capacity=2,
    )
    assert (entry.municipality, entry.classes, entry.capacity) == (ZHYTOMYR, ["front_line"], 2)
    assert (entry.state, entry.named) == ("waiting", False)
    event = AuditEvent.objects.get(verb="join_waiting_list")
    assert (event.subject, event.actor) == (entry.public_id, cast.coordinator.public_id)


@pytest.mark.parametrize(
    ("change", "error", "code"),
    [
        ({"key": SMOLENSK}, NotAllowed, "aggressor_state"),
        ({"key": "iso:DE"}, Invalid, "not_a_municipality"),
        ({"key": "geonames:999999999"}, NotFound, "place_unknown"),
        ({"since": TODAY.date() + dt.timedelta(days=1)}, Invalid, "day_in_the_future"),
        ({"capacity": 0}, Invalid, "capacity_out_of_range"),
        ({"capacity": 1001}, Invalid, "capacity_out_of_range"),
    ],
)
def test_place_that_cannot_wait_is_refused(change, error, code):
    with pytest.raises(error) as refused:
        join(**change)
    assert refused.value.code == code
    assert not Seeking.objects.exists()


def test_municipality_stands_once_on_each_side_and_again_after_leaving():
    entry = join()
    with pytest.raises(Conflict) as refused:
        join()
    assert refused.value.code == "waiting_already"
    join(side=Side.OFFERER)
    ACTS[Wait.LEFT](entry)
    assert join().public_id != entry.public_id


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.sampled_from(list(ACTS)), max_size=6))
def test_entries_follow_the_table_whatever_is_tried(db, moves):
    with transaction.atomic():
        entry, state = join(), Wait.WAITING
        for to in moves:
            if to in WAIT_TRANSITIONS[state]:
                state = to
                ACTS[to](entry)
            else:
                with pytest.raises(Conflict):
                    ACTS[to](entry)
            assert Seeking.objects.get().state == state
        touched = {Wait.CONTACTED, Wait.PARTNERED} & set(moves)
        assert Seeking.objects.get().first_contact_on is None or touched
        transaction.set_rollback(True)


def test_first_contact_stays_the_first():
    entry = ACTS[Wait.CONTACTED](join())
    again = record_first_contact(
        actor=SHELL, entry=wait_again(actor=SHELL, entry=entry), on=day(50)
    )
    assert (again.first_contact_on, again.state) == (day(9), "contacted")


def test_partner_without_a_contact_before_is_the_first_contact():
    entry = ACTS[Wait.PARTNERED](join())
    assert (entry.first_contact_on, entry.ended_on) == (day(20), day(20))


def test_reason_for_leaving_is_kept():
    ACTS[Wait.LEFT](join())
    assert AuditEvent.objects.get(verb="leave_waiting_list").after["reason"] == "enough partners"


@pytest.mark.parametrize("on", [START - dt.timedelta(days=1), None])
def test_day_outside_the_wait_is_refused(on):
    on = on or timezone.localdate() + dt.timedelta(days=1)
    with pytest.raises(Invalid) as refused:
        record_first_contact(actor=SHELL, entry=join(), on=on)
    assert refused.value.code == "day_out_of_range"


def test_entry_that_changed_in_between_is_not_moved():
    entry = join()
    stale = Seeking.objects.get()
    ACTS[Wait.LEFT](entry)
    with pytest.raises(Conflict):
        ACTS[Wait.CONTACTED](stale)
    assert Seeking.objects.get().first_contact_on is None


@pytest.mark.parametrize(
    "change",
    [
        {"state": "left"},
        {"ended_on": START},
        {"capacity": 0},
        {"first_contact_on": dt.date(2020, 1, 1)},
        {"state": "elsewhere"},
    ],
)
def test_database_keeps_the_rules_of_the_list(change):
    join()
    with pytest.raises(IntegrityError), transaction.atomic():
        Seeking.objects.update(**change)


def a_round_that_passed_over(key, state, made_at=TODAY):
    kept = Round.objects.create(
        public_id=f"round_{Round.objects.count()}", made_at=made_at, variant="best", state=state
    )
    PassedOver.objects.create(round=kept, municipality=key, side="seeker", reason="offerers_full")


def test_rows_tell_age_class_and_rounds_without_a_name():
    join(classes=["rural"])
    join(GDYNIA, since=day(-10), side=Side.OFFERER, named=True)
    for state in ("proposed", "closed", "draft", "withdrawn"):
        a_round_that_passed_over(OSKIL, state)
    a_round_that_passed_over(OSKIL, "proposed", TODAY + dt.timedelta(days=400))
    gdynia, oskil = waiting_rows(on=TODAY.date(), lang="en")
    assert (gdynia.shown, gdynia.key, gdynia.passed_over) == ("Gdynia", GDYNIA, 0)
    assert gdynia.age == oskil.age + 10 == (TODAY.date() - day(-10)).days
    assert oskil.shown == "a rural hromada of 10–20 thousand inhabitants in Kharkiv Oblast"
    assert (oskil.key, oskil.classes, oskil.passed_over) == ("", ("rural",), 2)


def test_coordinator_reads_every_name():
    join()
    (row,) = waiting_rows(on=TODAY.date(), lang="uk", reveal=True)
    assert (row.shown, row.key) == ("Оскіл", OSKIL)


def test_rows_and_figures_are_those_of_one_side_and_day():
    join()
    ACTS[Wait.CONTACTED](join(ZHYTOMYR))
    join(GDYNIA, side=Side.OFFERER)
    assert len(waiting_rows(on=day(5), lang="en", side=Side.SEEKER)) == 2
    assert len(waiting_rows(on=day(10), lang="en", side=Side.SEEKER)) == 1
    assert waiting_rows(on=day(-1), lang="en") == []
    figures = waiting_figures(on=day(10), side=Side.SEEKER)
    assert (figures.all.waiting, figures.all.median_days, figures.by_class) == (1, 9, {})
    assert waiting_figures(on=day(10)).all.waiting == 2


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (KYIV, "a municipality in Ukraine"),
        (OSKIL, "a rural hromada of 10–20 thousand inhabitants in Kharkiv Oblast"),
        ("katottg:UA63120270000028556", "an urban hromada in Kharkiv Oblast"),
        ("geonames:3042030", "a municipality in Liechtenstein"),
        (DORTMUND, "a municipality in North Rhine-Westphalia"),
    ],
)
def test_description_says_no_more_than_several_have_in_common(key, words):
    assert description(the_world().get(key), "en") == words


def test_every_description_of_an_oblast_fits_five_of_its_hromadas():
    world = the_world()
    region = world.columns.region == world.columns.region[world.index(OSKIL)]
    there = [world.place_at(int(i)) for i in np.flatnonzero(region & world.columns.is_municipality)]
    everybody = {place.key: told_of(place) for place in there}
    for place in there:
        words = description(place, "en")
        fitting = [key for key, told in everybody.items() if words in told]
        assert place.key in fitting
        assert len(fitting) >= 5


def told_of(place):
    """Everything that could truly be said of a hromada of Kharkiv oblast, from little to much."""
    region, size = "Kharkiv Oblast", band(place.population)
    sort = str(SORTS[sort_of(place)])
    return {f"a municipality in {region}", f"{sort} in {region}"} | {
        f"{sort} of {size} inhabitants in {region}"
    }


@pytest.mark.parametrize(
    ("population", "words"),
    [
        (None, ""),
        (0, "under a thousand"),
        (999, "under a thousand"),
        (1_000, "1–2 thousand"),
        (999_999, "500 thousand to a million"),
        (1_000_000, "over a million"),
    ],
)
def test_band_holds_the_population(population, words):
    assert band(population) == words
