"""The real cases of facts.md section 11 that concern goods, entered over the API
(wagons through the service: programs do not name vehicles).

Source of all: rubryka, 4 July 2022, as the domain notes tell it. Days within a month are ours.
"""

import pytest
from needs_cast import at_work

from api_cast import COMMISSION, the_programs
from mistok.aid.consignments import add_vehicle
from mistok.aid.ledger import check
from mistok.aid.models import AidLine, Consignment
from mistok.aid.seeing import may_be_public, public_lines
from mistok.registry.gazetteer import the_world

pytestmark = pytest.mark.django_db
MARCH = "2022-03-14"
LATER = "2022-03-21"
BOOKS = "2022-03-28"


def key_of(name, country):
    return the_world().find(name, country=country)[0].place.key


@pytest.fixture
def office(client, world):
    """Programs of the office of a Ukrainian city, made when it is first named."""

    def opened(name):
        return the_programs(client, at_work(key_of(name, "UA"), name))

    return opened


def line(name, number=None, unit="piece", bound="", **more):
    told = {"names": {"en": name}, "unit": unit, "cluster": "logistics", "end_user": "rescue"}
    told |= {"bound": bound} if bound else {}
    return told | ({"number": number} if number else {}) | more


def told(programs, title, *lines, **more):
    """A consignment of spring 2022 with these lines; gives its address."""
    body = {"title": title, "regime": "charitable_gift", "day": MARCH} | more
    which = programs.officer.did("/consignments", body)["id"]
    for one in lines:
        programs.officer.did(f"/consignments/{which}/lines", one)
    return which


def whole(programs, which):
    return programs.store.get(f"/consignments/{which}").json()


def received(programs, which, *rows, day=LATER):
    """Goods leave, pass customs and are counted: all lots as declared, and these rows besides."""
    path = f"/consignments/{which}"
    programs.officer.did(f"{path}/entries", {"kind": "dispatch", "day": MARCH})
    programs.officer.did(f"{path}/passages", {"state": "customs_cleared", "day": LATER})
    lots = [
        {"lot": lot["id"], "unit": lot["unit"], "received": lot["declared"]}
        for lot in whole(programs, which)["lots"]
    ]
    act = {"kind": "acceptance", "day": day, "commission": COMMISSION, "rows": [*lots, *rows]}
    programs.store.did(f"{path}/entries", act)
    return whole(programs, which)


def lines_of(which):
    return list(AidLine.objects.filter(consignment__public_id=which).order_by("position"))


def test_munich_to_kyiv_fifteen_wagons_and_twelve_ambulances(office):
    kyiv = office("Kyiv")
    ambulances = line("Ambulances", "12", end_user="health", hs6="870390")
    ambulances["lots"] = [{"number": "1", "serial": f"WDB90660000000{n:03}"} for n in range(12)]
    goods = line("Goods of fifteen rail wagons", end_user="displaced")
    munich = key_of("Munich", "DE")
    which = told(kyiv, "Wagons and ambulances", ambulances, goods, donor_place=munich)
    consignment = Consignment.objects.get(public_id=which)
    for number in range(1, 16):
        add_vehicle(
            actor=kyiv.work.officer,
            consignment=consignment,
            kind="wagon",
            plate=f"{number:08}",
        )
    found = received(kyiv, which)
    assert [lot["declared"] for lot in found["lots"]] == ["1"] * 12
    assert found["lines"][0]["sums"]["on_hand"] == "12"
    assert len({lot["serial"] for lot in found["lots"]}) == 12
    assert found["lines"][1]["number"] is None
    assert consignment.vehicles.filter(kind="wagon").count() == 15


def test_other_german_towns_to_kyiv_eight_engines_of_givers_nobody_names(office):
    kyiv = office("Kyiv")
    engines = line("Fire-rescue vehicles", "8")
    which = told(kyiv, "Eight fire engines", engines, donor_name="Other German towns")
    found = received(kyiv, which)
    assert (found["donor_name"], found["donor_place"]) == ("Other German towns", "")
    assert found["lines"][0]["sums"]["received"] == "8"


def test_marseille_to_odesa_two_and_possibly_three_more_stay_two_consignments(office):
    odesa = office("Odesa")
    marseille = key_of("Marseille", "FR")
    sure = told(odesa, "Two ambulances", line("Ambulances", "2"), donor_place=marseille)
    unsure = told(
        odesa,
        "Also told: three ambulances and an engine",
        line("Ambulances", "3", bound="~"),
        line("Fire engine", "1", bound="~"),
        donor_place=marseille,
        state="offered",
        note="May be the same ambulances told twice.",
    )
    assert whole(odesa, sure)["lines"][0]["bound"] == ""
    assert [one["bound"] for one in whole(odesa, unsure)["lines"]] == ["~", "~"]
    assert [one["sums"]["declared"] for one in whole(odesa, unsure)["lines"]] == ["0", "0"]


def test_pleven_to_mykolaiv_is_split_where_defence_is_served(office):
    mykolaiv = office("Mykolaiv")
    names = ("Medicines", "Sleeping bags", "Chargers")
    open_lines = [line(name, end_user="health") for name in names]
    shut_lines = [line(name, end_user="defence") for name in names[1:]]
    donor = key_of("Pleven", "BG")
    which = told(mykolaiv, "For hospitals and others", *open_lines, *shut_lines, donor_place=donor)
    before = whole(mykolaiv, which)["lines"]
    assert [one["number"] for one in before] == [None] * 5
    rows = [{"line": one["id"], "unit": "piece", "received": "40"} for one in before]
    received(mykolaiv, which, *rows)
    assert [one.restricted for one in lines_of(which)] == [False] * 3 + [True] * 2
    shown = public_lines(Consignment.objects.get(public_id=which))
    assert [one.names["en"] for one in shown] == list(names)


def test_konin_to_chernivtsi_has_nothing_that_is_ever_public(office):
    chernivtsi = office("Chernivtsi")
    goods = [
        line("Walkie-talkies", "20", control_list="dual_use", end_user="defence"),
        line("Helmets", "50", control_list="military", end_user="defence"),
    ]
    which = told(chernivtsi, "Radio sets, helmets", *goods, donor_place=key_of("Konin", "PL"))
    found = received(chernivtsi, which)
    assert [one["sums"]["on_hand"] for one in found["lines"]] == ["20", "50"]
    assert all(one.restricted for one in lines_of(which))
    assert not may_be_public(Consignment.objects.get(public_id=which))


def test_suceava_to_chernivtsi_again_and_again(office):
    chernivtsi = office("Chernivtsi")
    suceava = key_of("Suceava", "RO")
    food = line("Food parcels", "400", end_user="displaced")
    made = [told(chernivtsi, f"Food, {n}", food, donor_place=suceava) for n in range(3)]
    sums = [received(chernivtsi, one)["lines"][0]["sums"] for one in made]
    assert [one["on_hand"] for one in sums] == ["400"] * 3
    assert check().first_bad is None


def test_magdeburg_to_zaporizhzhia_more_than_five_tonnes_until_it_is_weighed(office):
    zaporizhzhia = office("Zaporizhzhia")
    goods = line("Humanitarian goods", "5", unit="tonne", bound=">")
    which = told(zaporizhzhia, "Over five tonnes", goods, donor_place=key_of("Magdeburg", "DE"))
    before = whole(zaporizhzhia, which)["lines"][0]
    assert (before["bound"], before["number"], before["sums"]["declared"]) == (">", "5", "0")
    row = {"line": before["id"], "unit": "tonne", "received": "5.32"}
    after = received(zaporizhzhia, which, row)["lines"][0]
    assert (after["bound"], after["number"]) == (">", "5")
    assert (after["sums"]["received"], after["sums"]["on_hand"]) == ("5.32", "5.32")


@pytest.mark.parametrize(
    ("city", "country", "name"),
    [
        ("Lublin", "PL", "Generators"),
        ("Ciechanów", "PL", "Food"),
        ("Šiauliai", "LT", "Medicines"),
        ("Częstochowa", "PL", "Clothes"),
        ("Prague", "CZ", "Medicines"),
        ("Rzeszów", "PL", "Copters"),
        ("Silistra", "BG", "Food"),
    ],
)
def test_seven_cities_to_khmelnytskyi_with_their_letters(office, city, country, name):
    khmelnytskyi = office("Khmelnytskyi")
    copters = {"control_list": "both"} if name == "Copters" else {}
    place = key_of(city, country)
    goods = line(name, "3", **copters)
    which = told(khmelnytskyi, f"{name} from {city}", goods, donor_place=place)
    found = received(khmelnytskyi, which)
    assert (found["title"], found["donor_place"]) == (f"{name} from {city}", place)
    assert lines_of(which)[0].restricted is bool(copters)


def test_dortmund_helps_vinnytsia_three_times_without_a_tie(office):
    vinnytsia = office("Vinnytsia")
    dortmund = key_of("Dortmund", "DE")
    days = ("2022-05-12", "2022-06-09", "2022-11-17")
    made = [
        told(vinnytsia, "Help", line("Goods", end_user="social"), donor_place=dortmund, day=day)
        for day in days
    ]
    assert [whole(vinnytsia, one)["passages"][0]["day"] for one in made] == list(days)
