"""Hand-over cards: what is open, from whom to whom; each prints on one sheet."""

import datetime as dt
import re
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from mistok.accounts.models import HandOver
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import can
from mistok.accounts.selectors import hand_over_cards
from mistok.accounts.services import hand_over, open_cards, take_over
from mistok.kernel.errors import NotFound
from mistok.web.offices.acting import Act, Acts, Doing, Done, can_but_for_factor, needs
from mistok.web.offices.contacts import contact_lines
from mistok.web.offices.forms import HandOverForm, TakeOverForm, member, unknown_row
from mistok.web.offices.matters import run_url
from mistok.web.offices.words import day_words, moment_words
from mistok.web.registry.present import tie_url

_DAY = re.compile(r"\s+(\d{4}-\d{2}-\d{2})$", re.ASCII)


def cards_context(doing: Doing) -> dict[str, Any]:
    """All cards of the office, and the form for a new one. Raises NotAllowed."""
    cards = open_cards(actor=doing.actor, office=doing.office)
    return {
        "cards": [_row(one) for one in cards],
        "may_hand_over": can_but_for_factor(doing, Permission.HAND_OVER),
    }


def may_open_cards(doing: Doing) -> bool:
    """People of the office, and coordinators in whose scope it lies."""
    reads = can(doing.actor, Permission.READ_WORKING_PAPERS, office=doing.office)
    return reads or can_but_for_factor(doing, Permission.HAND_OVER)


def card_by_id(doing: Doing, public_id: str) -> HandOver:
    """One card of this office. Raises NotAllowed, NotFound (code `card_unknown`)."""
    return _known(hand_over_cards(doing.actor, doing.office).filter(public_id=public_id))


def _known(found: "QuerySet[HandOver]") -> HandOver:
    card = found.first()
    if card is None:
        raise NotFound(
            _("There is no such card in this office. Look at the list of its cards."),
            code="card_unknown",
        )
    return card


def card_context(doing: Doing) -> dict[str, Any]:
    """The whole card with what is open, deadlines first, and whom to call."""
    match = doing.request.resolver_match
    known = match.kwargs["card_id"] if match else ""
    card = _known(open_cards(actor=doing.actor, office=doing.office, card_id=known))
    items = [_item(item) for item in card.items]
    named = doing.office.responsible_units.filter(until=None).exclude(person_name="")
    return {
        "card": _row(card) | {"note": card.note},
        "items": sorted(items, key=lambda item: item["due"] or "9999"),
        "contacts": [(name, value) for name, value, _told in contact_lines(doing.office) if value],
        "responsible": [
            (one.get_role_display(), one.unit, one.person_name, one.work_contact) for one in named
        ],
        "may_name": card.to_person is None and can_but_for_factor(doing, Permission.HAND_OVER),
    }


def _row(card: HandOver) -> dict[str, Any]:
    return {
        "url": reverse("offices:card", args=[card.office.public_id, card.public_id]),
        "from": card.from_person.name,
        "to": card.to_person.name if card.to_person else "",
        "written": moment_words(card.at),
        "taken": moment_words(card.taken_at),
        "count": len(card.items),
    }


def _item(item: dict[str, Any]) -> dict[str, str]:
    subject = str(item.get("subject", ""))
    url = ""
    if subject.startswith("procedure_"):
        url = run_url(subject)
    elif subject.startswith("tie_"):
        url = tie_url(subject)
    due = _as_day(str(item.get("due", "")))
    return {
        "title": str(item["title"]),
        "url": url,
        "due": due.isoformat() if due else "",
        "due_words": day_words(due),
        "contact": str(item.get("contact", "")),
    }


def _as_day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def written_matters(text: str) -> list[dict[str, str]]:
    """One matter a line; a day at the end of a line is its deadline."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        day = _DAY.search(line)
        known = _as_day(day[1]) if day else None
        if day and known:
            found.append({"title": line[: day.start()], "kind": "own", "due": known.isoformat()})
        else:
            found.append({"title": line, "kind": "own"})
    return found


def _do_hand_over(doing: Doing) -> Done:
    told = doing.told
    leaver = member(told["from_person"])
    if leaver is None:
        raise unknown_row()
    card = hand_over(
        actor=doing.actor,
        office=doing.office,
        from_person=leaver,
        to_person=member(told["to_person"]),
        items=[*told["chosen"], *written_matters(told["more"])],
        note=told["note"].replace("\r\n", "\n"),
    )
    url = reverse("offices:card", args=[doing.office.public_id, card.public_id])
    return Done(_("The card is written. Print it, or hand on its address."), goes_to=url)


def _do_take_over(doing: Doing) -> Done:
    card = card_by_id(doing, doing.told["which"])
    successor = member(doing.told["to_person"])
    if successor is None:
        raise unknown_row()
    take_over(actor=doing.actor, card=card, to_person=successor)
    return Done(_("%(name)s takes over.") % {"name": successor.name})


ACTS: Acts = {
    "hand_over": Act(do=_do_hand_over, right=needs(Permission.HAND_OVER), form=HandOverForm)
}
CARD_ACTS: Acts = {
    "take_over": Act(do=_do_take_over, right=needs(Permission.HAND_OVER), form=TakeOverForm)
}
