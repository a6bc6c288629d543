"""The language catalogues: every text of the sources with its translation, and the compiled file.

`make messages` runs this. It needs no GNU gettext: Babel reads the sources, polib writes the files.
English is the source language and has no catalogue. Files carry names only, neither line numbers
nor dates, so that a run without new texts changes nothing.
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import polib
from babel.messages.extract import extract
from django.utils.translation.template import templatize

SOURCES = Path(__file__).resolve().parents[1] / "src" / "mistok"
LOCALE = SOURCES / "web" / "locale"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLURAL_FORMS = {
    # Django's own rule for Ukrainian, to the letter: Django merges catalogues of one rule only.
    "uk": "nplurals=4; plural=(n % 1 == 0 && n % 10 == 1 && n % 100 != 11 ? 0 : n % 1 == 0 && "
    "n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? 1 : n % 1 == 0 && "
    "(n % 10 ==0 || (n % 10 >=5 && n % 10 <=9) || (n % 100 >=11 && n % 100 <=14 )) ? 2: 3);"
}
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")


class Text(NamedTuple):
    """A text as gettext knows it; `plural` and `context` are empty where there is none."""

    context: str
    singular: str
    plural: str


def placeholders(text: str) -> set[str]:
    """The %(name)s of a text; a doubled percent sign is none."""
    return set(_PLACEHOLDER.findall(text.replace("%%", "")))


def texts() -> dict[Text, list[str]]:
    """Every translatable text of the sources, with the files that hold it, relative to SOURCES.

    Where one text is used with and without a plural, gettext keeps one entry: the plural one.
    """
    found: dict[Text, set[str]] = {}
    for path in sorted([*SOURCES.rglob("*.py"), *SOURCES.rglob("templates/**/*.*")]):
        for text in _texts_of(path):
            found.setdefault(text, set()).add(path.relative_to(SOURCES).as_posix())
    with_plural = {(text.context, text.singular): text for text in found if text.plural}
    merged: dict[Text, set[str]] = {}
    for text, files in found.items():
        kept = with_plural.get((text.context, text.singular), text)
        merged.setdefault(kept, set()).update(files)
    return {text: sorted(merged[text]) for text in sorted(merged, key=lambda t: (t[1], t[0]))}


def _texts_of(path: Path) -> Iterator[Text]:
    source = path.read_text("utf-8")
    if path.suffix != ".py":
        # What templatize leaves is one call a message amid blanked text: a tokeniser stumbles over
        # that text's indentation, so it goes.
        lines = templatize(source, origin=str(path)).splitlines()
        source = "\n".join(line.strip() for line in lines)
    for _line, message, _comments, context in extract(
        "python", BytesIO(source.encode()), KEYWORDS, options={"encoding": "utf-8"}
    ):
        singular, plural = message if isinstance(message, tuple) else (message, "")
        yield Text(context or "", singular, plural)


def po_path(lang: str) -> Path:
    """Where a language's catalogue lies."""
    return LOCALE / lang / "LC_MESSAGES" / "django.po"


def read(lang: str) -> polib.POFile:
    """The catalogue as it lies on disk; empty where there is none."""
    path = po_path(lang)
    return polib.pofile(str(path), wrapwidth=98) if path.exists() else polib.POFile(wrapwidth=98)


def key(entry: polib.POEntry) -> Text:
    """The text that an entry translates."""
    return Text(entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def renewed(lang: str, old: polib.POFile) -> polib.POFile:
    """The catalogue of today's texts: known translations kept, texts without use left out."""
    known = {key(entry): entry for entry in old if not entry.obsolete and not entry.fuzzy}
    catalogue = polib.POFile(wrapwidth=98)
    catalogue.metadata = {
        "Project-Id-Version": "Mistok",
        "Language": lang,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURAL_FORMS[lang],
    }
    for text, files in texts().items():
        catalogue.append(_entry(text, files, known.get(text), forms=_forms(lang)))
    return catalogue


def _entry(
    text: Text, files: list[str], known: polib.POEntry | None, *, forms: int
) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=text.singular,
        msgctxt=text.context or None,
        occurrences=[(name, "") for name in files],
    )
    if text.plural:
        entry.msgid_plural = text.plural
        stored = known.msgstr_plural if known else {}
        entry.msgstr_plural = {form: stored.get(form, "") for form in range(forms)}
    else:
        entry.msgstr = known.msgstr if known else ""
    if placeholders(text.singular + text.plural):
        entry.flags.append("python-format")
    return entry


def _forms(lang: str) -> int:
    return int(PLURAL_FORMS[lang].removeprefix("nplurals=").partition(";")[0])


def untranslated(catalogue: polib.POFile) -> list[str]:
    """Texts that lack a translation or one of its plural forms."""
    return [
        entry.msgid
        for entry in catalogue
        if not all(entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr])
    ]


def update(lang: str) -> str:
    """Bring one language up to date on disk; tells what is missing and what was dropped."""
    old = read(lang)
    new = renewed(lang, old)
    path = po_path(lang)
    path.parent.mkdir(parents=True, exist_ok=True)
    new.save(str(path))
    path.with_suffix(".mo").write_bytes(new.to_binary())
    kept = {key(entry) for entry in new}
    dropped = [entry for entry in old if key(entry) not in kept]
    missing = untranslated(new)
    lines = [f"{lang}: {len(new)} texts, {len(missing)} without translation"]
    lines += [f"  translate: {text!r}" for text in missing]
    lines += [f"  dropped: {entry.msgid!r} = {entry.msgstr!r}" for entry in dropped]
    return "\n".join(lines)


if __name__ == "__main__":
    for language in PLURAL_FORMS:
        sys.stdout.write(update(language) + "\n")
