"""The generated pages of docs/reference, told by the code itself so that they cannot rot.

Nothing here depends on the machine, the clock or the data folder: the same code gives the same
text. Hand-written pages (starter.md, keys.md) lie beside them and are not touched.
"""

import argparse
import dataclasses
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.core.management import get_commands, load_command_class
from django.core.management.base import DjangoHelpFormatter
from django.utils import translation

from mistok.accounts.reference import permissions_page, personal_data_page
from mistok.aid.reference import aid_states_page
from mistok.kernel.errors import Unavailable
from mistok.law.reference import rules_page
from mistok.needs.reference import need_states_page
from mistok.papers.reference import papers_page
from mistok.partnering.procedure.reference import procedures_page
from mistok.provenance import values
from mistok.provenance.vocabulary import VOCABULARY
from mistok.registry.lifecycle import EVENT_ORDER
from mistok.registry.models import Kind
from mistok.registry.reference import tie_states_page

COMMANDS = (
    "run serve worker find match round waiting profile remind evaluate sweep world starter read"
    " ingest compare feeds rebuild merge withdraw user token keys ledger assets reference"
).split()
"""In the order in which people meet them; Django's own commands are documented by Django."""

MADE = "<!-- Made by `mistok reference`. Change the code, not this page. -->\n"
_VARIABLE = re.compile(r"# (?P<name>[A-Z][A-Z0-9_]+)=(?P<default>\S*)")
_MEANINGS = {
    "TieEvent": {
        "event": "what happened: a word of the list of events",
        "kind": "what the tie is: a word of the list of kinds",
        "date": "when it happened: a partial date",
        "as_of": "the day up to which the source speaks: a partial date",
        "planned": "true when the source tells of a plan and not of what happened",
        "body": "who acted: a place's key, or a name in words",
        "act": "our short name for the act; ties with the same name were touched by one act",
        "act_number": "the number that the act bears",
        "instrument": "kind of paper, for example agreement or memorandum",
        "votes": "counts of a vote, parted by slashes, in the order given below",
        "mode": "how it was signed: `online` or `in person`",
        "fields": "areas of cooperation that the source names",
        "note": "a remark by language (en, uk)",
        "body_kind": "what the acting body is: a word of the list below",
        "ground": "the legal ground on which a military administration acts",
        "sitting": "`ordinary` or `extraordinary`",
        "total": "how many members the deciding council has",
        "signatures": "signatures one by one: party (key), person, office, date, place, mode",
        "signatures_needed": "how many signatures the paper needs, when not those of all parties",
        "place": "where it was signed",
        "effective_on": "from when the paper is in force: a partial date",
        "end_date": "until when the paper runs: a partial date",
        "renewal": "`automatic` or `none`",
        "review_date": "when the tie is to be reviewed: a partial date",
        "supersedes": "the paper that this one replaces: `[tie_…/]kind[:date]`",
        "leads_to": "the paper that is to follow, in the same form",
        "mandate": "id of the search mandate that this tie answers",
        "ending": "how the tie ended: a word of the list below",
        "reason": "why, in words: asked for when a tie is suspended",
        "notice": "how the other side was told of the end",
        "notice_on": "when the other side was told: a partial date",
    },
    "SupportReport": {
        "giver": "who gives: a place's key; empty when it is no municipality",
        "giver_words": "who gives, by language, when it is no municipality",
        "receiver": "who receives: a place's key",
        "kind": "kind of help: a word of the list below",
        "status": "how far it has come: a word of the list below",
        "what": "what is given, by language, in full",
        "public_what": "what is shown in its place when the line is restricted, by language",
        "quantity": "a number; with < less than, > more than, ~ about",
        "unit": "pieces, tonnes, or the currency; required with a quantity",
        "date": "a partial date; pages show the month at most",
        "condition": "on what the help depends, by language",
        "restricted": "true when the full words may not be shown; then public_what is required",
        "series": "our short name for deliveries that belong together",
        "note": "a remark by language (en, uk)",
    },
}


def pages(root: Path) -> dict[str, str]:
    """The text of every generated page by its file name in docs/reference.

    `root`: the checkout. Raises Unavailable (code `settings_example_missing`).
    """
    with translation.override("en"):
        return {
            "settings.md": settings_page(root / ".env.example"),
            "commands.md": commands_page(COMMANDS),
            "procedures.md": procedures_page(),
            "rules.md": rules_page(),
            "tie-states.md": tie_states_page(MADE),
            "need-states.md": need_states_page(MADE),
            "aid-states.md": aid_states_page(MADE),
            "vocabulary.md": vocabulary_page(),
            "papers.md": papers_page(MADE),
            "permissions.md": permissions_page(MADE),
            "personal-data.md": personal_data_page(MADE),
        }


def settings_page(example: Path) -> str:
    """One row for each variable of .env.example, with the comment above it as its meaning."""
    if not example.is_file():
        raise Unavailable(
            f"{example.name} is not in the checkout. Restore it: it lists every setting.",
            code="settings_example_missing",
        )
    rows: list[tuple[str, ...]] = []
    comment: list[str] = []
    told = False
    for line in example.read_text(encoding="utf-8").splitlines():
        found = _VARIABLE.fullmatch(line.strip())
        if found:
            rows.append((f"`{found['name']}`", _code(found["default"]), " ".join(comment)))
        # A comment is for all variables under it, up to the next comment or blank line.
        comment = [] if not line or (told and not found) else comment
        comment += [] if found or not line else [line.lstrip("# ")]
        told = found is not None
    return (
        f"# Settings\n\n{MADE}\n"
        "Mistok reads its settings from environment variables, and from a file `.env` in the "
        "checkout where the environment has none. Every setting has a default: an empty file "
        "runs. A value that means nothing is refused with a sentence.\n\n"
        "The secrets, `DATABASE_URL`, `MISTOK_SECRET_KEY` and `MISTOK_MAIL_PASSWORD`, may also be "
        "given as `DATABASE_URL_FILE`, `MISTOK_SECRET_KEY_FILE` and `MISTOK_MAIL_PASSWORD_FILE`: "
        "the path of a file that holds the value.\n\n"
        + _table(("variable", "default", "meaning"), rows)
    )


def commands_page(names: Iterable[str]) -> str:
    """Usage, help and arguments of each command, from its own parser."""
    parts = [_command(name) for name in names]
    return (
        f"# Commands\n\n{MADE}\n"
        "Every command takes `--help`, prints data to stdout and progress to stderr, and ends "
        "with status 0 when it is done, 1 when it refuses (one sentence on stderr) and 2 on "
        "wrong usage. Django's own commands (`mistok migrate`, `mistok shell` and others) work "
        "too and are described in Django's documentation.\n\n" + "\n".join(parts)
    )


def _command(name: str) -> str:
    command = load_command_class(get_commands()[name], name)
    parser = command.create_parser("mistok", name)
    parts = [f"## mistok {name}\n\n{command.help}\n\n{_arguments(parser)}"]
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            told = {choice.dest: choice.help for choice in action._choices_actions}
            for sub, own in action.choices.items():
                parts.append(f"### mistok {name} {sub}\n\n{told[sub]}\n\n{_arguments(own)}")
    return "\n".join(parts)


def _arguments(parser: argparse.ArgumentParser) -> str:
    """The usage without the options that every command has, and a table of the arguments."""
    own = [action for action in parser._actions if not _is_common(action)]
    common = [action for action in parser._actions if _is_common(action)]
    for action in common:
        action.help = argparse.SUPPRESS
    usage = " ".join(parser.format_usage().removeprefix("usage: ").split())
    rows = [(f"`{_named(action)}`", _default(action), _meaning(action)) for action in own]
    table = "\n" + _table(("argument", "default", "meaning"), rows) if rows else ""
    return f"```text\n{usage}\n```\n{table}"


def _is_common(action: argparse.Action) -> bool:
    """Whether it is --help or one of the options that Django gives to every command."""
    common = DjangoHelpFormatter.show_last | {"--help"}
    return not common.isdisjoint(action.option_strings)


def _named(action: argparse.Action) -> str:
    if not action.option_strings:
        return str(action.metavar or action.dest)
    if action.nargs == 0:
        return action.option_strings[-1]
    return f"{action.option_strings[-1]} {action.metavar or action.dest.upper()}"


def _default(action: argparse.Action) -> str:
    plain = isinstance(action.default, str | int | float) and not isinstance(action.default, bool)
    return _code(str(action.default)) if plain else ""


def _meaning(action: argparse.Action) -> str:
    words = [str(action.help)] if action.help else []
    if action.choices:
        words.append("one of: " + ", ".join(map(str, action.choices)))
    if action.required and action.option_strings:
        words.append("required")
    if isinstance(action, argparse._AppendAction):
        words.append("may be given several times")
    return "; ".join(words)


def vocabulary_page() -> str:
    """What may be stated about what, and the shapes and words of structured values."""
    props = [
        (
            prop.about,
            f"`{prop.name}`",
            "many" if prop.many else "one",
            "public" if prop.public else "internal",
        )
        for prop in VOCABULARY.values()
    ]
    kinds = {kind.value: str(kind.label) for kind in Kind}
    events = sorted(values.EVENTS, key=lambda event: EVENT_ORDER[event])
    return (
        f"# Vocabulary\n\n{MADE}\n"
        "What a source may state, and in which words. Anything else is refused.\n\n"
        "## Properties\n\n"
        + _table(("about", "property", "values", "visibility"), props)
        + "\n`event` holds an event of a tie, `support` a report of help, both as JSON text; "
        "the other values are plain text.\n\n## An event of a tie\n\n"
        + _shape(values.TieEvent)
        + "\n## A report of help\n\n"
        + _shape(values.SupportReport)
        + "\n## Words\n\nKinds of tie:\n\n"
        + _table(("kind", "shown as"), [(f"`{k}`", kinds[k]) for k in sorted(values.TIE_KINDS)])
        + f"\nEvents, in the order of a life: {_codes(events)}.\n\n"
        f"Kinds of acting body: {_codes(sorted(values.BODY_KINDS))}. "
        f"Ways of ending: {_codes(sorted(values.ENDING_WAYS))}.\n\n"
        f"Kinds of help: {_codes(sorted(values.SUPPORT_KINDS))}.\n\n"
        f"Status of help: {_codes(sorted(values.SUPPORT_STATUSES))}.\n\n"
        f"Votes, in this order: {_codes(values.VOTE_NAMES)}; the first two or three are enough.\n"
    )


def _shape(shape: type[values.StatedValue]) -> str:
    meanings: Mapping[str, str] = _MEANINGS[shape.__name__]
    rows = []
    for field in dataclasses.fields(shape):
        missing = field.default is dataclasses.MISSING
        required = missing and field.default_factory is dataclasses.MISSING
        rows.append((f"`{field.name}`", "yes" if required else "", meanings[field.name]))
    return _table(("field", "required", "meaning"), rows)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    cells = [" | ".join(cell.replace("|", "\\|") for cell in line) for line in lines]
    return "".join(f"| {line} |\n" for line in cells)


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def _codes(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)
