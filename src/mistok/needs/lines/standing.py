"""The publication of a line that stands today, and how it is taken back."""

import datetime as dt

from mistok.needs.models import Need, Publication


def standing_publication(need: Need) -> Publication | None:
    """What was approved last and not taken back; it may not be due yet."""
    return need.publications.filter(withdrawn_at__isnull=True).first()


def take_back_standing(need: Need, actor: object, at: dt.datetime) -> int:
    """Take back what the public reads of the line, inside the caller's transaction; how many."""
    rows = Publication.objects.filter(need=need, withdrawn_at__isnull=True)
    return rows.update(withdrawn_at=at, withdrawn_by=str(actor))
