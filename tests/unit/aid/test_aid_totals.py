"""Totals of what is public: counts that add up, of projections alone."""

from mistok.aid.seeing.totals import Total, totals


def a_trace(**fields):
    sound = {
        "id": "consignment_1",
        "place": "hromada",
        "region": "oblast",
        "giver": "city",
        "month": "2026-11",
        "clusters": ["shelter"],
    }
    return sound | fields


def test_nothing_adds_up_to_nothing():
    found = totals([])
    assert found.consignments == 0
    assert [*found.givers, *found.clusters, *found.months, *found.regions] == []


def test_traces_are_counted_by_giver_field_month_and_oblast():
    found = totals(
        [
            a_trace(),
            a_trace(giver="", clusters=["health", "shelter"], month="2026-02"),
            a_trace(giver="town", region="", place="abroad", clusters=[], month="2026-Q4"),
            a_trace(giver="town", region="other"),
        ]
    )
    assert found.consignments == 4
    assert found.givers == [Total("town", 2), Total("", 1), Total("city", 1)]
    assert found.clusters == [Total("shelter", 3), Total("health", 1)]
    assert found.months == [Total("2026-02", 1), Total("2026-11", 2), Total("2026-Q4", 1)]
    assert found.regions == [Total("oblast", 2), Total("abroad", 1), Total("other", 1)]
    for rows in (found.givers, found.months, found.regions):
        assert sum(one.count for one in rows) == found.consignments


def test_traces_may_come_one_by_one():
    assert totals(a_trace() for _number in range(3)).consignments == 3
