"""What offices do with a tie: confirm or dispute its facts, agree to show it, change it in turn.

These rows are our own records, not projected: a rebuild leaves them. They name ties, facts and
offices by public ids, without foreign keys, for rows of ties are thrown away and made again.
"""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class ConfirmationQuerySet(models.QuerySet["Confirmation"]):
    """Words of offices on facts."""

    def current(self) -> Self:
        """Each office's last word on each fact."""
        return self.filter(superseded_at__isnull=True)


class Confirmation(models.Model):
    """A party's verified office says of one fact that it is right, wrong, or otherwise."""

    class Verdict(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        CORRECTED = "corrected", _("corrected")
        DISPUTED = "disputed", _("disputed")

    tie = models.CharField(_("tie"), max_length=40, db_index=True)
    fact = models.CharField(_("fact"), max_length=40)
    statements = models.JSONField(_("statements"), default=list)
    party = models.CharField(_("party"), max_length=40)
    office = models.CharField(_("office"), max_length=40)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices)
    words = models.CharField(_("in its words"), max_length=400, blank=True)
    correction = models.CharField(_("its own statement"), max_length=64, blank=True)
    at = models.DateTimeField(_("when"))
    actor = models.CharField(_("who"), max_length=254)
    superseded_at = models.DateTimeField(_("replaced"), null=True, blank=True)

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")
        ordering = ("tie", "at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("tie", "fact", "office"),
                condition=models.Q(superseded_at__isnull=True),
                name="confirmation_current_once",
            ),
            models.CheckConstraint(
                condition=models.Q(verdict__in=["confirmed", "corrected", "disputed"]),
                name="confirmation_verdict_known",
            ),
            models.CheckConstraint(
                condition=models.Q(verdict="confirmed") | ~models.Q(words=""),
                name="confirmation_doubt_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tie} {self.fact}: {self.verdict}"


class TieLife(models.Model):
    """How often offices have changed what is told of a tie: what a form must name to change it."""

    tie = models.CharField(_("tie"), max_length=40, unique=True)
    version = models.PositiveIntegerField(_("version"), default=0)

    class Meta:
        verbose_name = _("version of a life")
        verbose_name_plural = _("versions of lives")
        ordering = ("tie",)

    def __str__(self) -> str:
        return f"{self.tie} {self.version}"


class ShowConsent(models.Model):
    """A party's office agrees that what is still internal about a tie may be shown to all."""

    tie = models.CharField(_("tie"), max_length=40)
    party = models.CharField(_("party"), max_length=40)
    office = models.CharField(_("office"), max_length=40)
    at = models.DateTimeField(_("when"))
    actor = models.CharField(_("who"), max_length=254)

    class Meta:
        verbose_name = _("consent to show a tie")
        verbose_name_plural = _("consents to show ties")
        ordering = ("tie", "party")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("tie", "party"), name="show_consent_once")
        ]

    def __str__(self) -> str:
        return f"{self.tie} {self.party}"
