"""What Wikidata is asked: every statement of P190 of a country's items, page by page. Pure.

Properties: P190 twinned administrative body; qualifiers P580 start time, P582 end time, P585 point
in time, P1534 end cause; references P854 reference URL, P248 stated in, P813 retrieved, P577
publication date; of items P17 country with P297 (ISO 3166-1 alpha-2), P625 coordinates, P1566
GeoNames id, P9435 code of the codifier KATOTTG. Times are asked with their precision, for a bare
time tells "2004" as the first of January.
"""

import re
from typing import Final

from django.utils.translation import gettext as _

from mistok.kernel.errors import Invalid

ENDPOINT: Final = "https://query.wikidata.org/sparql"
PAGE: Final = 400
"""Statements in one answer: a few seconds of the server's time."""
LEAST_PAGE: Final = 25
STATEMENTS: Final = "http://www.wikidata.org/entity/statement/"
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_STATEMENT: Final = re.compile(r"[A-Za-z0-9$-]{1,80}")

_QUERY: Final = """
SELECT ?statement ?rank ?start ?startPrecision ?end ?endPrecision ?point ?pointPrecision
  ?endCause ?endCauseEn ?reference ?refUrl ?refStatedEn ?refRetrieved ?refPublished
  ?item ?itemEn ?itemUk ?itemPoint ?itemGeonames ?itemKatottg ?itemCountry
  ?other ?otherEn ?otherUk ?otherPoint ?otherGeonames ?otherKatottg ?otherCountry
WHERE {
  { SELECT DISTINCT ?statement ?item ?rank WHERE {
      ?state wdt:P297 "%(country)s" .
      ?item wdt:P17 ?state ; p:P190 ?statement .
      ?statement wikibase:rank ?rank .
      FILTER(STR(?statement) > "%(after)s")
    } ORDER BY STR(?statement) LIMIT %(limit)d }
  OPTIONAL { ?statement ps:P190 ?other }
%(times)s
  OPTIONAL { ?statement pq:P1534 ?endCause .
    OPTIONAL { ?endCause rdfs:label ?endCauseEn FILTER(LANG(?endCauseEn) = "en") } }
  OPTIONAL { ?statement prov:wasDerivedFrom ?reference .
    OPTIONAL { ?reference pr:P854 ?refUrl }
    OPTIONAL { ?reference pr:P248 ?refStated .
      OPTIONAL { ?refStated rdfs:label ?refStatedEn FILTER(LANG(?refStatedEn) = "en") } }
    OPTIONAL { ?reference pr:P813 ?refRetrieved }
    OPTIONAL { ?reference pr:P577 ?refPublished } }
%(items)s
} ORDER BY STR(?statement)
"""
_TIME: Final = """
  OPTIONAL {{ ?statement pqv:{prop} [ wikibase:timeValue ?{name} ;
    wikibase:timePrecision ?{name}Precision ] }}
  OPTIONAL {{ ?statement pq:{prop} ?{name} FILTER(wikibase:isSomeValue(?{name})) }}
"""
_ITEM: Final = """
  OPTIONAL {{ ?{name} rdfs:label ?{name}En FILTER(LANG(?{name}En) = "en") }}
  OPTIONAL {{ ?{name} rdfs:label ?{name}Uk FILTER(LANG(?{name}Uk) = "uk") }}
  OPTIONAL {{ ?{name} wdt:P625 ?{name}Point }}
  OPTIONAL {{ ?{name} wdt:P1566 ?{name}Geonames }}
  OPTIONAL {{ ?{name} wdt:P9435 ?{name}Katottg }}
  OPTIONAL {{ ?{name} wdt:P17/wdt:P297 ?{name}Country }}
"""
_TIMES: Final = (("P580", "start"), ("P582", "end"), ("P585", "point"))


def page_query(country: str, *, after: str = "", limit: int = PAGE) -> str:
    """The query for the next statements of a country's items, after a statement's id.

    Pages go on from the last statement and not by number, so that nothing is skipped or told twice
    when Wikidata changes between two pages. Raises Invalid (`country_unknown`, `cursor_malformed`).
    """
    if not _COUNTRY.fullmatch(country):
        raise Invalid(
            _("“%(code)s” is not a country's code. Write two capital letters, such as UA.")
            % {"code": country[:20]},
            code="country_unknown",
        )
    if after and not _STATEMENT.fullmatch(after):
        raise Invalid(
            _("The place to go on from is no statement of Wikidata. Start the import anew."),
            code="cursor_malformed",
        )
    return _QUERY % {
        "country": country,
        "after": f"{STATEMENTS}{after}" if after else "",
        "limit": limit,
        "times": "".join(_TIME.format(prop=prop, name=name) for prop, name in _TIMES),
        "items": "".join(_ITEM.format(name=name) for name in ("item", "other")),
    }
