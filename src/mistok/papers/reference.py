"""The reference page of the papers, told by the template files themselves."""

from collections.abc import Iterable, Sequence

from mistok.papers.format import LANGUAGES, Field, Slot, Template
from mistok.papers.templates import kinds, template

_BINDING = {
    "no": "It binds nobody in law.",
    "usually_not": "It usually does not bind in law.",
    "political": "It binds politically, rarely in law.",
    "internal": "It is a working paper, of one side or joint.",
}
_INTRO = (
    "Each paper is made in one to three of the languages Ukrainian, English, German, Polish and "
    "French, side by side, as PDF and as DOCX. An empty slot that is not required leaves its "
    "sentence out; an empty required slot is refused. *By language* means that the slot takes a "
    "text for each language of the paper. Days are given as 2026-11-22, money as an amount with "
    "the code of its currency; they are written as each language writes them.\n\n"
    "The wording is Mistok's own and no legal advice: have the legal unit of each side read a "
    "paper before it is signed. What the law asks for comes in as grounds, with act, number and "
    "date.\n\n"
    "The PDF holds its fonts: Libertinus Serif, and DejaVu Sans Mono for signs that it lacks. "
    "Letters that neither has (Chinese or Japanese, for example) cannot be printed: write such "
    "names in the letters of the paper's languages.\n\n"
)


def papers_page(made: str) -> str:
    """The text of docs/reference/papers.md; `made` is the line that says that it is generated."""
    found = [template(kind) for kind in kinds()]
    names = [
        (f"[{one.title['en']}](#{one.kind.replace('_', '-')})", one.title["uk"], str(one.version))
        for one in found
    ]
    return (
        f"# Papers\n\n{made}\n{_INTRO}"
        + _table(("paper", "in Ukrainian", "version"), names)
        + "".join(map(_section, found))
    )


def _section(one: Template) -> str:
    titles = "; ".join(f"{language}: {one.title[language]}" for language in LANGUAGES)
    rows = [row for slot in one.slots for row in _rows(slot)]
    return (
        f'\n<a id="{one.kind.replace("_", "-")}"></a>\n\n## {one.title["en"]}\n\n'
        f"`{one.kind}`, version {one.version} of {one.since}. {one.about['en']} "
        f"{_BINDING[one.binding]}\n\nTitles: {titles}.\n\nSource: {one.source['en']}\n\n"
        + _table(("slot", "type", "required", "by language", "meaning"), rows)
    )


def _rows(slot: Slot) -> Iterable[tuple[str, ...]]:
    """The slot's line, then a line for each of its fields."""
    yield _row(slot.name, slot, f"{slot.label['en']}. {slot.help['en']}")
    for field in slot.fields:
        yield _row(f"{slot.name}.{field.name}", field, f"{field.label['en']}.")


def _row(name: str, thing: Slot | Field, meaning: str) -> tuple[str, ...]:
    return (
        f"`{name}`",
        thing.type,
        "yes" if thing.required else "",
        "yes" if thing.per_language else "",
        meaning,
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    cells = [" | ".join(cell.replace("|", "\\|") for cell in line) for line in lines]
    return "".join(f"| {line} |\n" for line in cells)
