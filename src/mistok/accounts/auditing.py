"""Acts of consequence leave a trace also when they are refused."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import translation

from mistok.kernel.errors import Refusal
from mistok.provenance.models import AuditEvent
from mistok.provenance.services import record

_ADDRESS = re.compile(r"[^\s@<>“”\"]+@[^\s@<>“”\"]+")
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Act:
    """An act under way; `done` records it, in its own transaction."""

    actor: str
    verb: str
    subject: str

    def done(
        self,
        *,
        about: str = "",
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> AuditEvent:
        """Keep the audit event of the act that has succeeded; `about` another subject if named."""
        return record(
            actor=self.actor,
            verb=self.verb,
            subject=about or self.subject,
            before=before,
            after=after,
        )


@contextmanager
def audited(actor: object, verb: str, subject: str) -> Iterator[Act]:
    """Run an act in one transaction; a refusal rolls it back and is itself recorded.

    `actor` is told by its text, `subject` is a public id or a place's key. Records
    `refused_<verb>` with the code and the sentence after the rollback, and raises the refusal
    again. Nothing around it may roll back too, so services use this *instead of*
    `transaction.atomic`; where one service calls another, the refusal is kept under the outer
    verb. Other errors are rolled back and recorded nowhere: they are ours, not the actor's.
    """
    act = Act(str(actor), verb, subject)
    try:
        with transaction.atomic():
            yield act
    except Refusal as refusal:
        with translation.override("en"):
            sentence = refusal.kept or without_addresses(str(refusal))
        record(
            actor=act.actor,
            verb=f"refused_{verb}",
            subject=subject,
            after={"code": refusal.code, "sentence": sentence[:_LONGEST]},
        )
        raise


def without_addresses(text: str) -> str:
    """A sentence without e-mail addresses: an audit event outlives the person it tells of."""
    return _ADDRESS.sub("…", text)
