"""Names that stand in one document, and who asks, tell namesakes apart."""

import pytest

from mistok.world import World

pytestmark = pytest.mark.world

PARIS, PARIS_TX = "geonames:2988507", "geonames:4717560"
DALLAS, HOUSTON = "geonames:4684888", "geonames:4699066"


@pytest.mark.parametrize(
    ("names", "name", "key"),
    [
        (["Paris", "Dallas", "Houston"], "Paris", PARIS_TX),
        (["Houston", "Paris", "Fort Worth", "Dallas", "Waco"], "Paris", PARIS_TX),
        (["Paris", "Lyon", "Marseille"], "Paris", PARIS),
        (["Paris"], "Paris", PARIS),
        (["Birmingham", "Huntsville", "Tuscaloosa"], "Birmingham", "geonames:4049979"),
        (["Birmingham", "Coventry", "Leeds"], "Birmingham", "geonames:2655603"),
        (["Cambridge", "Oxford", "London"], "Cambridge", "geonames:2653941"),
        (["Halle", "Leipzig", "Dessau"], "Halle", "geonames:2911522"),
        (["Halle", "Gütersloh", "Bielefeld"], "Halle", "geonames:2911520"),
        (["Valencia", "Maracaibo", "Caracas"], "Valencia", "geonames:3625549"),
        (["Миколаїв", "Херсон", "Одеса"], "Миколаїв", "katottg:UA48060150000071713"),
        (["Kamianka", "Cherkasy", "Smila"], "Kamianka", "katottg:UA71080130000078619"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else value,
)
def test_names_of_one_document_tell_where_it_is(
    whole_world: World, names: list[str], name: str, key: str
) -> None:
    found = dict(zip(names, whole_world.find_together(names), strict=True))
    assert found[name][0].place.key == key


def test_name_is_no_witness_for_itself(whole_world: World) -> None:
    alone = whole_world.find("Paris")
    together = whole_world.find_together(["Paris"])[0]
    assert [match.place.key for match in together[:3]] == [m.place.key for m in alone[:3]]
    assert together[0].score == pytest.approx(alone[0].score, abs=0.01)


def test_order_of_names_does_not_matter(whole_world: World) -> None:
    names = ["Cambridge", "Boston", "Worcester", "Springfield"]
    forth = whole_world.find_together(names)
    back = whole_world.find_together(names[::-1])[::-1]
    for one, other in zip(forth, back, strict=True):
        assert [match.place.key for match in one[:3]] == [m.place.key for m in other[:3]]


def test_among_prefers_the_surroundings(whole_world: World) -> None:
    best = whole_world.find("Paris", among=[DALLAS, HOUSTON])[0]
    plain = {match.place.key: match.score for match in whole_world.find("Paris")}
    coloured = {m.place.key: m.score for m in whole_world.find("Paris", among=[DALLAS, HOUSTON])}
    assert coloured[PARIS_TX] > plain.get(PARIS_TX, 0.0)
    assert coloured[PARIS] < plain[PARIS]
    assert best.place.name == "Paris"


def test_near_prefers_what_is_close(whole_world: World) -> None:
    assert whole_world.find("Paris", near=DALLAS)[0].place.key == PARIS_TX
    assert whole_world.find("Paris", near="geonames:2996944")[0].place.key == PARIS
    near_lviv = whole_world.find("Миколаїв", near="katottg:UA46060250000025047")
    assert near_lviv[0].place.key == "katottg:UA46100110000018989"


@pytest.mark.parametrize(
    ("name", "asker", "key"),
    [
        ("Cambridge", "US", "geonames:4931972"),
        ("Cambridge", "GB", "geonames:2653941"),
        ("Frankfurt", "DE", "geonames:2925533"),
        ("Halle", "BE", "geonames:2796696"),
        ("Brest", "BY", "geonames:629634"),
        ("Brest", "FR", "geonames:3030300"),
        ("Paris", "US", PARIS),
        ("Kyiv", "US", "katottg:UA80000000000093317"),
    ],
)
def test_country_of_the_asker_tips_the_scales_and_no_more(
    whole_world: World, name: str, asker: str, key: str
) -> None:
    assert whole_world.find(name, asker=asker)[0].place.key == key


def test_country_given_holds_for_all_names_together(whole_world: World) -> None:
    found = whole_world.find_together(["Paris", "Odessa", ""], country="US")
    assert [matches[0].place.country for matches in found[:2]] == ["US", "US"]
    assert found[2] == []
