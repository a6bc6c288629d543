"""An office's words as statements: the office is a source, its word about its own ties trusted."""

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.models import Office
from mistok.kernel.errors import Conflict
from mistok.provenance.models import Source, Statement
from mistok.provenance.services import Assertion, observe, register_source, show_parties
from mistok.provenance.values import TieEvent
from mistok.provenance.vocabulary import EVENT, PARTY, Prop
from mistok.registry.guarding import Exposure, exposure_of
from mistok.registry.guarding.known import OFFICE_TRUST
from mistok.registry.life import Life
from mistok.registry.services.places import tie_subject

ORIGIN = "offices"


def office_source(office: Office) -> Source:
    """The office as a source of the registry: its own word about its own ties."""
    return register_source(
        slug=f"office-{office.public_id.removeprefix('office_')}",
        title=office.name,
        publisher=office.name,
        url=office.official_site,
        kind=Source.Kind.OFFICE,
        trust=OFFICE_TRUST,
    )


def write_down(office: Office, life: Life, event: TieEvent) -> str:
    """Write the office's words down; gives the id of the statement of the event."""
    keys = [party.key for party in life.known.parties]
    subject = tie_subject(keys)
    exposure = exposure_of(event, keys)
    source = office_source(office)

    def said_of(prop: Prop, value: str) -> Assertion:
        return Assertion(
            source=source,
            subject=subject,
            prop=prop,
            value=value,
            internal=exposure is Exposure.INTERNAL,
            restricted=exposure is Exposure.RESTRICTED,
        )

    said = said_of(EVENT, event.to_text())
    _check_new(said.id)
    parties = [said_of(PARTY, key) for key in keys]
    observe(assertions=[*parties, said], origin=ORIGIN, seen_at=timezone.now())
    if exposure is Exposure.PUBLIC:
        show_parties(source=source, subject=subject)
    return said.id


def _check_new(statement: str) -> None:
    told = Statement.objects.filter(pk=statement).first()
    if told is None:
        return
    if told.withdrawn_at:
        raise Conflict(
            _(
                "Your office told this before and it was withdrawn: %(reason)s. Tell it with what "
                "was wrong put right."
            )
            % {"reason": told.withdrawn_reason},
            code="told_and_withdrawn",
        )
    raise Conflict(
        _("Your office has told this already; it stands in the life of the tie."),
        code="already_told",
    )
