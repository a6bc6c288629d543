"""What a municipality could give without having been asked."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mistok.accounts.models import Office
from mistok.needs.lifecycle import OfferState
from mistok.needs.models.lines import NeedKind, Season

OFFER_STATES = [
    (OfferState.DRAFT.value, _("draft")),
    (OfferState.OPEN.value, pgettext_lazy("offer", "open")),
    (OfferState.TAKEN.value, _("taken")),
    (OfferState.CLOSED.value, pgettext_lazy("offer", "closed")),
]


class OfferQuerySet(models.QuerySet["Offer"]):
    """Offers by state."""

    def open(self) -> Self:
        """Those of which something is left."""
        return self.filter(state=OfferState.OPEN)


class Offer(models.Model):
    """What a municipality could give or do without having been asked.

    Amounts are thousandths of `unit` and add up: `amount` = `left` + `taken` + `closed`.
    `public`: whether everybody sees it, or partners only.
    """

    PERSONAL: ClassVar = ("written_by",)

    public_id = models.CharField(max_length=40, unique=True, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="offers")
    place = models.CharField(_("municipality"), max_length=40, db_index=True)
    country = models.CharField(_("country"), max_length=2)
    kind = models.CharField(_("kind"), max_length=15, choices=NeedKind.choices)
    item = models.CharField(_("item"), max_length=60, blank=True)
    text = models.JSONField(_("what is offered"), default=dict)
    cluster = models.CharField(_("field of help"), max_length=40)
    unit = models.CharField(pgettext_lazy("amount", "unit"), max_length=30)
    amount = models.BigIntegerField(_("offered"))
    left = models.BigIntegerField(_("left"))
    taken = models.BigIntegerField(_("taken"), default=0)
    closed = models.BigIntegerField(_("no longer offered"), default=0)
    season = models.CharField(
        _("season"), max_length=12, choices=Season.choices, default=Season.NONE
    )
    available_from = models.DateField(_("available from"), null=True, blank=True)
    available_until = models.DateField(_("available until"), null=True, blank=True)
    countries = models.JSONField(_("for which countries"), default=list)
    condition = models.CharField(_("condition of the thing"), max_length=400, blank=True)
    transport = models.CharField(_("who carries it"), max_length=200, blank=True)
    restricted = models.BooleanField(_("never public"), default=False)
    public = models.BooleanField(_("for everybody"), default=False)
    overruled = models.JSONField(_("findings that were let pass"), default=list)
    state = models.CharField(
        _("state"), max_length=10, choices=OFFER_STATES, default=OfferState.DRAFT.value
    )
    version = models.PositiveIntegerField(_("version"), default=1)
    written_by = models.CharField(_("written by"), max_length=254)
    written_at = models.DateTimeField(_("written"))
    changed_at = models.DateTimeField(_("changed"))

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers of help")
        ordering = ("-changed_at", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(
                    amount=models.F("left") + models.F("taken") + models.F("closed")
                ),
                name="offer_adds_up",
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0, left__gte=0, taken__gte=0, closed__gte=0),
                name="offer_never_below_zero",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in OfferState]),
                name="offer_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(public=False) | models.Q(restricted=False),
                name="offer_restricted_is_not_public",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
