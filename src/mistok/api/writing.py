"""Answers as JSON: times to the microsecond, letters of every script as they are."""

import datetime as dt
from typing import Any

from ninja.renderers import JSONRenderer
from ninja.responses import NinjaJSONEncoder


class ExactEncoder(NinjaJSONEncoder):
    """Times as they are kept: the hash of an entry is over every digit of them."""

    def default(self, o: Any) -> Any:
        """What JSON does not know by itself."""
        if isinstance(o, dt.datetime):
            return o.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
        return super().default(o)


class ExactRenderer(JSONRenderer):
    """JSON in UTF-8."""

    encoder_class = ExactEncoder
    json_dumps_params = {"ensure_ascii": False}
