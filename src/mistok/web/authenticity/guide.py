"""What the page of the first meeting shows."""

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from mistok.web.words import in_language


def guide_context() -> dict[str, Any]:
    """The check-list in the reader's language."""
    data = _data()
    return {
        "parts": [
            {
                "title": in_language(part["title"]),
                "items": [in_language(item) for item in part["items"]],
            }
            for part in data["parts"]
        ],
        "source": in_language(data["source"]),
    }


@cache
def _data() -> Mapping[str, Any]:
    file = resources.files("mistok.accounts") / "data" / "first_meeting.json"
    found: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found
