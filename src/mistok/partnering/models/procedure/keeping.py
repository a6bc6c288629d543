"""Reasons that papers are returned with, reminders, and the secret of a calendar feed."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from mistok.partnering.models.procedure.runs import ProcedureRun


class ReturnReason(models.Model):
    """A reason for which a body sends a paper back: a list that an administrator fills (F2-16)."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    titles = models.JSONField(_("title by language"), default=dict)
    body = models.CharField(_("body"), max_length=60, blank=True)
    retired = models.BooleanField(_("no longer offered"), default=False)

    class Meta:
        verbose_name = _("reason of return")
        verbose_name_plural = _("reasons of return")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code

    def title(self, lang: str) -> str:
        """The reason in a language, else in English, else its code."""
        return str(self.titles.get(lang) or self.titles.get("en") or self.code)


class Reminder(models.Model):
    """One reminder of one day to one person: sent once. A failure leaves it in the queue.

    It is about a step of a run, or about a sleeping `tie` by its public id (`due_on` is then the
    first day of the quarter). `person` is a reference; the address is read when the mail goes out.
    """

    PERSONAL: ClassVar = ("person",)

    run = models.ForeignKey(
        ProcedureRun, models.PROTECT, related_name="reminders", null=True, blank=True
    )
    tie = models.CharField(_("tie"), max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(_("side"))
    step = models.CharField(_("step"), max_length=60)
    due_on = models.DateField(_("due"))
    days_before = models.SmallIntegerField(_("days before"))
    person = models.CharField(_("person"), max_length=40)
    queued_at = models.DateTimeField(_("queued"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    dropped_at = models.DateTimeField(_("no longer needed"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    failure = models.CharField(_("last failure"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ("due_on", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("run", "position", "step", "due_on", "days_before", "person"),
                name="reminder_once",
            ),
            models.UniqueConstraint(
                fields=("tie", "step", "due_on", "person"),
                condition=~models.Q(tie=""),
                name="reminder_of_tie_once",
            ),
            models.CheckConstraint(
                condition=models.Q(run__isnull=False, tie="")
                | (models.Q(run__isnull=True) & ~models.Q(tie="")),
                name="reminder_of_run_or_tie",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.due_on} {self.days_before}"

    @property
    def about(self) -> str:
        """The public id of what it is about."""
        return self.run.public_id if self.run else self.tie


class CalendarFeed(models.Model):
    """The secret address of an office's calendar; a new one ends the old one."""

    office = models.CharField(_("office"), max_length=40, unique=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        ordering = ("office",)

    def __str__(self) -> str:
        return self.office
