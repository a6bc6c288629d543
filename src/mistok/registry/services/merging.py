"""Two places judged to be one."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from mistok.kernel.errors import Conflict, Invalid
from mistok.provenance.services import judge, record
from mistok.registry.models import Municipality, Support, Tie
from mistok.registry.services.places import municipalities
from mistok.registry.services.projecting import project_supports, project_ties


@transaction.atomic
def merge_municipalities(*, actor: str, keep: str, drop: str, reason: str) -> Municipality:
    """Decide that two places are one: `drop` leads to `keep` from now on, and is never deleted.

    Likeness alone is no ground (D2-12: Köln and Kassel), so the countries must agree and a reason
    is kept. Ties that now have the same parties become one. Raises Invalid, or Conflict when `drop`
    was merged before.
    """
    kept, dropped = (municipalities(keys=[key])[key] for key in (keep, drop))
    if kept.pk == dropped.pk:
        raise Conflict(
            _("%(drop)s and %(keep)s are one place already.") % {"drop": drop, "keep": keep},
            code="already_merged",
        )
    if kept.country != dropped.country:
        raise Invalid(
            _("%(drop)s and %(keep)s lie in different countries, so they cannot be one place.")
            % {"drop": dropped, "keep": kept},
            code="merge_across_countries",
        )
    now = dt.datetime.now(dt.UTC)
    judge(actor=actor, left=kept.key, right=dropped.key, verdict="same", reason=reason, at=now)
    Municipality.objects.filter(merged_into=dropped).update(merged_into=kept)
    Municipality.objects.filter(pk=dropped.pk).update(merged_into=kept)
    affected = Tie.objects.of(dropped) | Tie.objects.filter(facts__body=dropped)
    project_ties(subjects=set(affected.values_list("public_id", flat=True)))
    helped = Support.objects.filter(giver=dropped) | Support.objects.filter(receiver=dropped)
    project_supports(subjects=list(helped.values_list("public_id", flat=True)))
    record(
        actor=actor, verb="merge_municipalities", subject=kept.key, after={"merged": dropped.key}
    )
    return kept
