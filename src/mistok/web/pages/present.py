"""What the home page and the data page show."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from mistok.provenance.models import Source
from mistok.registry.gazetteer import the_world
from mistok.registry.models import Tie
from mistok.registry.selectors import Numbers, numbers
from mistok.web.cards import Figure
from mistok.web.needs.links import newest_public
from mistok.web.pages.datasets import OURS, OUTSIDE, Dataset
from mistok.web.registry.maps import ties_map
from mistok.web.registry.present import source_ref, tie_row

NEWEST = 8
ON_THE_MAP = 700
MONITORING = "decentralization-19521"
"""Slug of the reform monitoring of 1 April 2025: the size of the field."""


def home_context() -> dict[str, Any]:
    """Numbers, the map of ties, what is needed, what is new."""
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
        "needs": newest_public(),
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
    counted = numbers()
    return {
        "world_info": the_world().info,
        "numbers": registry_figures(counted),
        "datasets": [
            *(_described(dataset, the_world().info) for dataset in OUTSIDE),
            _described(OURS, {"ties": counted.ties}),
        ],
    }


def _described(dataset: Dataset, info: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": dataset.name,
        "what": dataset.what,
        "count": info.get(dataset.counted),
        "licence": dataset.licence,
        "licence_url": dataset.licence_url,
        "version": info.get("packages", {}).get(dataset.package, dataset.version),
    }
