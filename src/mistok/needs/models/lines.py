"""Lines of needs, what of them the public may read, and the zones that make readers careful."""

import datetime as dt
from decimal import Decimal
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mistok.accounts.models import Office
from mistok.needs.lifecycle import NeedState

STEPS_PER_UNIT = 1000
"""Amounts are kept as whole thousandths of the unit (`needs.items.FINEST_PLACES`)."""

NEED_STATES = [
    (NeedState.DRAFT.value, _("draft")),
    (NeedState.OPEN.value, pgettext_lazy("need", "open")),
    (NeedState.COMMITTED.value, _("committed")),
    (NeedState.FULFILLED.value, _("fulfilled")),
    (NeedState.WITHDRAWN.value, pgettext_lazy("need", "withdrawn")),
]


class Priority(models.TextChoices):
    """How urgent a need is."""

    LIFE_SAVING = "life_saving", _("life-saving")
    URGENT = "urgent", _("urgent")
    IMPORTANT = "important", _("important")


class NeedKind(models.TextChoices):
    """What is needed: things, or what people can do for one another."""

    GOODS = "goods", _("goods")
    KNOWHOW = "knowhow", _("know-how")
    HOSTING = "hosting", _("hosting")
    PARTNERSHIP = "partnership", _("partnership")


class Season(models.TextChoices):
    """When a thing is of use."""

    NONE = "none", _("the whole year")
    WINTER = "winter", _("winter")
    SCHOOL_YEAR = "school_year", _("school year")


class EndUser(models.TextChoices):
    """For whom, in categories: a person is never named."""

    HEALTH = "health", _("hospitals and health centres")
    SCHOOLS = "schools", _("schools and kindergartens")
    RESCUE = "rescue", _("fire and rescue services")
    UTILITIES = "utilities", _("water, heat, power and waste utilities")
    TRANSPORT = "transport", _("public transport and roads")
    SOCIAL = "social", pgettext_lazy("users", "social services")
    DISPLACED = "displaced", _("internally displaced people")
    HOUSEHOLDS = "households", _("households")
    ADMINISTRATION = "administration", _("the municipality's own services")
    DEFENCE = "defence", _("defence (never public)")


class ValueBasis(models.TextChoices):
    """What an estimated value rests on."""

    ESTIMATE = "estimate", _("own estimate")
    PRICE_LIST = "price_list", _("price list")
    OFFER = "offer", _("offer of a supplier")
    PROCUREMENT = "procurement", _("earlier procurement")


class Repeat(models.TextChoices):
    """How often a standing need comes back."""

    MONTH = "month", _("every month")
    QUARTER = "quarter", _("every quarter")
    YEAR = "year", _("every year")


class NeedQuerySet(models.QuerySet["Need"]):
    """Needs by office and state."""

    def open(self) -> Self:
        """Those of which something is still to be committed."""
        return self.filter(state=NeedState.OPEN)

    def of(self, office: Office) -> Self:
        """Those of one office."""
        return self.filter(office=office)


class Need(models.Model):
    """One line: how much of what is needed, for whom, by when.

    `item` is a code of the catalogue, or empty where `text` tells what it is. `text` and
    `specification` by language: what the office wrote, and translations that it gave. The four
    amounts are thousandths of `unit` and always add up. `version` counts the writes.
    """

    PERSONAL: ClassVar = ("written_by",)

    public_id = models.CharField(max_length=40, unique=True, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="needs")
    place = models.CharField(_("municipality"), max_length=40, db_index=True)
    country = models.CharField(_("country"), max_length=2)
    region = models.CharField(_("region"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=15, choices=NeedKind.choices)
    item = models.CharField(_("item"), max_length=60, blank=True)
    text = models.JSONField(_("what is needed"), default=dict)
    cluster = models.CharField(_("field of help"), max_length=40)
    hs6 = models.CharField(_("HS heading"), max_length=6, blank=True)
    unit = models.CharField(pgettext_lazy("amount", "unit"), max_length=30)
    asked = models.BigIntegerField(_("asked"))
    still_open = models.BigIntegerField(_("still open"))
    committed = models.BigIntegerField(_("committed"), default=0)
    withdrawn = models.BigIntegerField(pgettext_lazy("need", "withdrawn"), default=0)
    specification = models.JSONField(_("specification"), default=dict)
    shelf_life_months = models.PositiveSmallIntegerField(
        _("shelf life left, at least (months)"), null=True, blank=True
    )
    wear_percent = models.PositiveSmallIntegerField(
        _("wear, at most (percent)"), null=True, blank=True
    )
    priority = models.CharField(_("priority"), max_length=12, choices=Priority.choices)
    needed_by = models.DateField(_("needed by"), null=True, blank=True)
    season = models.CharField(
        _("season"), max_length=12, choices=Season.choices, default=Season.NONE
    )
    end_user = models.CharField(_("for whom"), max_length=15, choices=EndUser.choices)
    delivery_note = models.CharField(_("what delivery must heed"), max_length=200, blank=True)
    restricted = models.BooleanField(_("never public"), default=False)
    value = models.DecimalField(
        _("estimated value"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    value_basis = models.CharField(
        _("value rests on"), max_length=12, choices=ValueBasis.choices, blank=True
    )
    repeat = models.CharField(_("comes back"), max_length=8, choices=Repeat.choices, blank=True)
    renews = models.OneToOneField(
        "self", models.PROTECT, related_name="renewed_by", null=True, blank=True
    )
    state = models.CharField(
        _("state"), max_length=10, choices=NEED_STATES, default=NeedState.DRAFT.value
    )
    version = models.PositiveIntegerField(_("version"), default=1)
    written_by = models.CharField(_("written by"), max_length=254)
    written_at = models.DateTimeField(_("written"))
    opened_at = models.DateTimeField(_("shown to partners since"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed"))

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = ("-changed_at", "-pk")
        indexes: ClassVar = [
            models.Index(fields=("state", "cluster"), name="need_by_state_and_field"),
            models.Index(fields=("item", "state"), name="need_by_item"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(
                    asked=models.F("still_open") + models.F("committed") + models.F("withdrawn")
                ),
                name="need_adds_up",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    asked__gt=0, still_open__gte=0, committed__gte=0, withdrawn__gte=0
                ),
                name="need_never_below_zero",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in NeedState]),
                name="need_state_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=NeedState.COMMITTED.value) | models.Q(still_open=0),
                name="need_committed_has_nothing_open",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=NeedState.OPEN.value) | models.Q(still_open__gt=0),
                name="need_open_has_something_open",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=NeedState.WITHDRAWN.value)
                | models.Q(committed=0, still_open=0),
                name="need_withdrawn_has_no_commitment",
            ),
            models.CheckConstraint(
                condition=models.Q(value__isnull=True, currency="")
                | (models.Q(value__gte=0) & ~models.Q(currency="")),
                name="need_value_has_a_currency",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    def number(self, steps: int) -> Decimal:
        """Thousandths as the exact number of units."""
        return Decimal(steps) / STEPS_PER_UNIT


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Publications by time."""

    def standing(self, today: dt.date) -> Self:
        """Those that anybody may read today: due, and not taken back."""
        return self.filter(not_before__lte=today, withdrawn_at__isnull=True)


class Publication(models.Model):
    """What the public may read of a need: a projection of its own, approved by a person (D7-02).

    `projection` holds nothing but what is shown. `overruled`: findings of the wartime guard that
    the approver let pass, each with its reason. A newer one takes the older back.
    """

    PERSONAL: ClassVar = ("approved_by", "withdrawn_by")

    public_id = models.CharField(max_length=40, unique=True, editable=False)
    need = models.ForeignKey(Need, models.PROTECT, related_name="publications")
    need_version = models.PositiveIntegerField(_("version of the need"))
    projection = models.JSONField(_("what is shown"))
    overruled = models.JSONField(_("findings that were let pass"), default=list)
    rules = models.CharField(_("rules of the projection"), max_length=20)
    approved_by = models.CharField(_("approved by"), max_length=254)
    approved_at = models.DateTimeField(_("approved"))
    not_before = models.DateField(_("not before"))
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    withdrawn_by = models.CharField(_("taken back by"), max_length=254, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication of a need")
        verbose_name_plural = _("publications of needs")
        ordering = ("-approved_at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("need",),
                condition=models.Q(withdrawn_at__isnull=True),
                name="publication_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.need} {self.need_version}"


class Zone(models.Model):
    """D7-06: a territory where details are told one class higher, for a time, by a dated list."""

    class Kind(models.TextChoices):
        POSSIBLE = "possible_hostilities", _("possible hostilities")
        ACTIVE = "active_hostilities", _("active hostilities")
        OCCUPIED = "occupied", _("occupied")

    place = models.CharField(_("territory's key"), max_length=40, db_index=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("by which list"), max_length=300)

    class Meta:
        verbose_name = _("zone of hostilities")
        verbose_name_plural = _("zones of hostilities")
        ordering = ("place", "since")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("place", "kind", "since"), name="zone_once"),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="zone_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.kind}"
