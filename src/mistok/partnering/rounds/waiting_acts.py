"""The waiting list on the command line: putting on, moving, taking off, and telling."""

import datetime as dt
import json
from argparse import ArgumentTypeError
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.kernel.errors import NotFound
from mistok.partnering.models import Seeking
from mistok.partnering.policies import Actor
from mistok.partnering.rounds import services
from mistok.partnering.rounds.lifecycle import Side
from mistok.partnering.rounds.waiting import waiting_rows

Act = Callable[[Actor, Mapping[str, Any]], Iterator[str]]


def add_arguments(parser: CommandParser) -> None:
    """One act; all but `list` and `add` are about an entry, by its id."""
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    listed = acts.add_parser("list", help="Who waits, longest first, with names.")
    listed.add_argument("--json", action="store_true", help="print one JSON document")
    put = acts.add_parser("add", help="Put a municipality on the list.")
    put.add_argument("key", help="the municipality's key, see `mistok find`")
    put.add_argument("--offers", action="store_true", help="it offers itself, it does not seek")
    put.add_argument("--since", type=day, metavar="DATE", help="waiting since; default today")
    put.add_argument("--capacity", type=int, default=1, help="how many partners, 1 to 1,000")
    put.add_argument(
        "--class",
        action="append",
        default=[],
        dest="classes",
        metavar="WORD",
        help="rural, front_line, never_partnered or a word of yours; repeatable",
    )
    put.add_argument("--named", action="store_true", help="it may be named in public")
    for act, told in (
        ("contact", "It is in touch with a possible partner."),
        ("again", "The contact led nowhere; it waits on with the age that it has."),
        ("partnered", "It has its partner."),
        ("leave", "It seeks no more."),
    ):
        moved = acts.add_parser(act, help=told)
        moved.add_argument("id", help="of its place on the list, seeking_…")
        if act != "again":
            moved.add_argument("--on", type=day, metavar="DATE", help="default today")


def day(text: str) -> dt.date:
    """A day as YYYY-MM-DD; anything else is wrong usage."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text[:20]}” is no day; write it as 2026-11-22") from None


def act(actor: Actor, options: Mapping[str, Any]) -> Iterator[str]:
    """Carry out what was asked; lines to print. Raises what the service raises."""
    yield from ACTS[options["act"]](actor, options)


def _list(_actor: Actor, options: Mapping[str, Any]) -> Iterator[str]:
    rows = waiting_rows(on=timezone.localdate(), lang="en", reveal=True)
    if options["json"]:
        yield json.dumps([asdict(row) for row in rows], ensure_ascii=False)
        return
    for row in rows:
        words = " ".join(row.classes)
        yield f"{row.age:>5} days  {row.public_id}  {row.side}  {row.shown}  {row.key}  {words}"


def _add(actor: Actor, options: Mapping[str, Any]) -> Iterator[str]:
    entry = services.join_waiting_list(
        actor=actor,
        key=options["key"],
        side=Side.OFFERER if options["offers"] else Side.SEEKER,
        since=options["since"] or timezone.localdate(),
        capacity=options["capacity"],
        classes=options["classes"],
        named=options["named"],
    )
    yield entry.public_id


def _move(actor: Actor, options: Mapping[str, Any]) -> Iterator[str]:
    entry = Seeking.objects.filter(public_id=options["id"]).first()
    if entry is None:
        raise NotFound(
            _("No place on the waiting list has the id %(id)s. See `mistok waiting list`.")
            % {"id": options["id"][:60]},
            code="seeking_unknown",
        )
    if options["act"] == "again":
        entry = services.wait_again(actor=actor, entry=entry)
    else:
        service = {
            "contact": services.record_first_contact,
            "partnered": services.record_partner_found,
            "leave": services.leave_waiting_list,
        }[options["act"]]
        entry = service(actor=actor, entry=entry, on=options["on"] or timezone.localdate())
    yield f"{entry.public_id}  {entry.state}"


ACTS: dict[str, Act] = {
    "list": _list,
    "add": _add,
    **dict.fromkeys(("contact", "again", "partnered", "leave"), _move),
}
