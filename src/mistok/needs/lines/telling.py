"""Who hears of it when a line is withdrawn, or when the public may soon read of one."""

import datetime as dt

from django.db.models import Q
from django.utils import timezone

from mistok.accounts.actors import Actor
from mistok.accounts.models import Office
from mistok.needs.items import LANGUAGES
from mistok.needs.lifecycle import AppealState, CommitmentState
from mistok.needs.lines.words import words_of
from mistok.needs.models import Addressee, Need, Publication
from mistok.needs.notices import tell


def tell_withdrawn(need: Need, actor: Actor, at: dt.datetime) -> None:
    """Offices that proposed help for it, or have a letter with it, prepare nothing more."""
    asked = Addressee.objects.filter(appeal__state=AppealState.SENT, appeal__lines__need=need)
    proposed = need.commitments.filter(state=CommitmentState.PROPOSED)
    offices = Office.objects.verified().filter(
        Q(place__in=asked.values("place")) | Q(pk__in=proposed.values("giver_office"))
    )
    tell(
        kind="need_withdrawn",
        subject=need.public_id,
        params={"who": need.office.name, "what": _by_language(need)},
        offices=list(offices),
        but=actor,
        at=at,
    )


def warn_of_publications(now: dt.datetime | None = None) -> int:
    """Tell approvers a day before the public may read what they approved; once for each day."""
    now = now or timezone.now()
    tomorrow = timezone.localdate(now) + dt.timedelta(days=1)
    due = Publication.objects.filter(not_before=tomorrow, withdrawn_at__isnull=True)
    return sum(
        tell(
            kind="publication_due",
            subject=one.need.public_id,
            params={"what": _by_language(one.need), "day": tomorrow.isoformat()},
            offices=[one.need.office],
            once=True,
            at=now,
        )
        for one in due.select_related("need__office")
    )


def _by_language(need: Need) -> dict[str, str]:
    return {lang: words_of(need, lang) for lang in LANGUAGES}
