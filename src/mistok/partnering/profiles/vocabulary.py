"""The words of a profile: each code once, with its label; languages by their names in CLDR.

Fields of cooperation are those that agreements name (starter ties) and that hromadas ask for in
DREAM; needs and offers are kinds, never stocks; offers of know-how are what Ukraine teaches now.
Codes are stored and never change; a label may.
"""

from collections.abc import Iterable, Mapping
from functools import cache

from babel import Locale
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

FIELDS = {
    "culture": gettext_lazy("culture"),
    "heritage": gettext_lazy("heritage and monuments"),
    "education": gettext_lazy("schools and kindergartens"),
    "universities": gettext_lazy("universities and research"),
    "youth": gettext_lazy("youth"),
    "sport": gettext_lazy("sport"),
    "economy": gettext_lazy("economy"),
    "agriculture": gettext_lazy("agriculture"),
    "tourism": gettext_lazy("tourism"),
    "energy": gettext_lazy("energy and heating"),
    "water": gettext_lazy("water supply and sewerage"),
    "waste": gettext_lazy("waste"),
    "transport": gettext_lazy("transport"),
    "housing": gettext_lazy("housing"),
    "planning": gettext_lazy("urban planning"),
    "reconstruction": gettext_lazy("reconstruction"),
    "health": gettext_lazy("health"),
    "rehabilitation": gettext_lazy("rehabilitation and veterans"),
    "social": gettext_lazy("social services"),
    "displaced": gettext_lazy("displaced people"),
    "civil_protection": gettext_lazy("civil protection and fire service"),
    "digital": gettext_lazy("digital public services"),
    "governance": gettext_lazy("public administration"),
    "eu_integration": gettext_lazy("EU integration"),
    "cross_border": gettext_lazy("cross-border cooperation"),
    "environment": gettext_lazy("environment"),
    "memory": gettext_lazy("memory and history"),
    "humanitarian": gettext_lazy("humanitarian aid"),
}

NEEDS = {
    "generators": gettext_lazy("generators and power supply"),
    "heating": gettext_lazy("boilers and heating"),
    "vehicles": gettext_lazy("vehicles for public services"),
    "buses": gettext_lazy("buses"),
    "fire_engines": gettext_lazy("fire engines and rescue equipment"),
    "ambulances": gettext_lazy("ambulances"),
    "medical_equipment": gettext_lazy("medical equipment"),
    "medicines": gettext_lazy("medicines"),
    "school_equipment": gettext_lazy("equipment for schools"),
    "shelter": gettext_lazy("housing and beds for displaced people"),
    "water_sanitation": gettext_lazy("water and sanitation"),
    "construction": gettext_lazy("construction material"),
    "winter": gettext_lazy("winter clothing and bedding"),
    "food_hygiene": gettext_lazy("food and hygiene"),
    "it": gettext_lazy("computers and communication"),
    "hosting_children": gettext_lazy("stays for children"),
    "treatment": gettext_lazy("medical treatment and rehabilitation"),
    "training": gettext_lazy("training for staff"),
    "project_funding": gettext_lazy("joint projects with funding"),
    "twinning": gettext_lazy("a lasting partnership"),
    "know_civil_defence": gettext_lazy("know-how: civil defence"),
    "know_continuity": gettext_lazy("know-how: public services under attack and blackout"),
    "know_digital": gettext_lazy("know-how: digital public services"),
    "know_rehabilitation": gettext_lazy("know-how: rehabilitation and veterans"),
    "know_eu": gettext_lazy("know-how: EU law and funds"),
}
"""What is needed and what is offered: goods and know-how, in kinds."""

ECONOMY = {
    "farming": gettext_lazy("farming"),
    "food": gettext_lazy("food and drink"),
    "wine": gettext_lazy("wine and fruit growing"),
    "forestry": gettext_lazy("forestry and wood"),
    "fishing": gettext_lazy("fishing"),
    "mining": gettext_lazy("mining"),
    "metallurgy": gettext_lazy("metallurgy"),
    "engineering": gettext_lazy("mechanical engineering"),
    "vehicle_making": gettext_lazy("vehicle making"),
    "chemistry": gettext_lazy("chemistry and plastics"),
    "textiles": gettext_lazy("textiles and clothing"),
    "building_materials": gettext_lazy("building materials, glass and ceramics"),
    "electronics": gettext_lazy("electronics"),
    "power": gettext_lazy("power generation"),
    "logistics": gettext_lazy("logistics and railways"),
    "shipping": gettext_lazy("shipping and ports"),
    "visitors": pgettext_lazy("branch of the economy", "tourism"),
    "spa": gettext_lazy("health resorts"),
    "software": gettext_lazy("IT"),
    "creative": gettext_lazy("creative trades"),
    "trade": gettext_lazy("trade and services"),
    "crafts": gettext_lazy("crafts and small firms"),
}

INSTITUTIONS = {
    "university": gettext_lazy("university"),
    "vocational_school": gettext_lazy("vocational school"),
    "hospital": gettext_lazy("hospital"),
    "rehabilitation_centre": gettext_lazy("rehabilitation centre"),
    "theatre": gettext_lazy("theatre"),
    "museum": gettext_lazy("museum"),
    "music_school": gettext_lazy("music or art school"),
    "sports_school": gettext_lazy("sports school or large sports hall"),
    "port": pgettext_lazy("institution", "port"),
    "airport": gettext_lazy("airport"),
    "mine": pgettext_lazy("institution", "mine"),
    "industrial_park": gettext_lazy("industrial park"),
    "nature_park": gettext_lazy("nature park"),
    "border_crossing": gettext_lazy("border crossing"),
    "volunteer_fire_brigade": gettext_lazy("volunteer fire brigade"),
}

OFFERED_LANGUAGES = (
    "uk en de pl fr es it pt nl sv no da fi et lv lt cs sk hu ro bg sl hr sr bs mk sq el tr ka hy"
    " az he ar ja ko zh ca eu gl is ga cy lb mt"
).split()
"""Languages that the form shows; a file may name any other of ISO 639-1."""


def words_of(name: str) -> Mapping[str, object]:
    """The codes that the set of this name may hold, with their labels."""
    return {
        "wanted": FIELDS,
        "offered": FIELDS,
        "needs": NEEDS,
        "offers": NEEDS,
        "economy": ECONOMY,
        "institutions": INSTITUTIONS,
        "languages": language_names((get_language() or "en")[:2]),
    }[name]


def labels(name: str, codes: Iterable[str]) -> list[str]:
    """The words for codes of a set in the reader's language, in the order of the vocabulary."""
    known, wanted = words_of(name), set(codes)
    return [str(known[code]) for code in known if code in wanted]


@cache
def language_names(reader: str) -> Mapping[str, str]:
    """Two-letter codes of languages with their names in the reader's language, by name."""
    names = {code: name for code, name in Locale(reader).languages.items() if len(code) == 2}
    return dict(sorted(names.items(), key=lambda pair: pair[1].casefold()))
