"""Shortlists: every write, who may, and what both kinds of keeping agree on.

Stewards keep a municipality's shortlist here; whoever has not signed in keeps one in the session,
which is the business of the pages. A shortlist is a note: nothing follows from it.
"""

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence

import numpy as np
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.permissions import Permission
from mistok.kernel.errors import Conflict, Invalid, NotAllowed
from mistok.kernel.ids import content_hash, public_id
from mistok.matching import Profile
from mistok.matching.model import LASTING
from mistok.partnering.models.shortlists import LONGEST_NOTE, ShortlistEntry
from mistok.partnering.policies import Actor, may_for
from mistok.partnering.search import Candidate, Way, candidates_of, matcher_for, the_seeker
from mistok.provenance.services import record

MOST = 30
"""Candidates on one shortlist: more is a list, and no short one."""


def can_keep_shortlists(actor: Actor, key: str = "") -> bool:
    """Whether this actor's shortlist of the municipality is stored; without key: of every one."""
    return may_for(actor, Permission.KEEP_SHORTLIST, key)


def check_can_keep_shortlists(actor: Actor, key: str) -> None:
    """Raise NotAllowed (code `shortlist_not_kept`) for all but its office and its coordinators."""
    if not can_keep_shortlists(actor, key):
        raise NotAllowed(
            _(
                "Stored shortlists are kept by the municipality's office and its coordinators. "
                "Sign in as one, or use the shortlist of this browser, which needs no account."
            ),
            code="shortlist_not_kept",
        )


def checked_note(text: str) -> str:
    """A note on one line without signs that cannot be read; raises Invalid when it is too long."""
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    if len(plain) > LONGEST_NOTE:
        raise Invalid(
            _("The note has %(length)s letters; %(most)s are the most. Shorten it.")
            % {"length": len(plain), "most": LONGEST_NOTE},
            code="text_too_long",
        )
    return plain


def check_room(count: int) -> None:
    """Raise Conflict when a shortlist of so many has no room for one more."""
    if count >= MOST:
        raise Conflict(
            _("The shortlist has %(most)s candidates, which is the most. Take one off first.")
            % {"most": MOST},
            code="shortlist_full",
        )


def shortlist_of(key: str) -> list[ShortlistEntry]:
    """The stored shortlist of the municipality with this standing key."""
    return list(ShortlistEntry.objects.of(key))


@transaction.atomic
def add_to_shortlist(
    *,
    actor: Actor,
    key: str,
    candidate: Candidate,
    algorithm: str,
    note: str = "",
    at: dt.datetime | None = None,
) -> ShortlistEntry:
    """Note a candidate with its fit of today; one that stands there already stays as it is.

    Raises NotAllowed without the right, Invalid for a note over 200 letters, Conflict when the
    list is full.
    """
    check_can_keep_shortlists(actor, key)
    other = candidate.place.key
    standing = ShortlistEntry.objects.of(key)
    found = standing.filter(candidate=other).first()
    if found is not None:
        return found
    check_room(standing.count())
    entry, created = ShortlistEntry.objects.get_or_create(
        municipality=key,
        candidate=other,
        removed_at=None,
        defaults={
            "public_id": public_id("shortlist", secrets.token_hex(16)),
            "note": checked_note(note),
            "added_at": at or timezone.now(),
            "algorithm": algorithm,
            "input_hash": input_hash(key, candidate, algorithm),
            "score": candidate.fit.score,
        },
    )
    if created:
        told = {"municipality": key, "candidate": other, "score": entry.score}
        record(actor=str(actor), verb="add_to_shortlist", subject=entry.public_id, after=told)
    return entry


@transaction.atomic
def note_on_shortlist(*, actor: Actor, key: str, candidate: str, note: str) -> ShortlistEntry:
    """Write another note beside a candidate.

    Raises NotAllowed without the right, Invalid for a note over 200 letters, Conflict when the
    candidate is no longer on the list.
    """
    check_can_keep_shortlists(actor, key)
    entry, after = _entry(key, candidate), checked_note(note)
    before = entry.note
    if not ShortlistEntry.objects.standing().filter(pk=entry.pk).update(note=after):
        raise _gone()
    entry.refresh_from_db()
    record(
        actor=str(actor),
        verb="note_on_shortlist",
        subject=entry.public_id,
        before={"note": before},
        after={"note": after},
    )
    return entry


@transaction.atomic
def remove_from_shortlist(
    *, actor: Actor, key: str, candidate: str, at: dt.datetime | None = None
) -> ShortlistEntry:
    """Take a candidate off; the row stays with the day. Raises NotAllowed, Conflict."""
    check_can_keep_shortlists(actor, key)
    entry = _entry(key, candidate)
    removed_at = max(at or timezone.now(), entry.added_at)
    if not ShortlistEntry.objects.standing().filter(pk=entry.pk).update(removed_at=removed_at):
        raise _gone()
    entry.refresh_from_db()
    record(actor=str(actor), verb="remove_from_shortlist", subject=entry.public_id)
    return entry


def fits_of(
    *,
    key: str,
    others: Sequence[str],
    profile: Profile | None = None,
    factors: Mapping[str, float] | None = None,
    weighting: str = LASTING,
) -> list[Candidate]:
    """Several candidates as the seeker sees them today, in the order given, tied or not.

    The same as `fit_between` for each, at little more than the cost of one. Raises what it does.
    """
    seeker, places = the_seeker(key), [the_seeker(other) for other in others]
    if seeker in places:
        raise Invalid(_("A municipality is no partner of itself."), code="seeker_is_candidate")
    way = Way(weighting=weighting, factors=tuple(sorted((factors or {}).items())))
    fits = matcher_for(seeker, way, profile).between(seeker, np.array(places, np.int64))
    return candidates_of(seeker, fits)


def input_hash(key: str, candidate: Candidate, algorithm: str) -> str:
    """Of all that the score follows from, so that two fits can be told to be one."""
    reasons = (f"{one.criterion} {one.value!r} {one.weight!r}" for one in candidate.fit.reasons)
    return content_hash(algorithm, key, candidate.place.key, *reasons)


def _entry(key: str, candidate: str) -> ShortlistEntry:
    found = ShortlistEntry.objects.of(key).filter(candidate=candidate).first()
    if found is None:
        raise _gone()
    return found


def _gone() -> Conflict:
    return Conflict(
        _("This candidate is no longer on the shortlist. Open the list again."),
        code="shortlist_changed",
    )
