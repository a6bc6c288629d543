"""Lines from a spreadsheet: thousands at once, and a bad one never drops a good one."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils import timezone

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.kernel.errors import Refusal
from mistok.needs.importing import MOST_ROWS, DraftLine
from mistok.needs.items import item as item_of
from mistok.needs.items.folding import fold
from mistok.needs.lines.entries import LONGEST_NOTE, NeedEntry, checked
from mistok.needs.lines.sentences import told
from mistok.needs.lines.writing import check_count, drafted
from mistok.needs.models import Need
from mistok.needs.models.lines import EndUser, NeedKind, Priority, Season

ROWS_A_STATEMENT: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDefaults:
    """What a spreadsheet does not tell: in which language it is, for whom, how urgent.

    `cluster`: for lines that are not in the catalogue; without it they are problems.
    """

    language: str = "uk"
    cluster: str = ""
    kind: str = NeedKind.GOODS.value
    priority: str = Priority.IMPORTANT.value
    needed_by: dt.date | None = None
    season: str = ""
    end_user: str = EndUser.ADMINISTRATION.value


@dataclass(frozen=True, slots=True)
class LineProblem:
    """Why a line was not taken: the row of the file, a code, a sentence in the reader's words."""

    row: int
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the lines; every one of them is in exactly one of the two."""

    needs: tuple[Need, ...]
    problems: tuple[LineProblem, ...]


def take_lines(
    *,
    actor: Actor,
    office: Office,
    drafts: Sequence[DraftLine],
    defaults: LineDefaults | None = None,
    at: dt.datetime | None = None,
    today: dt.date | None = None,
) -> Taken:
    """Make drafts of the lines of a spreadsheet, all good ones in one transaction.

    Raises NotAllowed, Invalid (`too_many_lines`).
    """
    at, today = at or timezone.now(), today or timezone.localdate()
    defaults = defaults or LineDefaults()
    with audited(actor, "take_lines", office.public_id) as act:
        check_can(actor, Permission.WRITE_NEED, office=office)
        check_count(len(drafts), MOST_ROWS)
        needs: list[Need] = []
        problems: list[LineProblem] = []
        for draft in drafts:
            try:
                fields = checked(entry_of_draft(draft, defaults), today)
            except Refusal as refusal:
                problems.append(LineProblem(draft.row, refusal.code, told(refusal)))
            else:
                needs.append(drafted(office, fields, actor, at))
        Need.objects.bulk_create(needs, batch_size=ROWS_A_STATEMENT)
        counts = {"needs": len(needs), "problems": len(problems)}
        act.done(after={"office": office.public_id, "at": at.isoformat(), **counts})
    return Taken(tuple(needs), tuple(problems))


def entry_of_draft(draft: DraftLine, defaults: LineDefaults) -> NeedEntry:
    """A line of a file as a form would give it; nothing that the file says is lost.

    The file's own words stay beside an item of the catalogue unless they only name it. A note
    that is short is about delivery; a long one goes on after the specification.
    """
    known = item_of(draft.item) if draft.item else None
    own = known is None or not _only_names(draft.text, draft.item)
    short = len(draft.note) <= LONGEST_NOTE
    said = [part for part in (draft.specification, "" if short else draft.note) if part]
    lang = defaults.language
    return NeedEntry(
        item=draft.item,
        text={lang: draft.text} if own else {},
        kind=known.kind if known else defaults.kind,
        cluster=known.cluster if known else defaults.cluster,
        unit=draft.unit,
        number=draft.amount,
        specification={lang: "; ".join(said)} if said else {},
        priority=draft.priority or defaults.priority,
        needed_by=draft.needed_by or defaults.needed_by,
        season=defaults.season or (known.season if known else Season.NONE.value),
        end_user=defaults.end_user,
        delivery_note=draft.note if short else "",
        value=draft.value,
        currency=draft.currency if draft.value is not None else "",
    )


def _only_names(text: str, code: str) -> bool:
    """Whether the words are the catalogue's own for the item, in whatever language and form."""
    known = item_of(code)
    names = {
        fold(word)
        for words in (known.names, known.aliases)
        for forms in words.values()
        for word in forms
    }
    return fold(text) in names
