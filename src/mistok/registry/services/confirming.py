"""Parties on what the registry says of their tie: right, wrong, or otherwise; and shown or not."""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.kernel.errors import Conflict, Invalid, NotFound
from mistok.provenance.services import record, show_statements
from mistok.provenance.values import TieEvent
from mistok.registry.facts import Fact
from mistok.registry.life import Life, life_between
from mistok.registry.models import Confirmation, ShowConsent
from mistok.registry.services.changing import next_version
from mistok.registry.services.living import Telling, check_party, in_short, needed_for, tell
from mistok.registry.services.projecting import project_ties

Verdict = Confirmation.Verdict
LONGEST = 400


def confirm(
    *,
    actor: Actor,
    office: Office,
    parties: Sequence[str],
    fact: str,
    verdict: str,
    words: str = "",
    correction: TieEvent | None = None,
    expected: int | None = None,
    today: dt.date | None = None,
) -> Confirmation:
    """A party's verified office confirms, corrects or disputes one fact of its tie.

    `fact`: the fact's id; `words`: why, asked for every verdict but confirmed; `correction`: how
    it was, told as the office's own statement beside the fact, which stays. The office's earlier
    word on the fact is kept and replaced. Raises NotAllowed, NotFound (`fact_unknown`), Invalid
    (`words_missing`, `words_too_long`, `correction_missing`), Conflict (`life_changed`,
    `said_already`) and what the guards refuse of a correction.
    """
    life = life_between(parties)
    with audited(actor, "confirm_fact", life.tie):
        check_can(actor, Permission.CONFIRM_FACTS, office=office)
        check_party(office, life)
        meant = _fact(life, fact)
        words = _checked(verdict, words, correction)
        own = ""
        if correction is not None:
            check_can(actor, needed_for(correction, life), office=office)
            day = today or timezone.localdate()
            telling = Telling(actor=actor, office=office, today=day)
            told = tell(telling, life, correction, expected=expected, instead_of=fact)
            own, expected = told.statement, told.version
        return _keep(actor, office, life.tie, meant, (verdict, words, own), expected)


def _fact(life: Life, fact: str) -> Fact:
    found = next((one for one in life.known.facts if one.id == fact), None)
    if found is None:
        raise NotFound(
            _(
                "This is not told of the tie any more. Open the tie again and look at what is "
                "told now."
            ),
            code="fact_unknown",
            details={"fact": fact[:40]},
        )
    return found


def _checked(verdict: str, words: str, correction: TieEvent | None) -> str:
    words = words.strip()
    if verdict not in Verdict.values:
        raise Invalid(
            _("Choose whether the fact is confirmed, corrected or disputed."),
            code="verdict_unknown",
        )
    if verdict != Verdict.CONFIRMED and not words:
        raise Invalid(
            _("Say in a sentence what is wrong: the partner and the readers see it."),
            code="words_missing",
        )
    if len(words) > LONGEST:
        raise Invalid(
            _("That are %(length)s letters; %(most)s are the most. Shorten it.")
            % {"length": len(words), "most": LONGEST},
            code="words_too_long",
        )
    if (verdict == Verdict.CORRECTED) != (correction is not None):
        raise Invalid(
            _("A correction tells how it was: fill in the event; otherwise choose another word."),
            code="correction_missing",
        )
    return words


def _keep(
    actor: Actor,
    office: Office,
    tie: str,
    fact: Fact,
    said: tuple[str, str, str],
    expected: int | None,
) -> Confirmation:
    version = next_version(tie, expected)
    now = timezone.now()
    verdict, words, own = said
    mine = Confirmation.objects.current().filter(tie=tie, fact=fact.id, office=office.public_id)
    if mine.filter(verdict=verdict, words=words, correction=own).exists():
        raise Conflict(
            _("Your office has said so already; it stands beside the fact."), code="said_already"
        )
    mine.update(superseded_at=now)
    row = Confirmation.objects.create(
        tie=tie,
        fact=fact.id,
        statements=list(fact.statements),
        party=office.place,
        office=office.public_id,
        verdict=verdict,
        words=words,
        correction=own,
        at=now,
        actor=str(actor),
    )
    what = f"{verdict}: {in_short(fact.event)}"
    after = {"version": version, "what": what, "office": office.public_id, "fact": fact.id}
    record(actor=str(actor), verb="confirm_fact", subject=tie, after=after)
    return row


def agree_to_show(*, actor: Actor, office: Office, parties: Sequence[str]) -> bool:
    """A party agrees that what is internal about a tie may be read by all; true when all agree.

    Then it is made public, but for what is restricted near hostilities. What is told later is
    internal again until it is official: a consent is for what stands on that day. Raises
    NotAllowed, NotFound (code `nothing_to_show`).
    """
    life = life_between(parties)
    with audited(actor, "agree_to_show", life.tie) as act:
        check_can(actor, Permission.CONFIRM_FACTS, office=office)
        check_party(office, life)
        if not life.known.facts:
            raise NotFound(
                _("Nothing is told of this tie yet, so there is nothing to show."),
                code="nothing_to_show",
            )
        ShowConsent.objects.get_or_create(
            tie=life.tie,
            party=office.place,
            defaults={
                "office": office.public_id,
                "at": timezone.now(),
                "actor": str(actor),
            },
        )
        agreed = set(ShowConsent.objects.filter(tie=life.tie).values_list("party", flat=True))
        everybody = {party.key for party in life.known.parties} <= agreed
        if everybody:
            for subject in life.subjects:
                show_statements(actor=str(actor), subject=subject)
            ShowConsent.objects.filter(tie=life.tie).delete()
            project_ties(subjects=life.subjects)
        act.done(after={"office": office.public_id, "shown": everybody})
    return everybody
