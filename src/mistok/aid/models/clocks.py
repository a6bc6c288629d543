"""Days that the law gives to aid: computed once, kept with the rule's version (D4-06, D8-02)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from mistok.aid.models.consignments import Consignment
from mistok.aid.models.declarations import Declaration
from mistok.provenance.append_only import AppendOnly, AppendOnlyQuerySet


class AidDeadline(models.Model):
    """A day by which something is due. `done_on` ends it; `corrects` replaces another by an act.

    A rule whose value nobody knows gives `due_on` none and `told` says so.
    """

    PERSONAL: ClassVar = ("corrected_by",)

    public_id = models.CharField(max_length=40, unique=True, editable=False)
    consignment = models.ForeignKey(Consignment, models.PROTECT, related_name="deadlines")
    declaration = models.ForeignKey(
        Declaration, models.PROTECT, related_name="deadlines", null=True, blank=True
    )
    rule = models.CharField(_("rule"), max_length=20)
    rule_version = models.CharField(_("version of the rule"), max_length=40, blank=True)
    start = models.DateField(_("counted from"))
    country = models.CharField(_("country"), max_length=2, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    told = models.CharField(_("why there is no day"), max_length=400, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, related_name="corrected_as", null=True, blank=True
    )
    correction_reason = models.CharField(_("reason of the correction"), max_length=400, blank=True)
    corrected_by = models.CharField(_("corrected by"), max_length=254, blank=True)
    computed_at = models.DateTimeField(_("computed"))

    class Meta:
        verbose_name = _("deadline of aid")
        verbose_name_plural = _("deadlines of aid")
        ordering = ("due_on", "pk")

    def __str__(self) -> str:
        return f"{self.rule} {self.due_on}"


class AidReminder(models.Model):
    """One reminder of one day to one person: sent once. A failure leaves it in the queue."""

    PERSONAL: ClassVar = ("person",)

    deadline = models.ForeignKey(AidDeadline, models.PROTECT, related_name="reminders")
    days_before = models.SmallIntegerField(_("days before"))
    person = models.CharField(_("person"), max_length=40)
    queued_at = models.DateTimeField(_("queued"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    dropped_at = models.DateTimeField(_("no longer needed"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    failure = models.CharField(_("last failure"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("reminder of aid")
        verbose_name_plural = _("reminders of aid")
        ordering = ("queued_at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("deadline", "days_before", "person"), name="aid_reminder_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.deadline_id} {self.days_before}"


class AidPublication(AppendOnly):
    """What the public may read of a consignment: a projection of its own, approved (D7-02).

    `projection` holds nothing but what is shown; a newer row takes the older back, and one with
    `withdrawn` true takes it back without another.
    """

    PERSONAL: ClassVar = ("approved_by",)

    public_id = models.CharField(max_length=40, unique=True, editable=False)
    consignment = models.ForeignKey(Consignment, models.PROTECT, related_name="publications")
    projection = models.JSONField(_("what is shown"), default=dict)
    rules = models.CharField(_("rules of the projection"), max_length=20)
    not_before = models.DateField(_("not before"))
    withdrawn = models.BooleanField(_("taken back"), default=False)
    reason = models.CharField(_("reason"), max_length=2000, blank=True)
    approved_by = models.CharField(_("approved by"), max_length=254)
    approved_at = models.DateTimeField(_("approved"))

    objects = AppendOnlyQuerySet["AidPublication"].as_manager()

    class Meta:
        verbose_name = _("publication of a consignment")
        verbose_name_plural = _("publications of consignments")
        ordering = ("-approved_at", "-pk")

    def __str__(self) -> str:
        return self.public_id
