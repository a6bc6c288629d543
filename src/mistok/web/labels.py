"""Words for our codes: tables of labels, one a vocabulary, translated when they are shown."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from mistok.registry import words

EVENT_LABELS = dict(words.EVENT_LABELS)
PAPER_LABELS = dict(words.PAPER_LABELS)

VERDICT_LABELS = {
    "confirmed": gettext_lazy("Confirmed by the office of %(name)s"),
    "corrected": gettext_lazy("Corrected by the office of %(name)s"),
    "disputed": gettext_lazy("Disputed by the office of %(name)s"),
}

VOTE_LABELS = {
    "for": gettext_lazy("for"),
    "against": gettext_lazy("against"),
    "abstained": gettext_lazy("abstained"),
    "not_voting": gettext_lazy("did not vote"),
    "absent": gettext_lazy("absent"),
}

SUPPORT_KIND_LABELS = {
    "goods": gettext_lazy("goods"),
    "money": gettext_lazy("money"),
    "hosting": gettext_lazy("hosting people"),
    "reconstruction": gettext_lazy("rebuilding"),
    "expertise": gettext_lazy("know-how"),
    "general": gettext_lazy("general support"),
}

SUPPORT_STATUS_LABELS = {
    "offered": gettext_lazy("offered"),
    "announced": gettext_lazy("announced"),
    "promised": gettext_lazy("promised"),
    "delivered": gettext_lazy("delivered"),
    "under_construction": gettext_lazy("under construction"),
    "completed": gettext_lazy("completed"),
    "paused": gettext_lazy("paused"),
    "total": gettext_lazy("total over a period"),
}

PLACE_KIND_LABELS = {
    "country": pgettext_lazy("kind of place", "state"),
    "region": gettext_lazy("region"),
    "district": gettext_lazy("district"),
    "oblast": gettext_lazy("oblast"),
    "raion": gettext_lazy("raion"),
    "hromada": gettext_lazy("hromada"),
    "municipality": gettext_lazy("municipality"),
    "city": gettext_lazy("city"),
    "settlement": gettext_lazy("settlement"),
}

TRUST_LABELS = {
    5: gettext_lazy("official act or register"),
    4: gettext_lazy("the municipality's or ministry's own page"),
    3: gettext_lazy("specialised portal or association"),
    2: gettext_lazy("news"),
    1: gettext_lazy("old list or blog"),
}

DISAGREEMENT_LABELS = {
    "date": gettext_lazy("Sources give different dates for: %(event)s"),
    "plan": gettext_lazy("A planned date proved wrong: %(event)s"),
    "kind": gettext_lazy("Sources disagree on what kind of tie this was: %(event)s"),
    "ending": gettext_lazy("Sources disagree on whether it was suspended or ended"),
}

FIELD_LABELS = {
    "agriculture": gettext_lazy("agriculture"),
    "cross-border": gettext_lazy("cross-border cooperation"),
    "culture": gettext_lazy("culture"),
    "defence": gettext_lazy("civil defence"),
    "digitalisation": gettext_lazy("digitalisation"),
    "economy": gettext_lazy("economy"),
    "education": gettext_lazy("education"),
    "emergency": gettext_lazy("emergency services"),
    "energy": gettext_lazy("energy"),
    "environment": gettext_lazy("environment"),
    "governance": gettext_lazy("governance"),
    "health": gettext_lazy("health"),
    "humanitarian": gettext_lazy("humanitarian aid"),
    "infrastructure": gettext_lazy("infrastructure"),
    "maritime": gettext_lazy("maritime affairs"),
    "peace": gettext_lazy("peace"),
    "public order": gettext_lazy("public order"),
    "public services": gettext_lazy("public services"),
    "reconstruction": gettext_lazy("reconstruction"),
    "science": gettext_lazy("science"),
    "social": gettext_lazy("social affairs"),
    "sport": gettext_lazy("sport"),
    "tourism": gettext_lazy("tourism"),
    "transport": gettext_lazy("transport"),
    "urban planning": gettext_lazy("urban planning"),
    "veterans": gettext_lazy("veterans"),
    "waste": gettext_lazy("waste"),
    "water": gettext_lazy("water supply"),
    "youth": gettext_lazy("youth"),
}

UNIT_LABELS = {
    "pcs": gettext_lazy("pcs"),
    "t": pgettext_lazy("unit", "t"),
    "sets": gettext_lazy("sets"),
    "shipments": gettext_lazy("shipments"),
    "truckloads": gettext_lazy("truckloads"),
    "railway wagons": gettext_lazy("railway wagons"),
}

MINISTRY = "Ministry for Development of Communities and Territories"
BODY_LABELS = {
    MINISTRY: gettext_lazy("Ministry for Development of Communities and Territories of Ukraine"),
}
