"""What bodies consented to, decided and registered, and who signed (D2-06 to D2-09)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from mistok.partnering.models.procedure.runs import (
    ProcedureRun,
    StepRecord,
)
from mistok.provenance.append_only import AppendOnly, AppendOnlyQuerySet

VOTES = ("votes_for", "votes_against", "votes_abstained", "votes_not_voting", "votes_absent")
"""Five ways in Ukraine, three abroad: the last two may be unknown (F2-24, D3-03)."""


class Approval(AppendOnly):
    """The answer of a body outside to what was submitted to it (D2-06)."""

    class Result(models.TextChoices):
        GRANTED = "granted", _("granted")
        BY_SILENCE = "by_silence", _("granted by silence")
        RETURNED = "returned", _("returned")
        REFUSED = "refused", _("refused")

    record = models.OneToOneField(StepRecord, models.PROTECT, related_name="approval")
    authority = models.CharField(_("authority"), max_length=60)
    subject_matter = models.CharField(_("what was asked"), max_length=400, blank=True)
    submitted_on = models.DateField(_("submitted"))
    due_on = models.DateField(_("due"), null=True, blank=True)
    decided_on = models.DateField(_("decided"))
    result = models.CharField(_("result"), max_length=10, choices=Result.choices)
    act_kind = models.CharField(_("kind of act"), max_length=80, blank=True)
    act_number = models.CharField(_("number"), max_length=80, blank=True)
    reasons = models.JSONField(_("reasons"), default=list)
    remarks = models.TextField(_("remarks"), blank=True)

    objects = AppendOnlyQuerySet["Approval"].as_manager()

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(decided_on__gte=models.F("submitted_on")),
                name="approval_after_submission",
            )
        ]

    def __str__(self) -> str:
        return f"{self.authority} {self.result}"


class CouncilDecision(AppendOnly):
    """What a council decided, with its vote (D2-07). A motion that fell is kept too."""

    class Sitting(models.TextChoices):
        ORDINARY = "ordinary", _("ordinary")
        EXTRAORDINARY = "extraordinary", _("extraordinary")

    PERSONAL: ClassVar = ("authorised_signatory", "control_by")

    record = models.OneToOneField(StepRecord, models.PROTECT, related_name="decision")
    body = models.CharField(_("body"), max_length=200)
    sitting = models.CharField(
        _("sitting"), max_length=15, choices=Sitting.choices, default=Sitting.ORDINARY
    )
    number = models.CharField(_("number"), max_length=80, blank=True)
    date = models.DateField(_("date"))
    title = models.CharField(_("title"), max_length=400, blank=True)
    adopted = models.BooleanField(_("adopted"))
    votes_for = models.PositiveIntegerField(_("for"), null=True, blank=True)
    votes_against = models.PositiveIntegerField(_("against"), null=True, blank=True)
    votes_abstained = models.PositiveIntegerField(_("abstained"), null=True, blank=True)
    votes_not_voting = models.PositiveIntegerField(_("did not vote"), null=True, blank=True)
    votes_absent = models.PositiveIntegerField(_("absent"), null=True, blank=True)
    total_composition = models.PositiveIntegerField(_("total composition"), null=True, blank=True)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    authorised_signatory = models.CharField(_("who may sign"), max_length=200, blank=True)
    control_by = models.CharField(_("who controls"), max_length=200, blank=True)
    review_on = models.DateField(_("evaluation ordered for"), null=True, blank=True)
    ends_on = models.DateField(_("end ordered for"), null=True, blank=True)

    objects = AppendOnlyQuerySet["CouncilDecision"].as_manager()

    class Meta:
        verbose_name = _("council decision")
        verbose_name_plural = _("council decisions")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.body} {self.number} {self.date}"

    @property
    def votes(self) -> str:
        """The counts as sources write them, for example 30/0/0/0/9; empty where unknown."""
        counts = [getattr(self, name) for name in VOTES]
        known = [str(count) for count in counts if count is not None]
        return "/".join(known)


class SignatureRecord(AppendOnly):
    """One side signed (D2-08): sides may sign on different days, here or online."""

    PERSONAL: ClassVar = ("person",)

    run = models.ForeignKey(ProcedureRun, models.PROTECT, related_name="signatures")
    position = models.PositiveSmallIntegerField(_("side"))
    person = models.CharField(_("person"), max_length=200)
    post = models.CharField(_("office of the person"), max_length=200)
    date = models.DateField(_("date"))
    place = models.CharField(_("place"), max_length=120, blank=True)
    online = models.BooleanField(_("online"), default=False)
    recorded_at = models.DateTimeField(_("recorded"))
    after_version = models.PositiveIntegerField(_("version of the procedure"))

    objects = AppendOnlyQuerySet["SignatureRecord"].as_manager()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ("date", "pk")

    def __str__(self) -> str:
        return f"{self.run_id} {self.position} {self.date}"


class RegistrationRecord(AppendOnly):
    """The entry of a signed agreement in the state's list (D2-09)."""

    record = models.OneToOneField(StepRecord, models.PROTECT, related_name="registration")
    number = models.CharField(_("number"), max_length=80)
    date = models.DateField(_("date"))
    kinds = models.JSONField(_("kinds of cooperation"), default=list)
    sphere = models.CharField(_("sphere"), max_length=1000, blank=True)
    duration = models.CharField(_("duration"), max_length=400, blank=True)
    ends_on = models.DateField(_("end"), null=True, blank=True)

    objects = AppendOnlyQuerySet["RegistrationRecord"].as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.number} {self.date}"
