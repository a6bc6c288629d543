"""What the pages say of a letter that somebody holds: a sentence, whom to call back, no needs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.needs.appeals import (
    FileStanding,
    PublishedKey,
    Standing,
    Verdict,
    find_by_file,
    published_keys,
    verify_file,
)
from mistok.web.answers.words import place_name
from mistok.web.procedure.words import day_words
from mistok.web.verify.files import content_of
from mistok.web.words import StateBadge

BADGES: Mapping[Standing, tuple[Any, str, str]] = {
    Standing.GENUINE: (gettext_lazy("genuine"), "moss", "✓"),
    Standing.REPLACED: (gettext_lazy("replaced by a newer letter"), "amber", "↻"),
    Standing.EXPIRED: (gettext_lazy("genuine, but its day has passed"), "amber", "◔"),
    Standing.RECALLED: (gettext_lazy("recalled by its sender"), "clay", "✕"),
    Standing.ALTERED: (gettext_lazy("altered"), "clay", "✕"),
    Standing.UNKNOWN: (gettext_lazy("unknown"), "clay", "?"),
}
FILE_BADGES: Mapping[FileStanding, tuple[Any, str, str]] = {
    FileStanding.GENUINE: (gettext_lazy("the file is unchanged"), "moss", "✓"),
    FileStanding.ALTERED: (gettext_lazy("the file was altered"), "clay", "✕"),
    FileStanding.WORKING_COPY: (gettext_lazy("an unsigned working copy"), "amber", "◐"),
    FileStanding.OTHER_LETTER: (gettext_lazy("another letter"), "amber", "◐"),
    FileStanding.UNKNOWN: (gettext_lazy("unknown"), "clay", "?"),
}

COMMANDS = (
    "sed '/^signature: /,$d' letter.sig > words.txt",
    "sed -n 's/^signature: [^ ]* //p' letter.sig | openssl base64 -d -A > signature.bin",
    "openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in words.txt -sigfile signature.bin",
)
"""How to check a signature without us; the same stand in `needs.appeals.signing`."""


def sentence_of(verdict: Verdict) -> str:
    """What became of the letter, in one plain sentence."""
    day = {
        "until": day_words(verdict.valid_until),
        "recalled": day_words(verdict.recalled_at.date()) if verdict.recalled_at else "",
        "replaced": day_words(verdict.replaced_at.date()) if verdict.replaced_at else "",
    }
    return {
        Standing.GENUINE: _(
            "This letter was made and signed here by the municipality that sends it; it is good "
            "until %(until)s."
        )
        % day,
        Standing.REPLACED: _(
            "This letter was genuine, but on %(replaced)s a newer version took its place: use the "
            "newer one."
        )
        % day,
        Standing.EXPIRED: _(
            "This letter is genuine, but it was good until %(until)s only: ask the sender what is "
            "still needed before you send anything."
        )
        % day,
        Standing.RECALLED: _(
            "The sender recalled this letter on %(recalled)s: do not act on it any more."
        )
        % day,
        Standing.ALTERED: _(
            "Our own record of this letter no longer bears its signature: trust nothing of it, and "
            "call the sender back."
        ),
        Standing.UNKNOWN: _("This code cannot be right: a sign is missing or wrong. Type it again.")
        if verdict.mistyped
        else _("No letter with this code was ever sent from here: do not act on it."),
    }[verdict.state]


def file_sentence(standing: FileStanding) -> str:
    """What comparing the file said."""
    return {
        FileStanding.GENUINE: _("Your file is the letter that was sent, byte for byte."),
        FileStanding.ALTERED: _(
            "Your file is not the letter that was sent with this code: it was altered. Do not act "
            "on it, and call the sender back."
        ),
        FileStanding.WORKING_COPY: _(
            "Your file is the working copy of this letter, which nobody signed. Ask for the PDF."
        ),
        FileStanding.OTHER_LETTER: _(
            "Your file is a genuine letter, but another one than the code names."
        ),
        FileStanding.UNKNOWN: _("There is no letter with this code to compare your file with."),
    }[standing]


def asked_context(typed: str = "", refusal: str = "", unknown_file: str = "") -> dict[str, Any]:
    """The page with the form and the published keys."""
    return {
        "typed": typed,
        "refusal": refusal,
        "unknown_file": unknown_file,
        "action": reverse("verify:verify"),
        "keys": [_key(one) for one in published_keys()],
        "commands": COMMANDS,
        "digest": "openssl dgst -sha256 letter.pdf",
    }


def _key(key: PublishedKey) -> dict[str, str]:
    return {
        "id": key.id,
        "pem": key.pem.strip(),
        "since": day_words(key.since.date()),
        "until": day_words(key.until.date()) if key.until else "",
        "url": reverse("verify:key", args=[key.id]),
    }


def verdict_context(
    verdict: Verdict, file: FileStanding | None = None, refusal: str = ""
) -> dict[str, Any]:
    """The page of one letter. Nothing of what is asked for is on it."""
    known = verdict.letter is not None
    office = verdict.letter.addressee.appeal.office if verdict.letter else None
    believed = office is not None and verdict.office_verified
    head, beside = _told(verdict, file)
    return {
        "verdict": verdict,
        "head": head,
        "beside": beside,
        "known": known,
        "facts": _facts(verdict) if known else [],
        "phone": verdict.callback_phone,
        "mail": office.official_email if office is not None and believed else "",
        "site": verdict.official_site,
        "refusal": refusal,
        "typed": "" if known else verdict.code,
        "action": reverse("verify:letter", args=[verdict.code])
        if known
        else reverse("verify:verify"),
    }


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a letter or of a file: word, sign and tone, and a sentence."""

    badge: StateBadge
    sentence: str


def _told(verdict: Verdict, file: FileStanding | None) -> tuple[Told, Told | None]:
    """What the page says first, and beside it: a file that is not the letter comes first, since
    its code alone proves nothing.
    """
    label, tone, icon = BADGES[verdict.state]
    of_code = Told(StateBadge(verdict.state, str(label), tone, icon), sentence_of(verdict))
    if file is None:
        return of_code, None
    label, tone, icon = FILE_BADGES[file]
    of_file = Told(StateBadge(file, str(label), tone, icon), file_sentence(file))
    if file is FileStanding.GENUINE:
        return of_code, of_file
    about = _("Of the letter with this code itself: %(label)s") % {"label": of_code.badge.label}
    return of_file, Told(replace(of_code.badge, label=about), of_code.sentence)


def _facts(verdict: Verdict) -> list[tuple[str, str]]:
    """Who sent it, which it is, to whom: nothing of what it asks for."""
    number = _("%(number)s, version %(version)s") if verdict.version > 1 else "%(number)s"
    told = [
        (_("Sent by"), place_name(verdict.sender_place, verdict.sender)),
        (_("Number"), number % {"number": verdict.number, "version": verdict.version}),
        (_("Date"), day_words(verdict.date)),
        (_("To"), place_name(verdict.addressee_place, verdict.addressee)),
        (_("Good until"), day_words(verdict.valid_until)),
        (_("Code"), verdict.code),
        (_("Signed with the key"), verdict.key),
    ]
    if verdict.closed:
        told.append((_("State"), _("closed: it takes no answers any more")))
    return [(label, value) for label, value in told if value]


def compared_with(code: str, file: "UploadedFile[Any]") -> FileStanding:
    """What a file is beside a code. Raises Invalid."""
    return verify_file(code, content_of(file))


def code_of_file(file: "UploadedFile[Any]") -> str:
    """The code of the letter whose PDF this is; empty for none. Raises Invalid."""
    letter = find_by_file(content_of(file))
    return letter.code if letter is not None else ""
