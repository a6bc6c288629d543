"""A statement taken back, and what people read made anew without it."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from mistok.kernel.errors import Invalid, NotFound
from mistok.provenance.models import Statement
from mistok.provenance.services import withdraw_statement
from mistok.registry.services.projecting import (
    project_places,
    project_supports,
    project_ties,
)

SHORTEST = 8
"""Letters of a statement's id that are enough to name it, when no other begins with them."""

PROJECTIONS = {"tie": project_ties, "support": project_supports, "place": project_places}
"""What makes the rows of a subject anew, by the prefix of its id: all that the vocabulary has."""


@transaction.atomic
def withdraw(*, actor: str, statement_id: str, reason: str) -> Statement:
    """Withdraw the statement whose id begins so, and project its subject again.

    Raises NotFound when there is none, Invalid when the beginning is too short or fits several,
    Conflict when it is the last word on a place that the registry needs, and what
    `withdraw_statement` raises.
    """
    found = list(Statement.objects.filter(pk__startswith=statement_id)[:2])
    if len(statement_id) < SHORTEST or len(found) > 1:
        raise Invalid(
            _("“%(id)s” may mean several statements. Write more of the id.")
            % {"id": statement_id[:64]},
            code="statement_ambiguous",
        )
    if not found:
        raise NotFound(
            _("There is no statement %(id)s. Its id stands on the page of its source.")
            % {"id": statement_id[:64]},
            code="statement_unknown",
        )
    said = found[0]
    withdraw_statement(actor=actor, statement=said, reason=reason, at=dt.datetime.now(dt.UTC))
    PROJECTIONS[said.subject.partition("_")[0]](subjects=[said.subject])
    return said
