"""The map: one document for the script, one drawing for everybody else."""

import json
import re

import pytest

from mistok.web.maps import DRAWN_ARCS, MapArc, MapPoint, bow, build_map
from mistok.web.projection import HEIGHT, WIDTH, flat

LVIV = MapPoint("katottg:UA46", "Lviv", 49.84, 24.03, 2, "/en/places/katottg:UA46/")
KRAKOW = MapPoint("geonames:3094802", "Kraków", 50.06, 19.94, 1, "/en/places/geonames:3094802/")
LUBLIN = MapPoint("geonames:765876", "Lublin", 51.25, 22.57, 1, "/en/places/geonames:765876/")
WINNIPEG = MapPoint("geonames:6183235", "Winnipeg", 49.88, -97.15, 1, "/en/places/x/")
TIES = [
    MapArc(LVIV.key, KRAKOW.key, "Lviv – Kraków", "/en/ties/tie_1/"),
    MapArc(LVIV.key, LUBLIN.key, "Lviv – Lublin", "/en/ties/tie_2/", "clay"),
]


def a_map(points=(LVIV, KRAKOW, LUBLIN), arcs=TIES, **options):
    return build_map(id="m", title="t", description="d", points=points, arcs=arcs, **options)


def box(chart):
    return [float(part) for part in chart.drawing.view_box.split()]


def test_build_map_without_points_is_none():
    assert a_map(points=()) is None


def test_build_map_leaves_out_arc_to_unknown_place():
    assert [arc.url for arc in a_map(points=(LVIV, KRAKOW)).arcs] == ["/en/ties/tie_1/"]


def test_build_map_keeps_first_of_two_points_with_one_key():
    twice = a_map(points=(LVIV, MapPoint(LVIV.key, "Lwów", 0, 0)))
    assert [point.name for point in twice.points] == ["Lviv"]


def test_payload_is_json_with_addresses_that_can_be_put_together():
    payload = json.loads(json.dumps(a_map().payload))
    urls = [payload["pointUrl"] + row[4] for row in payload["points"]]
    assert urls == [LVIV.url, KRAKOW.url, LUBLIN.url]
    assert [payload["arcUrl"] + row[3] for row in payload["arcs"]] == [arc.url for arc in TIES]
    assert [row[:3] for row in payload["arcs"]] == [[0, 1, "moss"], [0, 2, "clay"]]


@pytest.mark.parametrize("points", [(LVIV,), (LVIV, KRAKOW, LUBLIN), (LVIV, WINNIPEG)])
def test_drawing_shows_every_point_within_the_land(points):
    left, top, width, height = box(a_map(points=points))
    assert left >= 0
    assert top >= 0
    assert left + width <= WIDTH + 1
    assert top + height <= HEIGHT + 1
    for point in points:
        x, y = flat(point.lat, point.lon)
        assert left < x < left + width
        assert top < y < top + height


def test_drawing_focuses_on_named_places():
    chart = a_map(points=(LVIV, KRAKOW, WINNIPEG), focus=[LVIV.key, KRAKOW.key])
    assert box(chart)[0] > flat(WINNIPEG.lat, WINNIPEG.lon)[0]


def test_view_of_many_places_is_not_widened_by_one_far_off():
    near = [MapPoint(f"geonames:{n}", f"P{n}", 48 + n / 50, 20 + n / 5) for n in range(60)]
    assert a_map(points=[*near, WINNIPEG], arcs=()).view[1] > 19
    assert a_map(points=[near[0], WINNIPEG], arcs=()).view[1] == WINNIPEG.lon


def test_drawing_of_many_arcs_is_bounded():
    many = a_map(arcs=[TIES[0]] * (DRAWN_ARCS + 5))
    assert len(many.drawing.arcs) == DRAWN_ARCS
    assert len(many.payload["arcs"]) == DRAWN_ARCS + 5


@pytest.mark.parametrize(
    ("a", "b"), [((0, 50), (100, 50)), ((100, 50), (0, 50)), ((0, 0), (80, 90))]
)
def test_bow_rises_above_the_chord(a, b):
    control_x, control_y = map(float, re.search(r"Q(\S+) (\S+)", bow(a, b)).groups())
    (x1, y1), (x2, y2) = sorted((a, b))
    on_chord = y1 + (y2 - y1) * (control_x - x1) / (x2 - x1)
    assert control_y < on_chord


def test_rows_are_sorted_by_ties_and_say_what_is_left_out():
    points = [MapPoint(f"geonames:{n}", f"P{n:03}", 50, n / 10, n) for n in range(1, 71)]
    chart = a_map(points=points, arcs=())
    assert chart.rows[0].count == 70
    assert (len(chart.rows), chart.rows_left_out) == (60, 10)


def test_flat_is_cut_in_the_bering_strait():
    chukotka, alaska = flat(65.6, -171.0), flat(65.6, -168.1)
    assert chukotka[0] > WIDTH * 0.99
    assert alaska[0] < WIDTH * 0.01
