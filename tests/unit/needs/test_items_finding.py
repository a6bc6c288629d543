"""Whether the words that stand in real letters and lists find the item that they mean."""

import pytest

from mistok.needs.items import LANGUAGES, find_item, items
from mistok.needs.items.finding import LEAST_SCORE

PHRASES = """
генератор 100 кВт|generator_diesel_375
Генератори дизельні 50 кВА|generator_diesel_75
генератор 5 кВт бензиновий|generator_petrol
дизель-генератор 500 кВА|generator_diesel_large
Stromerzeuger 60 kVA|generator_diesel_75
Stromerzeuger 5 kVA|generator_petrol
Notstromaggregat 200 kVA|generator_diesel_375
diesel generator 30kVA|generator_diesel_75
generator 2 MW|generator_diesel_large
пожежна машина|fire_engine
пожежні машини|fire_engine
пожежних автомобілів б/в|fire_engine
Feuerwehrfahrzeug|fire_engine
Feuerwehrfahrzeuge|fire_engine
Löschfahrzeug gebraucht|fire_engine
fire trucks|fire_engine
used fire engine|fire_engine
швидка допомога|ambulance
автомобілі швидкої допомоги|ambulance
Rettungswagen|ambulance
Krankenwagen gebraucht|ambulance
ambulances|ambulance
шкільний автобус|school_bus
автобус шкільний на 30 місць|school_bus
Schulbus|school_bus
school buses|school_bus
трансформатор силовий 400 кВА|transformer_650
трансформатор 1000 кВА|transformer_10000
Trafo 630 kVA|transformer_650
насоси глибинні|submersible_pump
каналізаційні насоси|sewage_pump
мотопомпа|motor_pump
турнікети|tourniquet
турнікет CAT|tourniquet
Tourniquets|tourniquet
ліжка лікарняні|hospital_bed
функціональні ліжка для лікарні|hospital_bed
Krankenhausbetten|hospital_bed
hospital beds|hospital_bed
Pflegebetten|hospital_bed
намети|tent
утеплений намет|heated_tent
Zelte|tent
ковдри|blanket
Decken|blanket
blankets|blanket
водовозка|water_truck
water trucks|water_truck
Tankwagen für Trinkwasser|water_truck
котел твердопаливний|boiler_solid_fuel
котли газові|boiler_gas
пелети|wood_pellets
Holzpellets|wood_pellets
плівка для даху|roof_foil
Dachfolie|roof_foil
вікна металопластикові|window
Fenster|window
windows|window
ноутбуки|laptop
laptops|laptop
Notebooks|laptop
рації|radio_handset
рация|radio_handset
Funkgeräte|radio_handset
walkie talkies|radio_handset
дрони|drone
Drohnen|drone
quadcopters|drone
бронежилети|body_armour
Schutzwesten|body_armour
body armor|body_armour
антибіотики|antibiotics
інсулін|insulin
Medikamente|general_medicines
ліки|general_medicines
цивільний захист|know_civil_defence
E-Government|know_e_government
поводження з відходами|know_waste
реабілітація ветеранів|know_veterans
відпочинок дітей за кордоном|host_children
літня школа|host_summer_school
Sommerschule|host_summer_school
summer school|host_summer_school
лікування поранених|host_treatment
місто-побратим|partner_municipality
Städtepartnerschaft|partner_municipality
twinning|partner_municipality
генератр|generator_petrol
generatror|generator_petrol
амбуланс|ambulance
зимові шини для шкільного автобуса|winter_tyre
шини|winter_tyre
сміттєвози|garbage_truck
Müllwagen|garbage_truck
екскаватор навантажувач JCB|backhoe_loader
старлінк|satellite_terminal
Starlink|satellite_terminal
павербанки|power_bank
зарядні станції EcoFlow|power_station
рентген апарат|xray_machine
апарат ШВЛ|ventilator
апарат УЗД|ultrasound_scanner
Beatmungsgerät|ventilator
Rollstühle|wheelchair
інвалідні візки|wheelchair
милиці|crutches
дитячі підгузки|baby_diapers
памперси для дорослих|adult_diapers
крісла колісні|wheelchair
тепловізори|thermal_camera
Nachtsichtgeräte|night_vision
дрова|firewood
дизпаливо|diesel_fuel
каністри|jerrycan
вогнегасники|fire_extinguisher
Feuerlöscher|fire_extinguisher
пожежні рукави|fire_hose
бензопили|chainsaw
Kettensägen|chainsaw
автовишка|aerial_platform
снігоприбиральна техніка|snow_plough
парти шкільні|school_desk
стільці|school_chair
Schulmöbel|school_desk
дитячий майданчик|playground
мобільне укриття|modular_shelter
станція очищення води|water_treatment
хлор|sodium_hypochlorite
шифер|roofing_slate
мінвата|mineral_wool
продуктові набори|food_kit
Lebensmittel|food_kit
гігієнічні набори|hygiene_kit
дитяче харчування|infant_formula
спальні мішки|sleeping_bag
Schlafsäcke|sleeping_bag
розкладачки|folding_bed
Feldbetten|folding_bed
обігрівачі|electric_heater
буржуйка|heating_stove
Heizlüfter|electric_heater
agregat prądotwórczy 40 kVA|generator_diesel_75
wozy strażackie|fire_engine
karetka|ambulance
camion de pompiers|fire_engine
groupe électrogène 100 kVA|generator_diesel_375
"""


@pytest.mark.parametrize(
    ("text", "code"), [tuple(line.split("|")) for line in PHRASES.strip().splitlines()]
)
def test_find_item_by_the_words_of_letters(text, code):
    found = find_item(text)
    assert found[0].item.code == code
    assert found[0].score >= 0.7


@pytest.mark.parametrize("language", LANGUAGES)
def test_find_item_by_each_of_its_own_names(language):
    for one in items():
        for name in one.names[language]:
            assert find_item(name.upper(), language)[0].item == one, name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "🙂",
        "12345",
        "xyzzy",
        "для",
        "танк",
        "кулемет",
        "ракети",
        "гарний настрій",
        "будівництво моста",
        "кошти на зарплату",
        "100 кВт",
    ],
)
def test_find_item_of_what_the_catalogue_has_not_is_empty(text):
    assert find_item(text) == ()


def test_find_item_that_may_be_several_gives_all_in_the_order_of_the_catalogue():
    found = find_item("генератор")
    assert [one.item.code for one in found[:4]] == [
        "generator_petrol",
        "generator_diesel_75",
        "generator_diesel_375",
        "generator_diesel_large",
    ]
    assert len({one.score for one in found[:4]}) == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("генератор 8 кВт", "generator_petrol"),
        ("генератор 8,1 кВт", "generator_diesel_75"),
        ("генератор 60 кВт", "generator_diesel_75"),
        ("генератор 61 кВт", "generator_diesel_375"),
        ("генератор 1 250 кВА", "generator_diesel_large"),
        ("генератор 0,4 МВт", "generator_diesel_large"),
        ("трансформатор 0,63 МВА", "transformer_650"),
    ],
)
def test_find_item_by_power_takes_the_class(text, code):
    assert find_item(text)[0].item.code == code


def test_find_item_what_it_is_for_counts_less_than_what_it_is():
    assert find_item("зимові шини для шкільного автобуса")[0].item.code == "winter_tyre"
    assert find_item("Computer für Schulen")[0].item.code == "desktop_computer"


def test_find_item_prefers_the_language_told_and_shuts_out_none():
    plain, told = find_item("laptop")[0], find_item("laptop", "uk")[0]
    assert plain.item == told.item
    assert told.score <= plain.score
    assert find_item("laptop", "xx") == find_item("laptop")


def test_find_item_gives_no_more_than_asked_and_none_below_the_least():
    assert len(find_item("насос", limit=2)) == 2
    assert all(LEAST_SCORE <= one.score <= 1 for one in find_item("насос для води", limit=99))


def test_find_item_with_letters_of_the_other_alphabet_is_found():
    assert find_item("кoвдра")[0].item.code == "blanket"  # with a Latin o


def test_find_item_of_a_very_long_text_ends():
    assert find_item("ковдра " * 5000)[0].item.code == "blanket"
