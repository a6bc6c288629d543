"""Bodies of requests, read strictly: no floating point numbers, no name twice."""

import json
from typing import Any, NoReturn

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.parser import Parser

from mistok.kernel.errors import Invalid


class StrictParser(Parser):
    """JSON whose numbers are whole: an amount is a text with its places."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body as JSON tells it. Raises Invalid (`number_not_exact`, `name_twice`)."""
        return json.loads(
            request.body,
            parse_float=_no_float,
            parse_constant=_no_float,
            object_pairs_hook=_without_doubles,
        )


def _no_float(text: str) -> NoReturn:
    raise Invalid(
        _(
            "The body holds the number %(number)s, and numbers with a point are not exact in every "
            'program. Write amounts, weights and values as texts, for example "7.5".'
        )
        % {"number": text[:40]},
        code="number_not_exact",
        details={"number": text[:40]},
    )


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Invalid(
            _("The body names “%(name)s” twice, and nobody knows which holds. Leave one out.")
            % {"name": twice[:60]},
            code="name_twice",
            details={"name": twice[:60]},
        )
    return told
