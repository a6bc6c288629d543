"""What the criteria are called, and what each is about, in the reader's language."""

from django.utils.translation import gettext_lazy

from mistok.partnering.profiles.sentences import CRITERION_DESCRIPTIONS, CRITERION_LABELS

LABELS = {
    "size": gettext_lazy("Size"),
    "prominence": gettext_lazy("How well known"),
    "distance": gettext_lazy("Distance"),
    "habit": gettext_lazy("Habit between the countries"),
    "region": gettext_lazy("Habit between the regions"),
    "surroundings": gettext_lazy("Neighbours’ partners"),
    "experience": gettext_lazy("Experience with ties"),
    "appetite": gettext_lazy("Experience with ties"),
    "load": gettext_lazy("Load"),
    "ukraine": gettext_lazy("Load by Ukrainian ties"),
    "affinity": gettext_lazy("Partners like you"),
    "own_ties": gettext_lazy("Your ties there"),
    "shared_partners": gettext_lazy("Shared partners"),
    "chain": gettext_lazy("Partners alike"),
    "namesake": gettext_lazy("Same name"),
    "language": gettext_lazy("Related languages"),
    "clock": gettext_lazy("Time of day"),
    "position": gettext_lazy("Position"),
} | CRITERION_LABELS

DESCRIPTIONS = {
    "size": gettext_lazy("Places of like size have like tasks."),
    "prominence": gettext_lazy("Well-known places and regional centres are chosen more often."),
    "distance": gettext_lazy("The nearer, the easier it is to visit each other."),
    "habit": gettext_lazy("Countries that have many ties already know how to make one."),
    "region": gettext_lazy("Regions that are tied often have contacts and programmes."),
    "surroundings": gettext_lazy("Neighbours with partners over there can tell how it went."),
    "experience": gettext_lazy("A place that keeps ties is likelier to make another."),
    "appetite": gettext_lazy("A place that keeps ties is likelier to make another."),
    "load": gettext_lazy("Many ties with your country leave less time for one more."),
    "ukraine": gettext_lazy("A place that helps many Ukrainian hromadas has less time for more."),
    "affinity": gettext_lazy("It has chosen places like you before."),
    "own_ties": gettext_lazy("Whether you have partners in this country or beside this place."),
    "shared_partners": gettext_lazy("Partners in common can introduce the two to each other."),
    "chain": gettext_lazy("Its partners and you choose alike."),
    "namesake": gettext_lazy("Places of one name like to meet."),
    "language": gettext_lazy("Related languages make talking easier."),
    "clock": gettext_lazy("Offices that are open at the same hours can call each other."),
    "position": gettext_lazy("Ports understand ports, mountain towns mountain towns."),
} | CRITERION_DESCRIPTIONS

POSITIONS = {
    1: gettext_lazy("at the sea"),
    2: gettext_lazy("at a border"),
    4: gettext_lazy("in the mountains"),
    24: gettext_lazy("regional centres"),
    32: gettext_lazy("seaports"),
}
