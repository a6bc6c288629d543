"""What was read in a document, in a few lines for a person at the shell."""

from collections.abc import Iterator, Mapping
from typing import Any

_SHOWN = 100
NOTES = {
    "language_not_read": "The language of this text is not read; English, Ukrainian, German and "
    "Polish are.",
    "no_words": "There are no words here to read.",
}
"""Why nothing was proposed, by the reader's note."""


def lines_of(told: Mapping[str, Any]) -> Iterator[str]:
    """The document's id and language, then each tie, aid and project with its words."""
    yield f"{told['id']}\t{told['lang'] or '?'}"
    for note in told["notes"]:
        yield f"  {NOTES.get(note, note)}"
    for tie in told["ties"]:
        parties = f"{_party(tie['a'])} – {_party(tie['b'])}"
        words = (parties, tie["kind"], tie["event"], tie["date"] or "", f"{tie['confidence']:.2f}")
        yield "  tie\t" + "\t".join(words)
        yield f"    “{_short(tie['evidence'])}”"
    for aid in told["aid"]:
        items = "; ".join(_item(item) for item in aid["items"])
        yield f"  aid\t{aid['from']} → {aid['to']}\t{items}\t{aid['status']}\t{aid['date'] or ''}"
        yield f"    “{_short(aid['evidence'])}”"
    for project in told["projects"]:
        yield f"  project\t{project['by']} for {project['for']}\t{project['object']}"
        yield f"    “{_short(project['evidence'])}”"


def _party(party: Mapping[str, str]) -> str:
    return f"{party['name']} ({party['country']})"


def _item(item: Mapping[str, Any]) -> str:
    amount = "" if item["quantity"] is None else f"{item['bound']}{item['quantity']:g} "
    return f"{amount}{item['unit'] or ''} {item['what']}".strip()


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else f"{flat[:_SHOWN]}…"
