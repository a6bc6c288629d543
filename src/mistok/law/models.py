"""Two tables, Rule and DayOff. Rows are added and never changed: a later row supersedes."""

from typing import Any, ClassVar, NoReturn, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from mistok.kernel.errors import Conflict

Row = TypeVar("Row", bound=models.Model)


def _kept() -> Conflict:
    return Conflict(
        _("What was in force stays as it was told. Add a new version instead."), code="law_kept"
    )


def field_words(model: type[models.Model], name: str) -> str:
    """A field as the staff pages name it, for sentences."""
    return str(getattr(model._meta.get_field(name), "verbose_name", name))


class KeptQuerySet(models.QuerySet[Row]):
    """Rows that are written once: bulk changes are refused like single ones."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: add a version instead."""
        raise _kept()

    def delete(self) -> NoReturn:
        """Refuse: what once held must stay readable."""
        raise _kept()


class Kept(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new row; refuse to change an old one."""
        if self.pk is not None:
            raise _kept()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: what once held must stay readable."""
        raise _kept()


class Rule(Kept):
    """One version of one rule: its value, from when to when, on what ground, and how sure we are.

    `effective_from` and `effective_to` are as the source states them; `first_day` and `last_day`
    are the days to reckon with (none: not known, so in force until another version says
    otherwise). Texts by language carry at least `en` and `uk`.
    """

    class Unit(models.TextChoices):
        CALENDAR = "calendar", _("calendar days")
        WORKING = "working", _("working days")
        MONTHS = "months", _("months")
        NONE = "none", _("no term")

    class Bound(models.TextChoices):
        EXACTLY = "", _("exactly")
        AT_LEAST = "at_least", _("at least")
        AT_MOST = "at_most", _("at most")
        MORE_THAN = "more_than", _("more than")
        LESS_THAN = "less_than", _("less than")

    class Tells(models.TextChoices):
        DUE = "due", _("by when something is due")
        EARLIEST = "earliest", _("before which day something may not happen")
        UNTIL = "until", _("until when something is valid")
        CONSENT = "consent", _("after which day silence counts as consent")
        EFFECT = "effect", _("on which day something takes effect")
        NOTHING = "nothing", _("no date")

    class SetBy(models.TextChoices):
        RULE = "rule", _("the rule itself")
        DECISION = "decision", _("each decision")
        ADMINISTRATOR = "administrator", _("an administrator, for it is not known")

    class Standing(models.TextChoices):
        VERIFIED = "verified", _("verified in its source")
        VERIFIED_PRACTICE = "verified_practice", _("verified as practice")
        UNVERIFIED = "unverified", _("unverified")
        UNKNOWN = "unknown", _("unknown")
        DESIGN = "design", _("our own rule")

    class Origin(models.TextChoices):
        SHIPPED = "shipped", _("came with the program")
        ADMINISTRATOR = "administrator", _("added by an administrator")

    public_id = models.CharField(max_length=40, unique=True)
    code = models.CharField(_("code"), max_length=12, db_index=True)
    titles = models.JSONField(_("title"), default=dict)
    value = models.PositiveIntegerField(_("value"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=10, choices=Unit.choices)
    measure = models.CharField(_("measure"), max_length=20, blank=True)
    bound = models.CharField(_("bound"), max_length=10, choices=Bound.choices, blank=True)
    tells = models.CharField(_("tells"), max_length=10, choices=Tells.choices)
    set_by = models.CharField(
        _("value set by"), max_length=13, choices=SetBy.choices, default=SetBy.RULE
    )
    starts = models.JSONField(_("counted from"), default=dict, blank=True)
    effects = models.JSONField(_("effect"), default=dict, blank=True)
    notes = models.JSONField(_("note"), default=dict, blank=True)
    rolls = models.BooleanField(_("moves to the next working day"), default=False)
    rolls_standing = models.CharField(
        _("standing of that"), max_length=17, choices=Standing.choices, default=Standing.UNKNOWN
    )
    effective_from = models.CharField(_("in force from"), max_length=40, blank=True)
    first_day = models.DateField(_("first day"), null=True, blank=True)
    effective_to = models.CharField(_("in force until"), max_length=40, blank=True)
    last_day = models.DateField(_("last day"), null=True, blank=True)
    jurisdiction = models.CharField(_("jurisdiction"), max_length=20)
    acts = models.JSONField(_("act"), default=dict, blank=True)
    number = models.CharField(_("number"), max_length=60, blank=True)
    article = models.CharField(_("article"), max_length=60, blank=True)
    act_date = models.CharField(_("date of the act"), max_length=11, blank=True)
    source = models.CharField(_("source"), max_length=40, blank=True)
    source_title = models.CharField(_("title of the source"), max_length=400, blank=True)
    source_date = models.CharField(_("date of the source"), max_length=40, blank=True)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    more_sources = models.JSONField(_("further sources"), default=list, blank=True)
    standing = models.CharField(_("standing"), max_length=17, choices=Standing.choices)
    origin = models.CharField(_("came with"), max_length=13, choices=Origin.choices)
    added_by = models.CharField(_("added by"), max_length=254)
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = KeptQuerySet["Rule"].as_manager()

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        ordering = ("code", "first_day", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(unit__in=["calendar", "working", "months", "none"]),
                name="rule_unit_known",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    standing__in=[
                        "verified",
                        "verified_practice",
                        "unverified",
                        "unknown",
                        "design",
                    ]
                ),
                name="rule_standing_known",
            ),
            models.CheckConstraint(
                condition=models.Q(first_day__isnull=True)
                | models.Q(last_day__isnull=True)
                | models.Q(last_day__gte=models.F("first_day")),
                name="rule_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.effective_from}".strip()


class DayOff(Kept):
    """An administrator's word on one day in one country: it is worked, or it is not.

    It overrides the published calendar; of several words on one day the last one holds.
    """

    country = models.CharField(_("country"), max_length=2)
    date = models.DateField(_("day"))
    works = models.BooleanField(_("is worked"), default=False)
    name = models.CharField(_("name"), max_length=200)
    source = models.CharField(_("source"), max_length=1000)
    added_by = models.CharField(_("added by"), max_length=254)
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = KeptQuerySet["DayOff"].as_manager()

    class Meta:
        verbose_name = _("day off or moved working day")
        verbose_name_plural = _("days off and moved working days")
        ordering = ("country", "date", "pk")
        indexes: ClassVar = [models.Index(fields=("country", "date"), name="dayoff_by_day")]

    def __str__(self) -> str:
        return f"{self.country} {self.date}"
