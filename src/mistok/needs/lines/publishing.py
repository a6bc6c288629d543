"""What the public may read of a line: a projection of its own, approved by a person (D7-02)."""

import datetime as dt
import secrets
from collections.abc import Sequence
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited, without_addresses
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.accounts.services.texts import words
from mistok.kernel.errors import Conflict, Invalid
from mistok.kernel.ids import public_id
from mistok.law.selectors import deadline
from mistok.needs.items import item as item_of
from mistok.needs.lifecycle import NeedState
from mistok.needs.lines.entries import never_public
from mistok.needs.lines.guarding import LetPass, Passage, check_guard, passages_in
from mistok.needs.lines.refusing import check_state
from mistok.needs.lines.standing import take_back_standing
from mistok.needs.lines.writing import hold
from mistok.needs.lines.zones import exposed
from mistok.needs.models import Need, Publication
from mistok.needs.models.lines import EndUser
from mistok.needs.scanning import DateGrain, Subject, coarse_date, coarse_place, level_of
from mistok.registry.gazetteer import the_world

RULES: Final = "2026-11"
"""Of which making a projection is; a publication keeps it."""
DELAY: Final = "R23"
LONGEST_REASON: Final = 400
CRITICAL_FIELDS: Final = frozenset({"energy", "utilities", "wash", "telecoms"})
CRITICAL_USERS: Final = frozenset({EndUser.UTILITIES.value})
"""Needs that point to energy, water, communication: by oblast only (table 7.2)."""


def publish_need(
    *,
    actor: Actor,
    need: Need,
    expected: int | None = None,
    not_before: dt.date | None = None,
    overruled: Sequence[LetPass] = (),
    at: dt.datetime | None = None,
    today: dt.date | None = None,
) -> Publication:
    """Approve what the public may read of an open line from a day on; an older one is taken back.

    `not_before` is today at least; where nobody names it, the delay of R23. Raises NotAllowed
    (approvers only, with a second factor), Conflict (`need_changed`, `never_public`,
    `need_not_open` and the like), Invalid (`dangerous_text`, `day_is_over`).
    """
    at, today = at or timezone.now(), today or timezone.localdate()
    with audited(actor, "publish_need", need.public_id) as act:
        check_can(actor, Permission.PUBLISH_NEED, office=need.office)
        hold(need, expected)
        check_state(need, NeedState.OPEN)
        _check_public(need)
        first = not_before or earliest(today)
        _check_first(first, today)
        kept = check_guard(shown_passages(need), overruled)
        take_back_standing(need, actor, at)
        made = Publication.objects.create(
            public_id=public_id("publication", secrets.token_hex(16)),
            need=need,
            need_version=need.version,
            projection=project(need, today, first),
            overruled=kept,
            rules=RULES,
            approved_by=str(actor),
            approved_at=at,
            not_before=first,
        )
        act.done(after=_in_short(made) | ({"overruled": kept} if kept else {}))
    return made


def withdraw_publication(
    *,
    actor: Actor,
    publication: Publication,
    reason: str,
    at: dt.datetime | None = None,
) -> Publication:
    """Take back what the public reads, at once. Partners see the line as before.

    Raises NotAllowed, Invalid (`text_missing`), Conflict (`publication_withdrawn`).
    """
    need = publication.need
    with audited(actor, "withdraw_publication", need.public_id) as act:
        check_can(actor, Permission.PUBLISH_NEED, office=need.office)
        why = words(reason, what=_("The reason"), most=LONGEST_REASON)
        standing = Publication.objects.filter(pk=publication.pk, withdrawn_at__isnull=True)
        if not standing.update(withdrawn_at=at or timezone.now(), withdrawn_by=str(actor)):
            raise Conflict(
                _("This was taken back already. Nothing more is needed."),
                code="publication_withdrawn",
            )
        publication.refresh_from_db()
        act.done(after=_in_short(publication) | {"reason": without_addresses(why)})
    return publication


def earliest(today: dt.date) -> dt.date:
    """The day that is proposed to the approver: today and the delay of R23."""
    return deadline(DELAY, today, country="UA").due_on


def project(need: Need, *days: dt.date) -> dict[str, Any]:
    """What the public would read: nothing else of the line is in it (D7-02, D7-04).

    The place by hromada, or by oblast where the thing points to a critical object or the hromada
    lies in a zone on one of the days; the month of the day, in a zone the quarter; words only if
    the guard finds nothing in them, but for the name of a thing that is in no catalogue.
    """
    in_zone = exposed(need.place, *days)
    subject = Subject.CRITICAL if is_critical(need) else Subject.CONSIGNMENT
    level = level_of(subject, exposed=in_zone)
    grain = DateGrain.QUARTER if in_zone else DateGrain.MONTH
    return {
        "rules": RULES,
        "place": coarse_place(the_world(), need.place, level),
        "level": int(level),
        "country": need.country,
        "kind": need.kind,
        "item": need.item,
        "text": need.text if _names_the_thing(need) else _clean(need, "text"),
        "cluster": need.cluster,
        "unit": need.unit,
        "asked": str(need.number(need.asked - need.withdrawn)),
        "specification": _clean(need, "specification"),
        "shelf_life_months": need.shelf_life_months,
        "wear_percent": need.wear_percent,
        "priority": need.priority,
        "needed_by": coarse_date(need.needed_by, grain) if need.needed_by else "",
        "season": need.season,
        "end_user": need.end_user,
    }


def shown_passages(need: Need) -> list[Passage]:
    """What the guard finds in words that are published whatever it finds: the approver reads it."""
    return passages_in("text", need.text, need.office) if _names_the_thing(need) else []


def is_critical(need: Need) -> bool:
    """Whether the line points to energy, water, communication or a utility."""
    return need.cluster in CRITICAL_FIELDS or need.end_user in CRITICAL_USERS


def may_be_public(need: Need) -> bool:
    """Whether the line may be public at all: neither restricted, dual-use nor military."""
    known = item_of(need.item) if need.item else None
    return not (need.restricted or never_public(known, need.end_user))


def _names_the_thing(need: Need) -> bool:
    return not need.item


def _clean(need: Need, field: str) -> dict[str, str]:
    texts: dict[str, str] = getattr(need, field)
    found = {passage.lang for passage in passages_in(field, texts, need.office)}
    return {} if found else dict(texts)


def _check_public(need: Need) -> None:
    if not may_be_public(need):
        raise Conflict(
            _(
                "Dual-use goods, needs of the military, and what the office has marked so are "
                "never public. Partners see this need all the same."
            ),
            code="never_public",
        )


def _check_first(first: dt.date, today: dt.date) -> None:
    if first < today:
        raise Invalid(
            _("The day %(day)s is over. Name today or a later day for the publication.")
            % {"day": first.isoformat()},
            code="day_is_over",
        )


def _in_short(publication: Publication) -> dict[str, Any]:
    return {
        "publication": publication.public_id,
        "office": publication.need.office.public_id,
        "need_version": publication.need_version,
        "level": publication.projection["level"],
        "rules": publication.rules,
        "not_before": publication.not_before.isoformat(),
    }
