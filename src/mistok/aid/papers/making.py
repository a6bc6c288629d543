"""A paper is made from the record and a person's words, as PDF and DOCX, and kept as a version."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import can, check_can
from mistok.aid.acts.full_disk import told_when_full
from mistok.aid.lifecycle import Regime
from mistok.aid.models import AidAct, AidPaper, Consignment
from mistok.aid.papers.filling import known_slots
from mistok.aid.papers.given_words import with_words
from mistok.aid.papers.kinds import KINDS, PaperKind, kinds_for
from mistok.aid.papers.missing import check_complete
from mistok.aid.papers.sharing import KIND, SHARES, divided
from mistok.aid.papers.storing import Made, store
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from mistok.papers import LANGUAGES, compose, to_docx, to_pdf

MOST_LANGUAGES: Final = 3
VERB: Final = "make_aid_paper"
REPORT: Final = "aid_report"


def make_paper(
    *,
    actor: Actor,
    consignment: Consignment,
    kind: str,
    languages: Sequence[str],
    act: AidAct | None = None,
    words: Mapping[str, str] | None = None,
    at: dt.datetime | None = None,
) -> AidPaper:
    """Make a paper in one to three languages and keep it as the next version of its kind.

    `act`: the act that it is of, for kinds made from one; the last that stands unless told.
    `words`: what the record does not know, by names as `given_words` tells. The receiving office
    makes it by WRITE_CONSIGNMENT, papers of acts by RECEIVE_GOODS too, the giving office its own
    ones by GIVE_AID. Raises NotAllowed, NotFound (`paper_unknown`), Conflict (`paper_not_yet`),
    Invalid (`paper_incomplete`, `paper_words_unknown`, `languages_wrong`, `act_wrong`, and what
    `sharing.divided`, `mistok.papers.compose` and `to_pdf` raise), Unavailable (`disk_full`).
    """
    at = at or timezone.now()
    with audited(actor, VERB, consignment.public_id):
        office = _check_may(actor, consignment, kind)
        check_languages(languages)
        found = _check_can_be(consignment, kind)
        of = _act_for(found, act)
        slots = slots_for(consignment, kind, languages, act=of, words=words, at=at)
        check_complete(kind, languages, slots)
        paper = compose(kind, languages, slots, office=office.name)
        # Checked with the rest, so that a refusal is audited; nobody waits for the database here.
    made = Made(
        kind=kind,
        languages=languages,
        slots=slots,
        version=paper.version,
        readers=found.readers,
        pdf=to_pdf(paper),
        docx=to_docx(paper),
        act=of,
    )
    return keep(actor, consignment, made, office, at)


def keep(
    actor: Actor, consignment: Consignment, made: Made, office: Office, at: dt.datetime
) -> AidPaper:
    """Store what was made and audit it, in one transaction. Raises Unavailable (`disk_full`)."""
    with told_when_full(), audited(actor, VERB, consignment.public_id) as event:
        row = store(consignment, made, actor, at)
        event.done(
            after={
                "office": office.public_id,
                "paper": row.public_id,
                "kind": row.kind,
                "number": row.number,
                "languages": row.languages,
                "sha256": row.pdf_sha256,
            }
        )
    return row


def slots_for(
    consignment: Consignment,
    kind: str,
    languages: Sequence[str],
    *,
    act: AidAct | None,
    words: Mapping[str, str] | None,
    at: dt.datetime,
) -> dict[str, Any]:
    """Everything that stands on the paper: the record, and a person's words where it takes them.

    Who signed the act signs its paper, whoever is named beside it. Raises Invalid as `with_words`
    and `divided` do.
    """
    told = dict(words or {})
    if act is not None and act.signed_by:
        told = {key: text for key, text in told.items() if key.partition(".")[0] != "signatory"}
    shares = {key: told.pop(key) for key in list(told) if key.startswith(SHARES)}
    known = known_slots(consignment, kind, languages, act=act, today=timezone.localdate(at))
    slots = with_words(kind, languages, known, told)
    if kind == REPORT and "remarks" in known:
        slots["remarks"] = _both(known["remarks"], slots["remarks"])
    if kind == KIND:
        slots["lines"] = divided(consignment, slots["lines"], shares, languages)
    return slots


def _both(kept: Mapping[str, str], told: Mapping[str, str]) -> dict[str, str]:
    """What the report must say of itself stays, whatever else is remarked."""
    return {
        lang: told[lang] if text in told[lang] else f"{text}\n{told[lang]}"
        for lang, text in kept.items()
    }


def may_make(actor: Actor, consignment: Consignment, kind: str) -> bool:
    """Whether this person may make this kind of paper."""
    try:
        _check_may(actor, consignment, kind)
    except (NotAllowed, NotFound):
        return False
    return True


def acting_giver(actor: Actor, consignment: Consignment) -> Office | None:
    """The giving office, where this person gives in its name; military aid has none here."""
    giver = consignment.donor_office
    if giver is None or consignment.regime == Regime.MILITARY:
        return None
    return giver if can(actor, Permission.GIVE_AID, office=giver) else None


def check_languages(languages: Sequence[str], most: int = MOST_LANGUAGES) -> None:
    """Raise Invalid (`languages_wrong`) unless it is one to `most` of ours, each once."""
    known = set(languages) <= set(LANGUAGES)
    if not known or not 1 <= len(set(languages)) == len(languages) <= most:
        raise Invalid(
            _("Choose one to %(most)s different languages from the list for this paper.")
            % {"most": most},
            code="languages_wrong",
        )


def unknown_paper() -> NotFound:
    """Neither a kind of paper nor a paper that one may read."""
    return NotFound(
        _("There is no paper at this address that you may read. See the list of papers."),
        code="paper_unknown",
    )


def _check_may(actor: Actor, consignment: Consignment, kind: str) -> Office:
    """The office in whose name she makes it. Raises NotAllowed, NotFound (`paper_unknown`)."""
    rule = KINDS.get(kind)
    if rule is None:
        raise unknown_paper()
    office = consignment.office
    if rule.by_store and can(actor, Permission.RECEIVE_GOODS, office=office):
        return office
    if not can(actor, Permission.WRITE_CONSIGNMENT, office=office) and rule.by_giver:
        giver = acting_giver(actor, consignment)
        if giver is not None:
            return giver
    check_can(actor, Permission.WRITE_CONSIGNMENT, office=office)
    return office


def _check_can_be(consignment: Consignment, kind: str) -> PaperKind:
    found = next(one for one in kinds_for(consignment) if one.kind == kind)
    if found.why_not:
        raise Conflict(found.why_not, code="paper_not_yet", details={"kind": kind})
    return found


def _act_for(found: PaperKind, act: AidAct | None) -> AidAct | None:
    """The act that was meant, among those that stand. Raises Invalid (`act_wrong`)."""
    if act is None:
        return found.acts[0] if found.acts else None
    if all(one.pk != act.pk for one in found.acts):
        raise Invalid(
            _("This paper cannot be made from that act. Choose an act of its kind that stands."),
            code="act_wrong",
        )
    return act
