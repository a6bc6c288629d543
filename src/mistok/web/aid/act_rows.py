"""The acts of a consignment as its page lists them: number, day, what they moved, their papers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from mistok.accounts.permissions import Permission
from mistok.aid.lifecycle import ENDED, ActKind
from mistok.aid.models import AidAct, AidFile, AidPaper
from mistok.aid.papers import title_of
from mistok.web.aid.fields import duty_word
from mistok.web.aid.ledger_rows import EntryRow, entries_of
from mistok.web.aid.seats import AidSeat
from mistok.web.aid.words import act_word
from mistok.web.needs.words import day_words
from mistok.web.words import StateBadge

Links = list[tuple[str, str]]
STAY = frozenset({ActKind.REVERSAL, ActKind.DISCREPANCY})
"""Acts that nobody reverses: a reversal stays, a discrepancy goes back with its acceptance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActRow:
    """One act."""

    title: str
    day: str
    day_iso: str
    ground: str
    remarks: str
    people: list[str]
    follows: str
    badge: StateBadge | None
    entries: list[EntryRow]
    papers: Links
    reverse_url: str


def act_rows(seat: AidSeat) -> list[ActRow]:
    """All acts, the oldest first."""
    acts = list(seat.consignment.acts.select_related("follows").order_by("pk"))
    reversed_acts = {one.follows_id for one in acts if one.kind == ActKind.REVERSAL}
    links = _links(seat)
    return [_row(seat, one, links, turned=one.pk in reversed_acts) for one in acts]


def _row(seat: AidSeat, act: AidAct, links: Mapping[int | None, Links], *, turned: bool) -> ActRow:
    entries = entries_of(act)
    ended = seat.consignment.state in ENDED
    may_turn = not ended and act.kind not in STAY and seat.may(Permission.REVERSE_ENTRY)
    reversal = reverse("aid:act", args=[seat.consignment.public_id, ActKind.REVERSAL.value])
    return ActRow(
        title=act_title(act),
        day=day_words(act.day),
        day_iso=act.day.isoformat(),
        ground=act.ground,
        remarks=act.remarks,
        people=[
            f"{one.get('name', '')}, {duty_word(one.get('duty', ''))}" for one in act.commission
        ],
        follows=_("follows %(act)s") % {"act": act_title(act.follows)} if act.follows else "",
        badge=StateBadge("reversed", _("reversed"), "clay", "↩") if turned else None,
        entries=entries,
        papers=links.get(act.pk, []),
        reverse_url=f"{reversal}?act={act.public_id}" if may_turn and not turned else "",
    )


def act_title(act: AidAct) -> str:
    """An act by its kind and number."""
    words = {"act": act_word(act.kind), "number": f"{act.number}/{act.year}"}
    return _("%(act)s No. %(number)s") % words


def _links(seat: AidSeat) -> Mapping[int | None, Links]:
    """Papers and files by the act that they belong to."""
    found: dict[int | None, Links] = defaultdict(list)
    papers = seat.consignment.papers.exclude(act=None).order_by("kind", "number")
    for paper in papers:
        if url := _address("aid:paper_pdf", seat, paper):
            found[paper.act_id].append((f"{title_of(paper.kind)} {paper.number}", url))
    files: Iterable[AidFile] = seat.consignment.files.exclude(act=None).order_by("pk")
    for file in files:
        url = _address("aid:file", seat, file)
        found[file.act_id].append((file.name or str(file.get_kind_display()), url))
    return found


def _address(view: str, seat: AidSeat, thing: AidPaper | AidFile) -> str:
    try:
        return reverse(view, args=[seat.consignment.public_id, thing.public_id])
    except NoReverseMatch:
        return ""
