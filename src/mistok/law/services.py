"""Every write to the law: rules that come with the program, and what administrators add."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from mistok.kernel.errors import Invalid, NotAllowed, Refusal
from mistok.law.calendars import check_country
from mistok.law.drafting import NewVersion, drafted
from mistok.law.models import DayOff, Rule, field_words
from mistok.law.shipped import shipped_versions
from mistok.law.versions import RuleInForce
from mistok.provenance.services import record

ADD_RULE = "law.add_rule"
ADD_DAY_OFF = "law.add_dayoff"


class Person(Protocol):
    """Who acts: named in audit events by a reference, with Django's permissions."""

    public_id: str

    def has_perm(self, perm: str) -> bool:
        """Whether the person has a permission."""
        ...


def load_rules() -> int:
    """Take in the versions that come with the program; returns how many were new.

    Idempotent, and never touches what is there: a corrected version comes in beside the old one
    and supersedes it, and what an administrator added from the same day stays above both.
    """
    with transaction.atomic():
        known = set(Rule.objects.values_list("public_id", flat=True))
        rows = [row for row in shipped_versions() if row.public_id not in known]
        # A copy: the rows are read once per process, and saving gives them a number.
        fresh = [Rule(**_values(row)) for row in rows]
        Rule.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(rows)


def add_version(actor: Person, new: NewVersion) -> RuleInForce:
    """Let a rule say something else from a day on; the old version stays for the days before.

    A table that nobody has filled is filled first: the new version stands on the shipped one.
    Raises NotAllowed (code `rule_not_yours`), and what `drafting.drafted` refuses. A refusal is
    recorded too.
    """
    with _audited(actor, "add_rule_version", new.code):
        _check_may(actor, ADD_RULE)
        if not Rule.objects.exists():
            load_rules()
        row = drafted(new, added_by=actor.public_id)
        row.save()
        record(
            actor=actor.public_id,
            verb="add_rule_version",
            subject=row.public_id,
            after={
                "code": row.code,
                "value": row.value,
                "unit": row.unit,
                "effective_from": row.effective_from,
                "standing": row.standing,
                "source": row.source_title,
            },
        )
    return RuleInForce.of(row)


def add_day_off(
    actor: Person, *, country: str, date: dt.date, works: bool, name: str, source: str
) -> DayOff:
    """Say of one day in one country that it is a day off, or that it is worked.

    The last word on a day holds. Raises NotAllowed (code `rule_not_yours`), Invalid
    (`country_without_calendar`, `source_missing`, `text_too_long`). A refusal is recorded too.
    """
    with _audited(actor, "add_day_off", country[:20]):
        _check_may(actor, ADD_DAY_OFF)
        check_day_off(country=country, name=name, source=source)
        row = DayOff.objects.create(
            country=country,
            date=date,
            works=works,
            name=name.strip(),
            source=source.strip(),
            added_by=actor.public_id,
        )
        record(
            actor=actor.public_id,
            verb="add_day_off",
            subject=f"{country} {date}",
            after={"works": works, "name": row.name, "source": row.source},
        )
    return row


def check_day_off(*, country: str, name: str, source: str) -> None:
    """Raise Invalid for a day that cannot be kept: see `add_day_off`."""
    check_country(country)
    for label, text, longest in (("name", name, 200), ("source", source, 1000)):
        if not text.strip():
            raise Invalid(
                _("Give the day a name and say where it is told: nobody can check it otherwise."),
                code="source_missing",
                details={"name": label},
            )
        if len(text) > longest:
            raise Invalid(
                _("The %(name)s has %(count)s letters; %(longest)s are the most. Shorten it.")
                % {
                    "name": field_words(DayOff, label),
                    "count": len(text),
                    "longest": longest,
                },
                code="text_too_long",
                details={"name": label, "longest": longest},
            )


def _values(row: Rule) -> dict[str, object]:
    skipped = ("id", "added_at")
    fields = [field.name for field in Rule._meta.concrete_fields if field.name not in skipped]
    return {name: getattr(row, name) for name in fields}


def _check_may(actor: Person, permission: str) -> None:
    if not actor.has_perm(permission):
        raise NotAllowed(
            _("Only an administrator of rules may change what is in force. Ask one to do it."),
            code="rule_not_yours",
        )


@contextmanager
def _audited(actor: Person, verb: str, subject: str) -> Iterator[None]:
    """One transaction; a refusal rolls it back and is recorded after that."""
    try:
        with transaction.atomic():
            yield
    except Refusal as refusal:
        with override("en"):
            told = {"code": refusal.code, "sentence": str(refusal)[:400]}
        record(actor=actor.public_id, verb=f"refused_{verb}", subject=subject[:64], after=told)
        raise
