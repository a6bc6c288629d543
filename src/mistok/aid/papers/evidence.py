"""The evidence pack for the giving council: one PDF that tells what became of what it gave.

In it stand the giver's own lines as far as they may leave the office, days of acceptance, counts by
category, reviewed photos, fingerprints of papers, and the signed end of the ledger. No settlement,
route, plate, driver, note, store or member of a commission is in it, in its name or its metadata.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.aid import ledger
from mistok.aid.acts import file_content, living_acts, may_be_shown
from mistok.aid.acts.images import plain_picture
from mistok.aid.ledger.heads import words_of
from mistok.aid.lifecycle import ActKind
from mistok.aid.models import AidFile, AidLine, AidPaper, Consignment, SignedHead
from mistok.aid.models.files import Readers
from mistok.aid.papers import evidence_rows as tables
from mistok.aid.papers.evidence_rows import told
from mistok.aid.papers.making import VERB, check_languages, keep
from mistok.aid.papers.phrases import Languages, everywhere
from mistok.aid.papers.shown import hides_any, shown_lines
from mistok.aid.papers.sides import giver, party
from mistok.aid.papers.storing import Made
from mistok.aid.papers.typesetting import typeset
from mistok.kernel.errors import Conflict
from mistok.papers.wording import day_in_words

EVIDENCE: Final = "evidence_pack"
VERSION: Final = 1
"""Of the layout; a pack keeps the one it was made with."""
MOST_PHOTOS: Final = 12
PHOTO_SIDE: Final = 1200
"""In pixels: sharp on half a page, and a pack that a mail can carry."""


def evidence_pack(
    *,
    actor: Actor,
    consignment: Consignment,
    languages: Sequence[str],
    at: dt.datetime | None = None,
) -> AidPaper:
    """Make the pack as the record stands now, in one language or two side by side; for both sides.

    The end of the ledger is signed with it, so that it covers everything the pack tells. Needs
    WRITE_CONSIGNMENT of the receiving office. Raises NotAllowed, Conflict (`paper_not_yet` before
    anything was accepted, or where all goods are restricted), Invalid (`languages_wrong`,
    `sign_unprintable`), Unavailable (`disk_full`, `signing_key_unusable`, `aid_file_altered`).
    """
    at = at or timezone.now()
    office = consignment.office
    with audited(actor, VERB, consignment.public_id):
        check_can(actor, Permission.WRITE_CONSIGNMENT, office=office)
        check_languages(languages, most=2)
        lines = _lines_to_tell(consignment)
    # Outside: signing and setting take their time, and nobody waits for the database meanwhile.
    photos = _photos(consignment, lines)
    data = _data(consignment, lines, photos, languages, at)
    # Last, so that what is signed covers all that is told.
    ledger.sign_heads(at, office=office)
    data["head"] = _head(consignment)
    pictures = {
        f"photo-{place}.jpg": plain_picture(file_content(photo), longest=PHOTO_SIDE)
        for place, photo in enumerate(photos[-MOST_PHOTOS:], 1)
    }
    made = Made(
        kind=EVIDENCE,
        languages=languages,
        slots=data,
        version=VERSION,
        readers=Readers.BOTH,
        pdf=typeset("evidence.typ", data, pictures),
    )
    return keep(actor, consignment, made, office, at)


def why_no_pack(consignment: Consignment) -> str:
    """What the pack waits for; empty where it can be made."""
    if not living_acts(consignment, ActKind.ACCEPTANCE).exists():
        return _("Nothing was accepted yet. Record the acceptance first.")
    if not shown_lines(consignment):
        return _("Of these goods nothing leaves the office, so there is nothing to tell.")
    return ""


def _lines_to_tell(consignment: Consignment) -> list[AidLine]:
    why_not = why_no_pack(consignment)
    if why_not:
        raise Conflict(why_not, code="paper_not_yet", details={"kind": EVIDENCE})
    return shown_lines(consignment)


def _photos(consignment: Consignment, lines: Sequence[AidLine]) -> list[AidFile]:
    """Photos that a reviewer let pass; none of goods that are not told of."""
    shown = {line.pk for line in lines}
    rows = consignment.files.filter(kind=AidFile.Kind.PHOTO).order_by("pk")
    return [row for row in rows if row.line_id in {None, *shown} and may_be_shown(row)]


def _data(
    consignment: Consignment,
    lines: Sequence[AidLine],
    photos: Sequence[AidFile],
    languages: Languages,
    at: dt.datetime,
) -> dict[str, Any]:
    """Everything that stands in the pack, by language; it is kept with it."""
    figures = tables.figures_of(lines)
    return {
        "languages": list(languages),
        "titles": told("title", languages),
        "words": {name: told(name, languages) for name in _PLAIN},
        "facts": _facts(consignment, languages, at),
        "name": list(everywhere(consignment.title, languages).values()),
        "restricted": consignment.restricted,
        "hidden": hides_any(consignment),
        "came": tables.came_table(lines, figures, languages),
        "when": _accepted(consignment, languages),
        "became": tables.became_table(lines, figures, languages),
        "whom": tables.whom_table(consignment, lines, languages),
        "photos": _photo_rows(photos, languages),
        "more": _more_photos(photos, languages),
        "papers": tables.papers_table(consignment, languages),
        "steps": [[step[lang] for lang in languages] for step in tables.texts()["steps"]],
        "address": f"{settings.MISTOK_ADDRESS}/verify/",
    }


_PLAIN: Final = (
    "lead came when became whom photos papers ledger check hidden_goods hidden_counts "
    "nothing_issued no_papers photos_reviewed restricted signed_words signature key consignment"
).split()


def _facts(consignment: Consignment, languages: Languages, at: dt.datetime) -> list[Any]:
    """Both sides, the consignment's number and the day, each with its title."""
    parties = (
        ("given_by", giver(consignment, languages)),
        ("received_by", party(consignment.office.place, languages)),
    )
    found = [
        [told(name, languages), [texts.get(lang, tables.NOTHING) for lang in languages]]
        for name, texts in parties
    ]
    number, day = consignment.public_id, timezone.localdate(at)
    found.append([told("consignment", languages), [number] * len(languages)])
    found.append([told("made_on", languages), [day_in_words(day, lang) for lang in languages]])
    return found


def _accepted(consignment: Consignment, languages: Languages) -> list[list[str]]:
    """Each acceptance that stands with its number and day."""
    acts = living_acts(consignment, ActKind.ACCEPTANCE)
    return [
        [
            tables.texts()["act"][lang].format(
                number=f"{act.number}/{act.year}", day=day_in_words(act.day, lang)
            )
            for lang in languages
        ]
        for act in acts
    ]


def _photo_rows(photos: Sequence[AidFile], languages: Languages) -> list[Mapping[str, Any]]:
    """The name of each picture in the layout, its caption, and the fingerprint of the file."""
    return [
        {
            "file": f"photo-{place}.jpg",
            "caption": told("photo", languages, number=place),
            "sha256": photo.sha256,
        }
        for place, photo in enumerate(photos[-MOST_PHOTOS:], 1)
    ]


def _more_photos(photos: Sequence[AidFile], languages: Languages) -> list[str]:
    if len(photos) <= MOST_PHOTOS:
        return []
    return told("photos_more", languages, shown=MOST_PHOTOS, count=len(photos))


def _head(consignment: Consignment) -> dict[str, str]:
    """The last signed end of the office's chain, with the words that were signed.

    Empty for an office whose ledger has no entry: an acceptance may find that nothing came.
    """
    head = SignedHead.objects.filter(office=consignment.office).order_by("length").last()
    if head is None:
        return {}
    return {"words": words_of(head).rstrip("\n"), "signature": head.signature, "key": head.key}
