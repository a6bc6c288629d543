"""A run, its sides, what was done with its steps, and the days that rules set for them."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mistok.kernel.errors import NotFound
from mistok.partnering.procedure.states import What
from mistok.partnering.procedure.steps import Aim
from mistok.partnering.procedure.words import AIMS
from mistok.provenance.append_only import AppendOnly, AppendOnlyQuerySet
from mistok.registry.gazetteer import the_world

WHAT = [
    (What.PLANNED.value, _("planned")),
    (What.SUBMITTED.value, _("submitted")),
    (What.RETURNED.value, _("returned")),
    (What.DONE.value, _("done")),
    (What.SKIPPED.value, _("left out")),
    (What.REOPENED.value, _("taken back")),
]
LONGEST_NOTE = 2000


class ProcedureRunQuerySet(models.QuerySet["ProcedureRun"]):
    """Runs by who takes part and whether they go on."""

    def going_on(self) -> Self:
        """Those that were not closed."""
        return self.filter(closed_at__isnull=True)

    def of_office(self, office: str) -> Self:
        """Those in which the office with this public id takes part."""
        return self.filter(sides__office=office).distinct()


class ProcedureRun(models.Model):
    """The way of two or more sides to a tie, to its suspension or to its end.

    `tie` is empty while there is none. `version` counts the writes: who read an older one is told
    what changed meanwhile. `options` are the choices of the run as a whole.
    """

    public_id = models.CharField(max_length=40, unique=True)
    aim = models.CharField(_("aim"), max_length=12, choices=list(AIMS.items()))
    kind = models.CharField(_("kind of tie"), max_length=20)
    tie = models.CharField(_("tie"), max_length=40, blank=True, db_index=True)
    options = models.JSONField(_("choices"), default=dict)
    opened_by = models.CharField(_("opened by the office"), max_length=40)
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_reason = models.CharField(_("why it was closed"), max_length=400, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    objects = ProcedureRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")
        ordering = ("-opened_at", "public_id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(aim__in=[aim.value for aim in Aim]), name="procedure_aim_known"
            ),
            models.CheckConstraint(
                condition=models.Q(aim=Aim.TIE.value) | ~models.Q(tie=""),
                name="procedure_of_an_end_has_its_tie",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class RunSide(models.Model):
    """One side of a run: its municipality, its office where it has one, and its template.

    Without an office another side tells for it. `initiator`: in a suspension or an end, whether
    it is this side that suspends or ends.
    """

    run = models.ForeignKey(ProcedureRun, models.PROTECT, related_name="sides")
    position = models.PositiveSmallIntegerField(_("position"))
    place = models.CharField(_("municipality"), max_length=40, db_index=True)
    country = models.CharField(_("country"), max_length=2)
    name = models.CharField(_("name"), max_length=200)
    office = models.CharField(_("office"), max_length=40, blank=True, db_index=True)
    initiator = models.BooleanField(_("acts itself"), default=True)
    template = models.CharField(_("template"), max_length=10)
    template_version = models.CharField(_("version of the template"), max_length=12)
    options = models.JSONField(_("choices"), default=dict)
    joined_at = models.DateTimeField(_("joined"))

    class Meta:
        verbose_name = _("side of a procedure")
        verbose_name_plural = _("sides of procedures")
        ordering = ("run", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("run", "position"), name="side_position_once"),
            models.UniqueConstraint(fields=("run", "place"), name="side_place_once"),
            models.CheckConstraint(
                condition=models.Q(position__gte=1), name="side_position_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.name}"

    @property
    def shown(self) -> str:
        """The municipality's name in the reader's language; as kept where none is known."""
        try:
            return the_world().get(self.place).labels.get(get_language() or "en") or self.name
        except NotFound:
            return self.name


class StepRecord(AppendOnly):
    """One act on one step: done, submitted, returned, left out, taken back or planned.

    `position` is the side's, 0 for a step of all sides. `office` is the office that wrote it
    down; `told` that it speaks for a side without an office. `run_version` is the run's version
    that the act made.
    """

    PERSONAL: ClassVar = ("actor", "note", "data")

    run = models.ForeignKey(ProcedureRun, models.PROTECT, related_name="records")
    position = models.PositiveSmallIntegerField(_("side"))
    step = models.CharField(_("step"), max_length=60)
    what = models.CharField(_("what"), max_length=10, choices=WHAT)
    on = models.DateField(_("day"))
    at = models.DateTimeField(_("recorded"))
    actor = models.CharField(_("who"), max_length=254)
    office = models.CharField(_("office"), max_length=40)
    told = models.BooleanField(_("told for another side"), default=False)
    note = models.CharField(_("note"), max_length=LONGEST_NOTE, blank=True)
    data = models.JSONField(_("details"), default=dict)
    run_version = models.PositiveIntegerField(_("version of the procedure"))

    objects = AppendOnlyQuerySet["StepRecord"].as_manager()

    class Meta:
        verbose_name = _("act in a procedure")
        verbose_name_plural = _("acts in procedures")
        ordering = ("run", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("run", "run_version"), name="record_version_once"),
            models.CheckConstraint(
                condition=models.Q(what__in=[what.value for what in What]),
                name="record_what_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.step} {self.what}"


class StepDeadline(AppendOnly):
    """A day that a rule set, computed once and kept with the version of the rule (D8-02).

    Of several for one start the last one counts: a corrected rule is applied by an explicit act.
    """

    run = models.ForeignKey(ProcedureRun, models.PROTECT, related_name="deadlines")
    rule = models.CharField(_("rule"), max_length=12)
    rule_version = models.CharField(_("version of the rule"), max_length=40)
    start = models.DateField(_("counted from"))
    country = models.CharField(_("country"), max_length=2, blank=True)
    due_on = models.DateField(_("day"))
    computed_at = models.DateTimeField(_("computed"))

    objects = AppendOnlyQuerySet["StepDeadline"].as_manager()

    class Meta:
        verbose_name = _("deadline of a step")
        verbose_name_plural = _("deadlines of steps")
        ordering = ("run", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("start")),
                name="deadline_not_before_its_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.start} {self.due_on}"
