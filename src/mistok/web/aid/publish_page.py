"""What the public reads of a consignment, or would read, and the approver who decides about it."""

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.accounts.permissions import Permission
from mistok.aid.models import AidPublication, Consignment
from mistok.aid.seeing import (
    earliest,
    fingerprint,
    may_be_public,
    public_trace,
    publish_aid,
    standing_publication,
    withdraw_aid,
    would_read,
)
from mistok.aid.seeing.publishing import LONGEST_REASON
from mistok.web.acting import Act, Acts, Done, Mistake, Told, mistake_context, perform, shown
from mistok.web.aid.fields import AidForm
from mistok.web.aid.head import head_of
from mistok.web.aid.public_page import TraceCard
from mistok.web.aid.seats import AidSeat
from mistok.web.needs.words import day_words
from mistok.web.procedure.fields import day, text


class PublishForm(AidForm):
    """From when on everybody may read it."""

    def __init__(self, first: dt.date, data: Any = None, files: Any = None, **more: Any) -> None:
        super().__init__(data, files, **more)
        told = _("Empty means %(day)s. No earlier day than the delay allows is taken.")
        self.fields["not_before"] = day(
            gettext_lazy("Not before"), told % {"day": day_words(first)}
        )


class TakeBackForm(AidForm):
    """Why nobody shall read it any more."""

    reason = text(gettext_lazy("Reason"), needed=True, most=LONGEST_REASON)


def publish_page(seat: AidSeat) -> HttpResponse:
    """The page for the office that keeps the consignment; approvers decide on it."""
    page = partial(_page, seat)
    if seat.request.method == "POST":
        return perform(seat.request, _acts(seat), page)
    return page()


def _acts(seat: AidSeat) -> Acts:
    """Publishing and taking back, for whoever has the right; services refuse what is not due."""
    if not seat.may(Permission.PUBLISH_AID):
        return {}
    consignment = seat.consignment
    allowed = may_be_public(consignment)
    plain: dict[str, Any] = {
        "right": Permission.PUBLISH_AID,
        "office": seat.office,
        "subject": consignment.public_id,
    }
    return {
        "publish": Act(
            title=_("Let everybody read it"),
            button=_("Approve it for the public"),
            make=partial(PublishForm, _first(consignment)),
            do=partial(_publish, seat),
            # What is approved is what was seen here, word by word.
            version=fingerprint(would_read(consignment)) if allowed else 0,
            follows=_("You approve the words above, as they are. A newer approval replaces them."),
            on=allowed,
            **plain,
        ),
        "take_back": Act(
            title=_("Take it back"),
            button=_("Take it back"),
            make=TakeBackForm,
            do=partial(_take_back, seat),
            follows=_("Nobody outside reads it from this moment on. Copies that others made stay."),
            on=standing_publication(consignment) is not None,
            **plain,
        ),
    }


def _publish(seat: AidSeat, told: Told) -> Done:
    made = publish_aid(
        actor=told.actor,
        consignment=seat.consignment,
        not_before=told.values["not_before"],
        expected=told.expected,
    )
    if made.not_before <= timezone.localdate():
        return Done(_("Everybody may read this now."))
    return Done(
        _("It is approved. Everybody may read it from %(day)s on.")
        % {"day": day_words(made.not_before)}
    )


def _take_back(seat: AidSeat, told: Told) -> Done:
    withdraw_aid(actor=told.actor, consignment=seat.consignment, reason=told.values["reason"])
    return Done(_("It is taken back. Nobody outside reads it any more."))


def _first(consignment: Consignment) -> dt.date:
    """The day that an empty field means."""
    return max(earliest(consignment), timezone.localdate())


def _page(
    seat: AidSeat,
    *,
    typed: Mapping[str, forms.Form] | None = None,
    mistake: Mistake | None = None,
) -> HttpResponse:
    typed, consignment = typed or {}, seat.consignment
    consignment.refresh_from_db()
    standing = standing_publication(consignment)
    fresh = would_read(consignment) if may_be_public(consignment) else None
    context = {
        **head_of(seat, "public"),
        "published": TraceCard(standing.projection) if standing else None,
        "from_day": day_words(standing.not_before) if standing else "",
        "open": public_trace(consignment) is not None,
        "due": bool(standing and standing.not_before <= timezone.localdate()),
        "preview": TraceCard(fresh) if fresh and not _same(standing, fresh) else None,
        "may_be_public": fresh is not None,
        "decides": seat.may(Permission.PUBLISH_AID),
        "before": [_past(one) for one in consignment.publications.order_by("-pk")],
        "acts": shown(seat.request, _acts(seat), typed, mistake=mistake),
        **mistake_context(mistake, typed),
    }
    status = mistake.status if mistake else 200
    return render(seat.request, "aid/public_room.html", context, status=status)


def _same(standing: AidPublication | None, fresh: dict[str, Any]) -> bool:
    return standing is not None and standing.projection == fresh


def _past(one: AidPublication) -> tuple[str, str]:
    """A decision as the office reads it later: its day, and what it was."""
    on = day_words(timezone.localdate(one.approved_at))
    if one.withdrawn:
        return on, _("Taken back: %(reason)s") % {"reason": one.reason}
    return on, _("Approved, to be read from %(day)s on.") % {"day": day_words(one.not_before)}
