"""Two lists of the same ties side by side, and what a person judged of each pair of rows."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Comparison(models.Model):
    """A comparison of two lists: their names, hashes, and how many rows each has."""

    public_id = models.CharField(max_length=40, unique=True)
    mark = models.CharField(max_length=64, unique=True)
    left_name = models.CharField(_("first list"), max_length=200)
    right_name = models.CharField(_("second list"), max_length=200)
    left_rows = models.PositiveIntegerField(default=0)
    right_rows = models.PositiveIntegerField(default=0)
    made_by = models.CharField(_("made by"), max_length=254)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("comparison of two lists")
        verbose_name_plural = _("comparisons of two lists")
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return f"{self.left_name} / {self.right_name}"


class ComparedPair(models.Model):
    """Rows of both lists that may be one tie, or a row of one list alone.

    Likeness proposes, a person judges: `verdict` is empty until then, but for `same` by key.
    """

    class Found(models.TextChoices):
        SAME = "same", _("the same")
        LEFT = "left", _("only in the first list")
        RIGHT = "right", _("only in the second list")
        RENAMED = "renamed", _("a place was renamed")
        MERGED = "merged", _("a place became part of another")
        CONTRADICTORY = "contradictory", _("the lists contradict each other")
        LIKELY = "likely", _("perhaps the same")

    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="pairs")
    number = models.PositiveIntegerField()
    found = models.CharField(_("found"), max_length=14, choices=Found.choices, db_index=True)
    left = models.JSONField(_("in the first list"), null=True, blank=True)
    right = models.JSONField(_("in the second list"), null=True, blank=True)
    why = models.CharField(_("why"), max_length=600, blank=True)
    score = models.FloatField(_("likeness"), null=True, blank=True)
    verdict = models.CharField(_("verdict"), max_length=10, blank=True)
    judged_by = models.CharField(_("judged by"), max_length=254, blank=True)
    judged_at = models.DateTimeField(_("judged"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("compared rows")
        verbose_name_plural = _("compared rows")
        ordering = ("comparison", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("comparison", "number"), name="compared_numbered_once"),
            models.CheckConstraint(
                condition=models.Q(left__isnull=False) | models.Q(right__isnull=False),
                name="compared_has_a_row",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.found}"
