"""Answers to requests of programs, kept by their idempotency keys: one effect, one answer."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.models import AccessToken, KeptAnswer
from mistok.accounts.services.texts import holds_address
from mistok.kernel.errors import Conflict, Refusal

KEPT_FOR = dt.timedelta(days=30)
"""How long an answer can be had again; acts of the goods ledger know their keys for good."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request is answered: a status of HTTP, and what JSON can hold.

    `again`: it was done before, and is only told once more.
    """

    status: int
    body: dict[str, Any]
    again: bool = False


class _Known(Exception):
    """The key was taken before, or by another request that is done by now."""


def answer_once(
    *,
    token: AccessToken,
    key: str,
    request: str,
    body_hash: str,
    do: Callable[[], Answer],
    at: dt.datetime | None = None,
) -> Answer:
    """Do it and keep the answer, or give the answer that this key was given before.

    One of two requests with the same key waits for the other, on both databases: the key is
    written before the work, in the same transaction. A refusal leaves nothing but its audit
    event, and the key free. Raises what `do` refuses, and Conflict (`key_reused`) for a key that
    another request was sent with.
    """
    at = at or timezone.now()
    try:
        done = _do_and_keep(token, key, request, body_hash, do, at)
    except _Known:
        return _again(KeptAnswer.objects.get(token=token, key=key), request, body_hash)
    if isinstance(done, Refusal):
        raise done
    return done


def _do_and_keep(
    token: AccessToken,
    key: str,
    request: str,
    body_hash: str,
    do: Callable[[], Answer],
    at: dt.datetime,
) -> Answer | Refusal:
    """A refusal is given back and not raised: raised here it would undo its own audit event."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                kept = KeptAnswer.objects.create(
                    token=token, key=key, request=request, body_hash=body_hash, at=at
                )
        except IntegrityError as error:
            raise _Known from error
        try:
            answer = do()
        except Refusal as refusal:
            kept.delete()
            return refusal
        kept.status, kept.answer = answer.status, answer.body
        kept.save(update_fields=["status", "answer"])
    return answer


def _again(kept: KeptAnswer, request: str, body_hash: str) -> Answer:
    if (kept.request, kept.body_hash) != (request, body_hash):
        raise Conflict(
            _(
                "This idempotency key was sent with another request before. Send a new key with "
                "what is new, and the old body with the old key."
            ),
            code="key_reused",
        )
    return Answer(kept.status, dict(kept.answer or {}), again=True)


def forget_answers(at: dt.datetime | None = None) -> int:
    """Forget answers older than 30 days; returns how many."""
    old = KeptAnswer.objects.filter(at__lt=(at or timezone.now()) - KEPT_FOR)
    return old.delete()[0]


def forget_address(mail: str) -> None:
    """Empty every text in kept answers in which the address of an erased person stands.

    The answer goes on being given, without what told of her.
    """
    likely = KeptAnswer.objects.annotate(told=Cast("answer", models.TextField()))
    for kept in likely.filter(told__icontains=mail):
        kept.answer = _without(kept.answer, mail)
        kept.save(update_fields=["answer"])


def _without(told: Any, mail: str) -> Any:
    if isinstance(told, dict):
        return {key: _without(one, mail) for key, one in told.items()}
    if isinstance(told, list):
        return [_without(one, mail) for one in told]
    return "" if isinstance(told, str) and holds_address(told, mail) else told
