"""Shortlists: whom a municipality means to look at again. A note, never a decision."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_NOTE = 200
"""Letters of a note beside a candidate."""


class ShortlistEntryQuerySet(models.QuerySet["ShortlistEntry"]):
    """Entries by whether they still stand."""

    def standing(self) -> Self:
        """Those that were not taken off."""
        return self.filter(removed_at__isnull=True)

    def of(self, key: str) -> Self:
        """What stands on one municipality's shortlist, in the order in which it was put there."""
        return self.standing().filter(municipality=key).order_by("added_at", "public_id")


class ShortlistEntry(models.Model):
    """One candidate on one municipality's shortlist, with what spoke for it on that day.

    `score` is the fit as it was, by `algorithm` from the values and weights that `input_hash`
    stands for. Keys are text, as in rounds.
    """

    public_id = models.CharField(max_length=40, unique=True)
    municipality = models.CharField(_("municipality"), max_length=40, db_index=True)
    candidate = models.CharField(_("candidate"), max_length=40)
    note = models.CharField(_("note"), max_length=LONGEST_NOTE, blank=True)
    added_at = models.DateTimeField(_("added"))
    removed_at = models.DateTimeField(_("taken off"), null=True, blank=True)
    algorithm = models.CharField(_("algorithm"), max_length=80)
    input_hash = models.CharField(_("hash of the input"), max_length=64)
    score = models.FloatField(_("fit when it was added"))

    objects = ShortlistEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of a shortlist")
        verbose_name_plural = _("shortlists")
        ordering = ("municipality", "added_at", "public_id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("municipality", "candidate"),
                condition=models.Q(removed_at__isnull=True),
                name="shortlist_candidate_once",
            ),
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True)
                | models.Q(removed_at__gte=models.F("added_at")),
                name="shortlist_removed_after_added",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.candidate}"
