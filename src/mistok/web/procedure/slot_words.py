"""What is wrong with a paper's field, in the reader's language: the library itself says English."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from mistok.kernel.errors import Invalid
from mistok.papers import Slot
from mistok.papers.filling import LONGEST
from mistok.web.words import lang, language_name


def label_of_texts(texts: Mapping[str, str]) -> str:
    """A label in the reader's language, else in English."""
    return texts.get(lang()) or texts["en"]


def slot_sentence(refusal: Invalid, slot: Slot) -> str:
    """One sentence that names the field and says what to write."""
    details = refusal.details
    named = {"label": label_of_texts(details.get("label", slot.label))}
    if refusal.code == "slot_missing":
        if "language" not in details:
            return _("“%(label)s” is empty. Fill it in: the paper needs it.") % named
        named["language"] = language_name(details["language"])
        return _("“%(label)s” is empty in this language: %(language)s. Fill it in.") % named
    field = details.get("field")
    kind = slot.field(field).type if field else slot.type
    return _wrong(kind, slot, row="row" in details) % named


def _wrong(kind: str, slot: Slot, *, row: bool) -> str:
    if kind == "date":
        return _("“%(label)s” is no day. Write it as 2027-06-30.")
    if kind == "number":
        return _("“%(label)s” is no number. Write it in digits.")
    if kind == "money":
        return _("“%(label)s” is no amount. Write it in digits, with two decimals at most.")
    if kind in ("rows", "list") and not row:
        least = {"least": slot.least, "label": "%(label)s"}
        return _("“%(label)s” needs at least %(least)s lines. Add a row.") % least
    most = {"most": LONGEST.get(kind, LONGEST["words"]), "label": "%(label)s"}
    return _("“%(label)s” cannot be printed so: %(most)s letters are the most.") % most
