"""Searches that were kept: what was asked, of what data, and what was suggested."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class MatchRun(models.Model):
    """One kept search. The same question to the same data has the same hash and is kept once."""

    public_id = models.CharField(max_length=40, unique=True)
    municipality = models.CharField(_("municipality"), max_length=40, db_index=True)
    algorithm = models.CharField(_("algorithm"), max_length=200)
    input_hash = models.CharField(_("hash of the input"), max_length=64, unique=True)
    asked = models.JSONField(_("what was asked"))
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("kept search")
        verbose_name_plural = _("kept searches")
        ordering = ("-made_at", "public_id")

    def __str__(self) -> str:
        return f"{self.municipality} · {self.algorithm}"


class Suggestion(models.Model):
    """A candidate of a kept search with its reasons. A suggestion is never a decision."""

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="suggestions")
    rank = models.PositiveSmallIntegerField(_("rank"))
    candidate = models.CharField(_("candidate"), max_length=40)
    score = models.FloatField(_("fit"))
    reasons = models.JSONField(_("reasons"))

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ("run", "rank")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("run", "rank"), name="suggestion_rank_once"),
            models.UniqueConstraint(fields=("run", "candidate"), name="suggestion_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.candidate}"
