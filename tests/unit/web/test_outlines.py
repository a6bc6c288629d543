"""The outlines as they are served: right about Crimea, light enough for a bad line."""

import gzip
import json
from pathlib import Path

import pytest

from mistok.kernel.errors import Unavailable
from mistok.web import outlines
from mistok.web.assets import ATLAS, country_code, make_assets

ROOT = Path(__file__).resolve().parents[3]
UKRAINE, RUSSIA = "804", "643"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The folder that `mistok assets` fills (run `npm ci` first)."""
    return make_assets(ROOT / "node_modules", tmp_path_factory.mktemp("assets")).folder


@pytest.fixture(scope="module")
def topology(made):
    return json.loads((made / "outlines.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("town", "lat", "lon"),
    [
        ("Simferopol", 44.95, 34.10),
        ("Kerch", 45.35, 36.47),
        ("Sevastopol", 44.60, 33.52),
        ("Yalta", 44.50, 34.17),
        ("Donetsk", 48.00, 37.80),
        ("Luhansk", 48.57, 39.31),
        ("Izmail", 45.35, 28.84),
        ("Uzhhorod", 48.62, 22.29),
    ],
)
def test_outlines_hold_ukrainian_town_in_ukraine_only(topology, town, lat, lon):
    assert outlines.countries_at(lat, lon, topology) == [UKRAINE], town


@pytest.mark.parametrize(
    ("town", "lat", "lon", "country"),
    [
        ("Munich", 48.14, 11.58, "276"),
        ("Przemysl", 49.78, 22.77, "616"),
        ("Novorossiysk", 44.74, 37.75, RUSSIA),
        ("Chicago", 41.85, -87.75, "840"),
        ("Osaka", 34.70, 135.52, "392"),
        ("Lavrentiya", 65.58, -171.0, RUSSIA),
    ],
)
def test_outlines_hold_foreign_town_in_its_country_only(topology, town, lat, lon, country):
    assert outlines.countries_at(lat, lon, topology) == [country], town


def test_outlines_at_sea_hold_nothing(topology):
    assert outlines.countries_at(43.5, 34.0, topology) == []


def test_outlines_are_light(made):
    served = (made / "outlines.json").read_bytes()
    assert len(served) <= 150_000
    assert len(gzip.compress(served)) <= 60_000
    assert (made / "land.svg").stat().st_size <= 60_000
    assert (made / "htmx.min.js").stat().st_size <= 52_000


def test_outlines_leave_out_antarctica_and_specks_only(topology):
    source = json.loads((ROOT / "node_modules" / ATLAS).read_text(encoding="utf-8"))
    all_of_them = {g["properties"]["a3"] for g in source["objects"]["countries"]["geometries"]}
    kept = topology["objects"]["countries"]["geometries"]
    gone = {
        "Antarctica": "ATA",
        "Ashmore": "ATC",
        "Macao": "MAC",
        "Monaco": "MCO",
        "Vatican": "VAT",
    }
    gone |= {"Saint-Martin": "MAF", "Sint Maarten": "SXM"}
    assert {country_code(code) for code in all_of_them - set(gone.values())} == {
        geometry["properties"].get("a2", "") for geometry in kept
    }


def test_outlines_carry_codes_and_nothing_else(topology):
    geometries = topology["objects"]["countries"]["geometries"]
    assert {key for geometry in geometries for key in geometry} == {
        "type",
        "id",
        "properties",
        "arcs",
    }
    assert {key for geometry in geometries for key in geometry["properties"]} == {"a2"}
    assert {g["id"]: g["properties"].get("a2") for g in geometries}[UKRAINE] == "UA"


def test_outlines_never_leap_across_the_map(topology):
    for arc in outlines.arcs_of(topology):
        longitudes = [lon for lon, _ in arc]
        assert max(longitudes) - min(longitudes) < 180


def test_outlines_rings_are_closed(topology):
    arcs = outlines.arcs_of(topology)
    for geometry in topology["objects"]["countries"]["geometries"]:
        for ring in outlines.rings_of(geometry, arcs):
            assert ring[0] == pytest.approx(ring[-1])


def test_make_assets_twice_changes_nothing(tmp_path):
    first = make_assets(ROOT / "node_modules", tmp_path)
    before = {path.name: path.stat().st_mtime_ns for path in first.folder.iterdir()}
    second = make_assets(ROOT / "node_modules", tmp_path)
    assert (first.changed, second.changed) == (True, False)
    assert before == {path.name: path.stat().st_mtime_ns for path in second.folder.iterdir()}


def test_make_assets_after_a_file_is_lost_makes_it_again(tmp_path):
    folder = make_assets(ROOT / "node_modules", tmp_path).folder
    (folder / "land.svg").unlink()
    assert make_assets(ROOT / "node_modules", tmp_path).changed
    assert (folder / "land.svg").is_file()


def test_make_assets_without_packages_says_what_to_do(tmp_path):
    with pytest.raises(Unavailable, match="npm ci") as refusal:
        make_assets(tmp_path / "nowhere", tmp_path)
    assert refusal.value.code == "npm_package_missing"


def test_thin_keeps_ends_and_drops_small_bends():
    line = [(0.0, 0.0), (1.0, 0.001), (2.0, 0.0), (3.0, 2.0), (4.0, 0.0)]
    assert outlines.thin(line, lambda _: 0.5) == [line[0], line[2], line[3], line[4]]


def test_country_code_of_area_without_one_is_empty():
    assert (country_code("UKR"), country_code("XKX"), country_code("KAS")) == ("UA", "XK", "")
