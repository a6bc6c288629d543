"""Which sentences of a page may tell of aid, and which of their facts stay.

A heading tells what the text then tells better; "humanitarian aid" alone says nothing beside a list
of goods from the same giver.
"""

import re

from mistok.reading.aid.cues import is_cue, says_total
from mistok.reading.aid.facts import Draft, Drafter, fact_of
from mistok.reading.aid.words import Lines
from mistok.reading.model import LANGUAGES, AidFact, Page, Party

_TITLES = ("title", "heading")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_SKIPPED = frozenset({"furniture", "dateline"})


def aid_in(page: Page) -> tuple[AidFact, ...]:
    """Give the reports of aid that a page states, in the order of the text.

    Each has one giver and one receiver (parties, or a giver's own words), goods in English with
    what is told of their number, a status (`delivered`, `promised` or `total`), the date of this
    delivery (empty when none is told beside it) and its sentence. Damage, needs and people taken
    in are no aid. Never raises; a text in another language, or without places, gives none.
    """
    lang = page.text.lang
    if lang not in LANGUAGES or not page.mentions:
        return ()
    drafter = Drafter(page, Lines(page))
    text = page.text.text
    for number, sentence in enumerate(page.text.sentences):
        if sentence.role in _SKIPPED:
            continue
        if _has_cue(text[sentence.start : sentence.end], lang):
            drafter.read(number)
    return tuple(fact_of(draft) for draft in _kept(drafter.drafts))


def _has_cue(told: str, lang: str) -> bool:
    low = told.lower()
    return any(is_cue(lang, word) for word in _WORD.findall(low)) or says_total(lang, low)


def _kept(drafts: list[Draft]) -> list[Draft]:
    body = [draft for draft in drafts if draft.line.sentence.role not in _TITLES]
    told = {_pair(draft) for draft in body}
    drafts = [d for d in drafts if d.line.sentence.role not in _TITLES or _pair(d) not in told]
    named = {_pair(d) for d in drafts if not _says_nothing(d)}
    drafts = [d for d in drafts if not _says_nothing(d) or _pair(d) not in named]
    kept: list[Draft] = []
    counted = {(_side(d.giver), p.what) for d in drafts for p in d.pieces if p.quantity is not None}
    seen: set[tuple[object, ...]] = set()
    for draft in drafts:
        pieces = []
        for piece in draft.pieces:
            if piece.quantity is None and (_side(draft.giver), piece.what) in counted:
                continue
            mark = (*_pair(draft), piece.what, piece.quantity, piece.unit, draft.status)
            if piece.quantity is not None and mark in seen:
                continue
            seen.add(mark)
            pieces.append(piece)
        if pieces:
            draft.pieces = pieces
            kept.append(draft)
    return kept


def _says_nothing(draft: Draft) -> bool:
    return all("g" in piece.mark and piece.quantity is None for piece in draft.pieces)


def _pair(draft: Draft) -> tuple[str, str]:
    return _side(draft.giver), _side(draft.receiver)


def _side(party: Party | str) -> str:
    return party if isinstance(party, str) else party.key or f"{party.country}:{party.name}"
