"""The yearly action plan with its measures, and evaluations (D1-07, D1-08)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from mistok.partnering.models.procedure.runs import (
    ProcedureRun,
    StepRecord,
)
from mistok.partnering.procedure.measures import MeasureState
from mistok.provenance.append_only import AppendOnly, AppendOnlyQuerySet

MEASURE_STATES = [
    (MeasureState.PLANNED.value, _("planned")),
    (MeasureState.RUNNING.value, _("running")),
    (MeasureState.DONE.value, _("done")),
    (MeasureState.POSTPONED.value, _("postponed")),
    (MeasureState.CANCELLED.value, _("cancelled")),
]


class ActionPlan(models.Model):
    """What the sides mean to do in one year. The report on the year is derived from it."""

    public_id = models.CharField(max_length=40, unique=True)
    run = models.ForeignKey(ProcedureRun, models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField(_("year"))
    goal = models.CharField(_("goal"), max_length=1000, blank=True)
    reported_at = models.DateTimeField(_("reported"), null=True, blank=True)

    class Meta:
        verbose_name = _("action plan")
        verbose_name_plural = _("action plans")
        ordering = ("run", "year")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("run", "year"), name="plan_once_a_year"),
            models.CheckConstraint(
                condition=models.Q(year__gte=1945, year__lte=2200), name="plan_year_possible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.year}"


class Measure(models.Model):
    """One measure of a plan. `owners` name who answers for it, by the side's position.

    `budget` lists source, amount (a decimal number as text) and currency.
    """

    PERSONAL: ClassVar = ("owners",)

    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="measures")
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("measure"), max_length=400)
    field = models.CharField(_("field"), max_length=60, blank=True)
    owners = models.JSONField(_("who answers for it"), default=dict)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    budget = models.JSONField(_("budget"), default=list)
    indicator = models.CharField(_("indicator"), max_length=200, blank=True)
    target = models.CharField(_("target"), max_length=60, blank=True)
    actual = models.CharField(_("reached"), max_length=60, blank=True)
    result = models.CharField(_("result"), max_length=1000, blank=True)
    risk = models.CharField(_("risk"), max_length=400, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=MEASURE_STATES, default=MeasureState.PLANNED.value
    )

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ("plan", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("plan", "position"), name="measure_position_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="measure_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in MeasureState]),
                name="measure_state_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Evaluation(AppendOnly):
    """What an evaluation found, and what follows from it."""

    class Outcome(models.TextChoices):
        EXTEND = "extend", _("extend")
        UPGRADE = "upgrade", _("upgrade")
        CHANGE = "change", _("change")
        LET_EXPIRE = "let_expire", _("let it run out")
        END = "end", _("end")

    record = models.OneToOneField(StepRecord, models.PROTECT, related_name="evaluation")
    held_on = models.DateField(_("held"))
    criteria = models.JSONField(_("criteria"), default=dict)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    grounds = models.CharField(_("grounds"), max_length=2000)

    objects = AppendOnlyQuerySet["Evaluation"].as_manager()

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.held_on} {self.outcome}"
