"""Two lists side by side: what is decided, what is proposed, and what is never taken for one."""

import pytest

from mistok.ingest.comparing.contradicting import contradictions
from mistok.ingest.comparing.entries import entries_of
from mistok.ingest.comparing.matching import MOST_LIKELY, Found, classify, compare, counts
from mistok.ingest.comparing.placing import Placer
from mistok.ingest.comparing.rows import Event, Named, TieRow
from mistok.ingest.comparing.seats import Meeting, Reason, Tied, meet
from mistok.kernel.dates import PartialDate

LVIV = "katottg:UA46060250000025047"


def named(text, **more):
    name, _space, country = text.rpartition(" ")
    return Named(name, country, **more)


def row(*parties, at=1, event="active", kind="unknown", date="", as_of="", tie_id=""):
    told = tuple(named(one) if isinstance(one, str) else one for one in parties)
    dates = (PartialDate.parse_or_none(text) for text in (date, as_of))
    return TieRow(tie_id or f"row{at}", at, told, Event(event, kind, *dates))


@pytest.fixture
def found(world):
    def _found(left, right):
        pairs = compare(left, right, world)
        return [(str(pair.found), [reason.code for reason in pair.why]) for pair in pairs]

    return _found


@pytest.fixture
def one(found):
    """What two single rows are to each other."""

    def _one(left, right):
        pairs = found([left], [right])
        return pairs[0][0] if len(pairs) == 1 else "+".join(sorted(kind for kind, _why in pairs))

    return _one


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("Lviv UA", "Lublin PL"), ("Lublin PL", "Львів UA")),
        (("Lemberg UA", "Breslau PL"), ("Lwów UA", "Wrocław PL")),
        (("Volyn Something UA", "Lublin PL"), ("VOLYN  Something UA", "Lublin PL")),
    ],
)
def test_same_places_by_exact_names_are_the_same_tie(one, left, right):
    assert one(row(*left), row(*right)) == "same"


def test_wikidata_items_join_what_no_name_does(one):
    left = row(named("Foo County US", wikidata="Q11"), "Lviv UA")
    right = row("Lviv UA", named("County of Foo US", wikidata="Q11"))
    assert one(left, right) == "same"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Köln DE", "Kassel DE"),
        ("Frankfurt (Oder) DE", "Frankfurt am Main DE"),
        ("Valencia ES", "Valencia VE"),
        ("Brest FR", "Brest BY"),
        ("Lviv Oblast UA", "Lviv UA"),
        ("Chernihiv UA", "Chernivtsi UA"),
    ],
)
def test_two_sure_places_are_never_one_however_alike(one, left, right):
    other = "Dnipro UA" if left[-2:] != "UA" else "Rzeszów PL"
    assert one(row(left, other), row(right, other)) == "left+right"


@pytest.mark.parametrize(
    ("left", "right", "reason"),
    [
        ("Neustadt DE", "Neustadt an der Weinstraße DE", "several_of_name"),
        ("Springfield US", "Springfield US", "several_of_name"),
        ("Dortmuntd DE", "Dortmund DE", "names_alike"),
        ("Дортмунт DE", "Dortmund DE", "names_alike"),
    ],
)
def test_what_is_only_likely_is_asked_and_not_decided(found, left, right, reason):
    ((kind, why),) = found([row(left, "Pokrov UA")], [row(right, "Pokrov UA")])
    assert kind == "likely"
    assert reason in why


def test_names_alike_and_far_apart_are_not_even_asked(one):
    left = row(named("Dortmuntd DE", point=(48.1, 11.6)), "Pokrov UA")
    assert one(left, row("Dortmund DE", "Pokrov UA")) == "left+right"


def test_two_slips_at_once_need_more_likeness(one):
    assert one(row("Dortmuntd DE", "Pokrovf UA"), row("Dortmund DE", "Pokrov UA")) == "likely"
    assert one(row("Dottmuntt DE", "Bokroff UA"), row("Dortmund DE", "Pokrov UA")) != "likely"


def test_former_name_is_told_and_decided(found):
    ((kind, why),) = found([row("Artemivsk UA", "Gdynia PL")], [row("Bakhmut UA", "Gdynia PL")])
    assert (kind, "renamed" in why) == ("renamed", True)
    ((kind, _why),) = found([row("Artemivsk UA", "Gdynia PL")], [row("Artemivsk UA", "Gdynia PL")])
    assert kind == "same"


def test_settlement_of_a_hromada_is_merged_and_left_to_a_person(found):
    ((kind, why),) = found([row("Vynnyky UA", "Ropczyce PL")], [row("Lviv UA", "Ropczyce PL")])
    assert (kind, why[0]) == ("merged", "part_of")
    ((kind, why),) = found([row("Lviv UA", "Ropczyce PL")], [row("Vynnyky UA", "Ropczyce PL")])
    assert (kind, why[0]) == ("merged", "part_of")


def test_merged_is_not_asked_where_both_found_their_partner(found):
    rows = [row("Vynnyky UA", "Ropczyce PL"), row("Lviv UA", "Ropczyce PL", at=2)]
    assert [kind for kind, _why in found(rows, rows)] == ["same", "same"]


def test_rows_of_one_tie_are_one_entry_with_all_events(world):
    rows = [
        row("Lviv UA", "Lublin PL", event="signed", date="2004"),
        row("Lublin PL", "Львів UA", at=2, event="active"),
    ]
    (entry,) = entries_of(rows, Placer(world))
    assert [event.event for event in entry.events] == ["signed", "active"]
    assert entry.id.startswith("told_")


def test_id_of_an_entry_is_the_tie_when_both_places_are_told_by_code(world):
    parties = (named("Lviv UA", keys=(LVIV,)), named("Lublin PL", keys=("geonames:765876",)))
    (entry,) = entries_of([row(*parties)], Placer(world))
    assert entry.id.startswith("tie_")


def test_contradiction_of_dates_outranks_a_renaming(found):
    ((kind, why),) = found(
        [row("Artemivsk UA", "Gdynia PL", event="signed", date="1990")],
        [row("Bakhmut UA", "Gdynia PL", event="signed", date="1999")],
    )
    assert (kind, why) == ("contradictory", ["dates_differ", "renamed"])


def test_tie_of_three_beside_one_of_two_is_asked(found):
    ((kind, why),) = found(
        [row("Lviv UA", "Lublin PL", "Rzeszów PL")], [row("Lviv UA", "Lublin PL")]
    )
    assert (kind, why[0]) == ("likely", "more_parties")


def test_tie_of_many_parties_is_not_taken_apart(world):
    many = ("Lviv UA", "Lublin PL", "Rzeszów PL", "Gdynia PL", "Gera DE", "Celle DE")
    left, right = (entries_of([row(*some)], Placer(world))[0] for some in (many, many[:2]))
    assert classify(left, right) is None


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_parties_of_one_name_are_met_in_the_better_order(world, order):
    sides = (named("Foo DE", wikidata="Q1"), named("Foo DE", wikidata="Q2"))
    placer = Placer(world)
    left = entries_of([row(*sides)], placer)[0]
    right = entries_of([row(*(sides[at] for at in order))], placer)[0]
    pair = classify(left, right)
    assert pair.found is Found.SAME
    assert {reason.code for reason in pair.why} == {"same_item"}


def test_tie_between_two_of_one_name_is_asked_whatever_the_order(one):
    names = ("Springfield, Illinois US", "Springfield US")
    assert one(row(*names), row(*names)) == "likely"
    assert one(row(*names), row(*names[::-1])) == "likely"


def test_nobody_is_shown_more_than_a_few_candidates(world):
    left = [row("Springfield US", "Pokrov UA")]
    right = [row(named("Springfield US", region=f"R{n}"), "Pokrov UA", at=n) for n in range(1, 9)]
    pairs = compare(left, right, world)
    assert sum(pair.found is Found.LIKELY for pair in pairs) == MOST_LIKELY


def test_every_row_is_told_of_and_counts_name_every_class(world):
    left = [row("Lviv UA", "Lublin PL"), row("Uman UA", "Gniezno PL", at=2)]
    right = [row("Lviv UA", "Lublin PL"), row("Stryi UA", "Jasło PL", at=2)]
    pairs = compare(left, right, world)
    assert counts(pairs) == {
        "contradictory": 0,
        "likely": 0,
        "merged": 0,
        "renamed": 0,
        "same": 1,
        "left": 1,
        "right": 1,
    }
    assert compare([], [], world) == []


MEETINGS = [
    (("Lviv", "UA", {}), ("Lviv", "PL", {}), Tied.DIFFERENT, "other_country"),
    (("Lviv", "", {}), ("Lviv", "UA", {}), Tied.DIFFERENT, "other_country"),
    (("Lviv", "", {"keys": (LVIV,)}), ("Львів", "UA", {}), Tied.SAME, "same_key"),
    (("Köln", "DE", {}), ("Kassel", "DE", {}), Tied.DIFFERENT, "other_place"),
    (("Foo", "DE", {}), ("Bar", "DE", {}), Tied.DIFFERENT, "other_name"),
    (("Foo", "DE", {}), ("foo", "DE", {}), Tied.SAME, "same_name"),
    (
        ("Foo", "DE", {"level": "city"}),
        ("Foo", "DE", {"level": "district"}),
        Tied.MAYBE,
        "another_level",
    ),
    (("Foo", "DE", {"level": "city"}), ("Foo", "DE", {"level": "hromada"}), Tied.SAME, "same_name"),
    (("Foo", "DE", {"wikidata": "Q1"}), ("Foo", "DE", {"wikidata": "Q2"}), Tied.MAYBE, "two_items"),
    (
        ("Foo", "DE", {"point": (50.0, 8.0)}),
        ("Foo", "DE", {"point": (53.0, 8.0)}),
        Tied.DIFFERENT,
        "far_apart",
    ),
    (
        ("Foo", "DE", {"keys": ("geonames:999999998",), "point": (50.0, 8.0)}),
        ("Foo", "DE", {"keys": ("geonames:999999999",), "point": (50.1, 8.0)}),
        Tied.MAYBE,
        "another_level",
    ),
    (
        ("Frankfurt", "DE", {}),
        ("Frankfurt", "DE", {"keys": ("geonames:2925535",)}),
        Tied.MAYBE,
        "several_of_name",
    ),
    (
        ("Springfield", "US", {}),
        ("Capital of Illinois", "US", {"keys": ("geonames:4250542",)}),
        Tied.MAYBE,
        "several_of_name",
    ),
]


@pytest.mark.parametrize(("left", "right", "tied", "code"), MEETINGS)
def test_how_two_parties_stand_to_each_other(world, left, right, tied, code):
    placer = Placer(world)
    one, two = (placer.seat(Named(n, c, **more)) for n, c, more in (left, right))
    for meeting in (meet(one, two), meet(two, one)):
        assert (meeting.tied, meeting.reason.code) == (tied, code)
    assert isinstance(meeting, Meeting)


def events(*told):
    return [
        Event(event, kind, *(PartialDate.parse_or_none(text) for text in (date, as_of)))
        for event, kind, date, as_of in told
    ]


@pytest.mark.parametrize(
    ("left", "right", "codes"),
    [
        ([("signed", "unknown", "1990", "")], [("signed", "unknown", "1990-05", "")], []),
        (
            [("signed", "unknown", "1990", "")],
            [("signed", "unknown", "1999", "")],
            ["dates_differ"],
        ),
        ([("signed", "unknown", "1990", "")], [("signed", "unknown", "", "")], []),
        (
            [("severed", "unknown", "2022", "")],
            [("active", "unknown", "", "")],
            ["states_differ"],
        ),
        ([("active", "unknown", "", "")], [("severed", "unknown", "", "")], ["states_differ"]),
        ([("severed", "unknown", "2022", "")], [("active", "unknown", "", "2016")], []),
        ([("severed", "unknown", "2022", "")], [("signed", "unknown", "2024", "")], []),
        (
            [("severed", "unknown", "2022", "")],
            [("active", "unknown", "", "2022-03")],
            ["states_differ"],
        ),
        ([("severed", "unknown", "2022", "")], [("suspended", "unknown", "2022", "")], []),
        ([("proposed", "unknown", "", "")], [("active", "unknown", "", "")], []),
        ([("active", "twinning", "", "")], [("active", "friendship", "", "")], ["kinds_differ"]),
        ([("active", "twinning", "", "")], [("active", "partnership", "", "")], []),
        ([("active", "unknown", "", "")], [("active", "friendship", "", "")], []),
        (
            [("signed", "twinning", "1990", "")],
            [("extended", "friendship", "1999", "")],
            [],
        ),
    ],
)
def test_contradictions_are_told_and_nothing_else(left, right, codes):
    assert [reason.code for reason in contradictions(events(*left), events(*right))] == codes


def test_later_word_of_a_list_is_its_last(world):
    left = events(("severed", "unknown", "2022", ""), ("signed", "unknown", "2024", ""))
    assert contradictions(left, events(("active", "unknown", "", ""))) == []
    assert Reason("states_differ", ("severed", "2022", "active")) in contradictions(
        events(("signed", "unknown", "1990", ""), ("severed", "unknown", "2022", "")),
        events(("active", "unknown", "", "")),
    )
