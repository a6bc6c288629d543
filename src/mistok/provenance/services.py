"""Every write to the evidence: sources, readings, statements, judgements, audit events."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from mistok.kernel.errors import Conflict, Invalid
from mistok.kernel.ids import content_hash, public_id
from mistok.provenance.models import (
    AuditEvent,
    Correction,
    Judgement,
    Retrieval,
    Source,
    Statement,
)
from mistok.provenance.reference import request_reference
from mistok.provenance.vocabulary import Prop, prop_for

UNSEEN = "no longer in the files that it came with"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """One thing that one source says, before it is written down."""

    source: Source
    subject: str
    prop: Prop
    value: str
    lang: str = ""
    original_value: str = ""
    locator: str = ""
    retrieval: Retrieval | None = None
    restricted: bool = False
    internal: bool = False

    def __post_init__(self) -> None:
        """Raises Invalid for a property or value outside the vocabulary."""
        if prop_for(self.subject, self.prop.name) is not self.prop:
            raise Invalid(
                f"“{self.prop.name}” is not a property of {self.subject}.", code="prop_unknown"
            )
        self.prop.check(self.value)
        _check_lengths(Statement, {"lang": self.lang, "locator": self.locator})

    @property
    def id(self) -> str:
        """The hash of source, subject, property, value and language (models.md part 7)."""
        return content_hash(
            self.source.public_id, self.subject, self.prop.name, self.value, self.lang
        )


@transaction.atomic
def register_source(*, slug: str, **fields: Any) -> Source:
    """Write a source down, or bring its description up to date; its id comes from the slug.

    Raises Invalid for a text that its column cannot hold, and for an address of another scheme
    than http and https, which must never become a link.
    """
    _check_lengths(Source, {"slug": slug, **fields})
    address = fields.get("url", "")
    if address and not address.startswith(("https://", "http://")):
        raise Invalid(
            f"“{address[:60]}” is not the address of a page. Write it with https:// in front, or "
            "leave it empty.",
            code="url_malformed",
        )
    source, _created = Source.objects.update_or_create(
        slug=slug, defaults=fields, create_defaults={**fields, "public_id": source_id(slug)}
    )
    return source


def _check_lengths(model: type[models.Model], texts: Mapping[str, object]) -> None:
    """Raise Invalid for a text that its column cannot hold: SQLite would take it in silence."""
    for name, text in texts.items():
        longest = getattr(model._meta.get_field(name), "max_length", None)
        if isinstance(text, str) and longest is not None and len(text) > longest:
            raise Invalid(
                f"The {name} has {len(text)} letters; {longest} are the most. Shorten it.",
                code="text_too_long",
                details={"name": name, "longest": longest},
            )


def source_id(slug: str) -> str:
    """The public id of the source with this slug."""
    return public_id("source", slug)


@transaction.atomic
def record_retrieval(*, source: Source, at: dt.date, sha256: str, note: str = "") -> Retrieval:
    """Note that a source was read, with the hash of what was read; the same bytes once only."""
    _check_lengths(Retrieval, {"sha256": sha256, "note": note})
    retrieval, _created = Retrieval.objects.get_or_create(
        source=source, sha256=sha256, defaults={"at": at, "url": source.url, "note": note}
    )
    return retrieval


@transaction.atomic
def observe(*, assertions: Iterable[Assertion], origin: str, seen_at: dt.datetime) -> int:
    """Write down what sources say; returns how many statements are new.

    `origin` names the import that brings them. Idempotent: what was known only moves its
    `last_seen`. What a person withdrew stays withdrawn; what had only left the import's files
    stands again.
    """
    rows = {assertion.id: _row(assertion, origin, seen_at) for assertion in assertions}
    known = set(Statement.objects.filter(pk__in=rows).values_list("pk", flat=True))
    Statement.objects.bulk_create(
        (row for key, row in rows.items() if key not in known), batch_size=400
    )
    Statement.objects.filter(pk__in=known, last_seen__lt=seen_at).update(last_seen=seen_at)
    Statement.objects.filter(pk__in=known, withdrawn_reason=UNSEEN).update(
        withdrawn_at=None, withdrawn_reason=""
    )
    return len(rows) - len(known)


def _row(assertion: Assertion, origin: str, seen_at: dt.datetime) -> Statement:
    public = assertion.prop.public and not assertion.internal
    visibility = Statement.Visibility.PUBLIC if public else Statement.Visibility.INTERNAL
    return Statement(
        id=assertion.id,
        subject=assertion.subject,
        prop=assertion.prop.name,
        value=assertion.value,
        lang=assertion.lang,
        original_value=assertion.original_value,
        source=assertion.source,
        retrieval=assertion.retrieval,
        locator=assertion.locator,
        origin=origin,
        visibility=Statement.Visibility.RESTRICTED if assertion.restricted else visibility,
        first_seen=seen_at,
        last_seen=seen_at,
    )


@transaction.atomic
def show_statements(*, actor: str, subject: str) -> int:
    """Make public what was kept internal about a subject; returns how many statements.

    What is restricted stays so. The caller has seen to it that everybody concerned agrees.
    """
    kept = Statement.objects.standing().filter(subject=subject, visibility="internal")
    count = kept.update(visibility=Statement.Visibility.PUBLIC)
    if count:
        record(actor=actor, verb="show_statements", subject=subject, after={"statements": count})
    return count


@transaction.atomic
def show_parties(*, source: Source, subject: str) -> None:
    """Make public who a source says is party to a tie, because something public is told of it."""
    named = Statement.objects.filter(source=source, subject=subject, prop="party")
    named.update(visibility=Statement.Visibility.PUBLIC)


@transaction.atomic
def withdraw_unseen(*, actor: str, origin: str, since: dt.datetime) -> set[str]:
    """Withdraw what an import once brought and brings no more; returns the subjects touched.

    Called after a whole import: what it did not see since `since` is no longer in its files.
    """
    gone = Statement.objects.standing().filter(origin=origin, last_seen__lt=since)
    subjects = set(gone.values_list("subject", flat=True))
    count = gone.update(withdrawn_at=since, withdrawn_reason=UNSEEN)
    if count:
        record(actor=actor, verb="withdraw_unseen", subject=origin, after={"statements": count})
    return subjects


@transaction.atomic
def withdraw_statement(
    *, actor: str, statement: Statement, reason: str, at: dt.datetime, successor: str = ""
) -> None:
    """Take a statement back, with the reason; what it said can still be read by stewards.

    Readers see that it fell, when and why; `successor` is the statement in its place, if any.
    Raises Invalid without a reason, Conflict when it is withdrawn already.
    """
    if not reason.strip():
        raise Invalid(
            _("Say why the statement is withdrawn: the reason is kept with it."),
            code="reason_missing",
        )
    changed = Statement.objects.filter(pk=statement.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=at, withdrawn_reason=reason.strip()[:400]
    )
    if not changed:
        raise Conflict(
            _("This statement is withdrawn already. Open it again to see when and why."),
            code="statement_withdrawn",
        )
    Correction.objects.create(
        at=at,
        actor=actor,
        subject=statement.subject,
        prop=statement.prop,
        statement=statement.pk,
        successor=successor,
        reason=reason.strip()[:400],
    )
    record(actor=actor, verb="withdraw_statement", subject=statement.pk, after={"reason": reason})


@transaction.atomic
def judge(
    *, actor: str, left: str, right: str, verdict: str, reason: str, at: dt.datetime
) -> Judgement:
    """Keep a decision on whether two keys mean one thing. Raises Invalid without a reason."""
    if not reason.strip():
        raise Invalid(
            _("Say why the two are %(verdict)s: nobody can check a judgement without its ground.")
            % {"verdict": Judgement.Verdict(verdict).label},
            code="reason_missing",
        )
    judgement = Judgement.objects.create(
        left=left, right=right, verdict=verdict, reason=reason.strip()[:400], actor=actor, at=at
    )
    record(
        actor=actor,
        verb="judge",
        subject=left,
        after={"right": right, "verdict": verdict, "reason": reason},
    )
    return judgement


def record(
    *,
    actor: str,
    verb: str,
    subject: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Keep an audit event; called inside the transaction of the act it tells of."""
    return AuditEvent.objects.create(
        at=dt.datetime.now(dt.UTC),
        actor=actor,
        verb=verb,
        subject=subject,
        before=dict(before or {}),
        after=dict(after or {}),
        request_ref=request_reference.get(),
    )
