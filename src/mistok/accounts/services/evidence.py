"""What a coordinator found out about an office, and when that is enough to believe it.

The second channel: a number or an official address that the coordinator found himself. What only
the claimant gave proves nothing but that the claimant can be reached.
"""

import datetime as dt
import re
import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.models import Office, OfficeCheck
from mistok.accounts.services.texts import mail, phone, words
from mistok.kernel.errors import Invalid, NotAllowed
from mistok.kernel.ids import public_id

SECOND_CHANNELS = (OfficeCheck.Kind.CALL_BACK, OfficeCheck.Kind.OFFICIAL_MAIL)
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One look at an office, before it is written down.

    `channel`: the number called, the address written to, the place met, or the paper seen.
    `found_at`: where the number or address stands, apart from the claim. `seen`: what was said.
    `sha256`: of a file that is kept elsewhere, hexadecimal.
    """

    kind: str
    channel: str
    seen: str
    found_at: str = ""
    evidence: str = ""
    sha256: str = ""
    outcome: str = OfficeCheck.Outcome.CONFIRMED

    def checked(self) -> "Evidence":
        """The same in one form. Raises Invalid for an unknown word, a bad number, a long text."""
        if self.kind not in OfficeCheck.Kind.values or self.outcome not in (
            OfficeCheck.Outcome.values
        ):
            raise Invalid(
                _("This is no kind of check that is kept here. Choose one of the list."),
                code="check_unknown",
            )
        if self.sha256 and not _HASH.fullmatch(self.sha256):
            raise Invalid(
                _("A SHA-256 has 64 signs, 0 to 9 and a to f. Copy it whole, or leave it out."),
                code="hash_malformed",
            )
        cleaners = {OfficeCheck.Kind.CALL_BACK: phone, OfficeCheck.Kind.OFFICIAL_MAIL: mail}
        clean = cleaners.get(OfficeCheck.Kind(self.kind), str)
        return Evidence(
            kind=self.kind,
            channel=words(clean(self.channel), what=_("The channel"), most=254),
            seen=words(self.seen, what=_("What was seen or said"), most=2000),
            found_at=words(self.found_at, what=_("Where"), most=400, needed=False),
            evidence=words(self.evidence, what=_("The evidence"), most=4000, needed=False),
            sha256=self.sha256,
            outcome=self.outcome,
        )


def keep(actor: Actor, office: Office, evidence: Evidence, at: dt.datetime) -> OfficeCheck:
    """Write a checked look down; it is never changed."""
    return OfficeCheck.objects.create(
        public_id=public_id("check", secrets.token_hex(16)),
        office=office,
        kind=evidence.kind,
        channel=evidence.channel,
        found_at=evidence.found_at,
        seen=evidence.seen,
        evidence=evidence.evidence,
        sha256=evidence.sha256,
        outcome=evidence.outcome,
        checked_by=str(actor),
        at=at,
    )


def check_convinces(evidence: Evidence, office: Office) -> None:
    """Raise Invalid unless the office itself confirmed, through a channel not of the claim alone.

    Codes: `second_channel_needed`, `not_confirmed`, `found_at_missing`, `channel_not_independent`.
    """
    if evidence.kind not in SECOND_CHANNELS:
        raise Invalid(
            _(
                "A paper or a meeting alone does not verify an office. Call back on a number of "
                "the municipality, or write to its official address."
            ),
            code="second_channel_needed",
        )
    if evidence.outcome != OfficeCheck.Outcome.CONFIRMED:
        raise Invalid(
            _(
                "The municipality has not confirmed it, so it cannot be verified. Keep this check, "
                "and try another channel or refuse."
            ),
            code="not_confirmed",
        )
    if evidence.channel not in (office.callback_phone, office.official_email):
        _check_independent(evidence, office)


def _check_independent(evidence: Evidence, office: Office) -> None:
    if not evidence.found_at:
        raise Invalid(
            _(
                "Write where you found this number or address: an official register, the page of "
                "the oblast or the ministry. What the claim itself says is not enough."
            ),
            code="found_at_missing",
        )
    place = evidence.found_at.lower()
    if any(host in place for host in _hosts_of_the_claim(office)):
        raise Invalid(
            _(
                "You found this where the claim itself leads. Whoever made the claim may have made "
                "that page too: find the number in an official register or on the page of the "
                "oblast or the ministry."
            ),
            code="channel_not_independent",
        )


def _hosts_of_the_claim(office: Office) -> set[str]:
    site = (urlsplit(office.told_site).hostname or "").removeprefix("www.")
    return {site, office.told_email.rpartition("@")[2]} - {""}


def check_no_member(actor: Actor, office: Office) -> None:
    """Raise NotAllowed (code `own_office`) for whoever is or ever was of this office."""
    person = actor.person
    if person is not None and (
        office.claimed_by_id == person.pk or office.memberships.filter(person=person).exists()
    ):
        raise NotAllowed(
            _(
                "You belong to this office yourself, so you cannot decide on it. Ask another "
                "coordinator."
            ),
            code="own_office",
        )
