"""An office speaks for one municipality; what was found out about it before it was believed."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mistok.accounts.lifecycle import LIVING, OfficeState

OFFICE_STATES = [
    (OfficeState.CLAIMED.value, _("claimed")),
    (OfficeState.VERIFIED.value, _("verified")),
    (OfficeState.SUSPENDED.value, _("suspended")),
    (OfficeState.CLOSED.value, _("closed")),
    (OfficeState.REFUSED.value, _("refused")),
]


class OfficeQuerySet(models.QuerySet["Office"]):
    """Offices by municipality and state."""

    def of(self, place: str) -> Self:
        """Every office that ever claimed the municipality with this canonical key."""
        return self.filter(place=place)

    def living(self) -> Self:
        """Those neither closed nor refused."""
        return self.filter(state__in=LIVING)

    def verified(self) -> Self:
        """Those that may act; at most one for a municipality."""
        return self.filter(state=OfficeState.VERIFIED)

    def undecided(self) -> Self:
        """Claims that wait for a coordinator, oldest first."""
        return self.filter(state=OfficeState.CLAIMED).order_by("claimed_at", "pk")

    def in_scopes(self, *scopes: str) -> Self:
        """Those inside any of these: "world", a country ("UA"), a region's or place's key."""
        if "world" in scopes:
            return self
        inside = models.Q(country__in=scopes) | models.Q(region__in=scopes)
        return self.filter(inside | models.Q(place__in=scopes))


class Office(models.Model):
    """The office of a municipality here: claimed by a person, then verified by a coordinator.

    `callback_phone`, `official_email` and `official_site` were checked through a second channel
    and are shown to partners; `told_…` is what the office itself says and nobody checked yet.
    `contested` means that another office claims the same municipality: it can do nothing then.
    """

    PERSONAL: ClassVar = ("claimed_by", "told_phone", "told_email")

    public_id = models.CharField(max_length=40, unique=True, editable=False)
    place = models.CharField(_("municipality"), max_length=40, db_index=True)
    country = models.CharField(_("country"), max_length=2)
    region = models.CharField(_("region"), max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=200)
    state = models.CharField(
        _("state"), max_length=10, choices=OFFICE_STATES, default=OfficeState.CLAIMED.value
    )
    contested = models.BooleanField(_("contested"), default=False)
    callback_phone = models.CharField(_("call-back number"), max_length=30, blank=True)
    official_email = models.EmailField(_("official mail"), blank=True)
    official_site = models.URLField(_("official site"), max_length=300, blank=True)
    told_phone = models.CharField(_("number told by the office"), max_length=30, blank=True)
    told_email = models.EmailField(_("mail told by the office"), blank=True)
    told_site = models.URLField(_("site told by the office"), max_length=300, blank=True)
    told_at = models.DateTimeField(_("told"), null=True, blank=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="claimed_offices"
    )
    claimed_at = models.DateTimeField(_("claimed"))
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True)
    ended_at = models.DateTimeField(_("closed or refused"), null=True, blank=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ("name", "claimed_at")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("place",),
                condition=models.Q(state__in=("verified", "suspended")),
                name="office_verified_once_per_place",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in OfficeState]),
                name="office_state_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=("verified", "suspended"))
                | ~models.Q(callback_phone="", official_email=""),
                name="office_verified_has_a_channel",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def told_anew(self) -> bool:
        """Whether the office has told a contact that no coordinator has checked."""
        return self.told_at is not None


class OfficeCheck(models.Model):
    """One look at an office through a channel of its own: what was asked where, what was seen."""

    class Kind(models.TextChoices):
        CALL_BACK = "call_back", _("call back")
        OFFICIAL_MAIL = "official_mail", _("official mail")
        IN_PERSON = "in_person", _("in person")
        DOCUMENT = "document", _("document")

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        DENIED = "denied", _("denied")
        UNREACHED = "unreached", _("nobody reached")

    PERSONAL: ClassVar = ("channel", "seen", "evidence", "checked_by")

    public_id = models.CharField(max_length=40, unique=True, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="checks")
    kind = models.CharField(_("kind"), max_length=15, choices=Kind.choices)
    channel = models.CharField(_("number, address or paper"), max_length=254)
    found_at = models.CharField(_("where it was found"), max_length=400, blank=True)
    seen = models.TextField(_("what was seen or said"), max_length=2000)
    evidence = models.TextField(_("evidence"), max_length=4000, blank=True)
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    checked_by = models.CharField(_("who checked"), max_length=254)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("check of an office")
        verbose_name_plural = _("checks of offices")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.office}: {self.kind}"
