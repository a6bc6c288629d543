"""Writes that can be sent again: the same key and body have one effect and one answer."""

import json
import re
from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Status
from pydantic import BaseModel

from mistok.accounts.services import Answer, answer_once
from mistok.api.tokens import actor_of, token_of
from mistok.kernel.errors import Invalid
from mistok.kernel.ids import content_hash

HEADER: Final = "Idempotency-Key"
_KEY: Final = re.compile(r"[!-~]{1,80}", re.ASCII)
_LONGEST_PATH: Final = 280


def _described(*, required: bool) -> dict[str, Any]:
    told = "The same key and body give the same answer and one effect; another body gives 409."
    schema = {"type": "string", "maxLength": 80}
    header = {"in": "header", "name": HEADER, "required": required, "schema": schema}
    return {"parameters": [header | {"description": told}]}


TAKES_KEY: Final = _described(required=False)
NEEDS_KEY: Final = _described(required=True)
"""How the description for machines tells of the header."""


def key_of(request: HttpRequest) -> str:
    """The request's idempotency key, or "". Raises Invalid (code `key_malformed`)."""
    key = request.headers.get(HEADER, "").strip()
    # The standard for this header writes it in quotation marks; most programs do not.
    key = key[1:-1] if len(key) > 1 and key[0] == key[-1] == '"' else key
    if key and not _KEY.fullmatch(key):
        raise Invalid(
            _(
                "The idempotency key has more than 80 signs, or signs that are not plain letters, "
                "numbers and marks. Send a random one, for example a UUID."
            ),
            code="key_malformed",
        )
    return key


def needed_key(request: HttpRequest) -> str:
    """The key of a request that must have one. Raises Invalid (code `key_missing`)."""
    key = key_of(request)
    if not key:
        raise Invalid(
            _(
                "Acts move goods, so they need the header Idempotency-Key: then a request that is "
                "sent again moves nothing twice. Send a random key, for example a UUID."
            ),
            code="key_missing",
        )
    return key


def write(
    request: HttpRequest, body: BaseModel, do: Callable[[], dict[str, Any]]
) -> Status[dict[str, Any]]:
    """Do it and answer 201; with a key the answer is kept and given again for the same request.

    What is answered is made inside of the transaction, so it is that of the one effect. Raises
    what `do` refuses, and Conflict (`key_reused`).
    """
    key, token = key_of(request), token_of(actor_of(request))
    if not key:
        return Status(201, do())
    plain = json.dumps(body.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
    answer = answer_once(
        token=token,
        key=key,
        request=f"{request.method} {request.path[:_LONGEST_PATH]}",
        body_hash=content_hash(plain),
        do=lambda: Answer(201, do()),
    )
    request.answered_before = answer.again  # type: ignore[attr-defined]
    return Status(answer.status, answer.body)
