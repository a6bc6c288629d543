"""Who belongs to which office, since when and until when; how work passes from one to another."""

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mistok.accounts.models.offices import Office
from mistok.accounts.permissions import ROLE_LABELS, Role

ROLES = [(role.value, label) for role, label in ROLE_LABELS.items()]
_COORDINATOR = models.Q(role=Role.COORDINATOR.value)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by time."""

    def current(self, at: dt.datetime) -> Self:
        """Those that have begun and not ended at this moment."""
        return self.filter(since__lte=at).exclude(until__lte=at)


class Membership(models.Model):
    """A person is something in an office, or coordinates inside a scope, for a time.

    `scope` of a coordinator: "world", a country ("UA"), or the canonical key of a region.
    """

    PERSONAL: ClassVar = ("person",)

    public_id = models.CharField(max_length=40, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    office = models.ForeignKey(
        Office, models.PROTECT, related_name="memberships", null=True, blank=True
    )
    role = models.CharField(_("role"), max_length=15, choices=ROLES)
    scope = models.CharField(_("scope"), max_length=40, blank=True)
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ("since", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("person", "office", "role"),
                condition=models.Q(until__isnull=True, office__isnull=False),
                name="membership_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=("person", "scope"),
                condition=models.Q(until__isnull=True, office__isnull=True),
                name="coordinator_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=(_COORDINATOR & models.Q(office__isnull=True) & ~models.Q(scope=""))
                | (~_COORDINATOR & models.Q(office__isnull=False, scope="")),
                name="membership_office_or_scope",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="membership_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.office or self.scope}"

    def is_current(self, at: dt.datetime) -> bool:
        """Whether it has begun and not ended at this moment."""
        return self.since <= at and (self.until is None or at < self.until)


class Invitation(models.Model):
    """A way into an office, sent to one address, good once and for a time.

    Only the hash of its token is kept: who reads the database cannot use it.
    """

    PERSONAL: ClassVar = ("email", "invited_by", "accepted_by")

    public_id = models.CharField(max_length=40, unique=True, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="invitations")
    role = models.CharField(_("role"), max_length=15, choices=ROLES)
    email = models.EmailField(_("e-mail address"), blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.CharField(_("who invited"), max_length=254)
    invited_at = models.DateTimeField(_("invited"))
    expires_at = models.DateTimeField(_("good until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="accepted_invitations",
        null=True,
        blank=True,
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ("-invited_at", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True) | models.Q(withdrawn_at__isnull=True),
                name="invitation_accepted_or_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.office}"

    def is_open(self, at: dt.datetime) -> bool:
        """Whether it can still be accepted at this moment."""
        return self.accepted_at is None and self.withdrawn_at is None and at < self.expires_at


class HandOver(models.Model):
    """The card by which one person's work passes to another, or waits for somebody.

    `items`: what is open, as the writer gave it; each has a `title`, and may have `kind`,
    `subject` (a public id), `due` (a day) and `contact`.
    """

    PERSONAL: ClassVar = ("from_person", "to_person", "note", "items", "written_by")

    public_id = models.CharField(max_length=40, unique=True, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="hand_overs")
    from_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="handed_over"
    )
    to_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="taken_over", null=True, blank=True
    )
    note = models.TextField(_("note"), max_length=4000, blank=True)
    items = models.JSONField(_("what is open"), default=list)
    written_by = models.CharField(_("who wrote it"), max_length=254)
    at = models.DateTimeField(_("when"))
    taken_at = models.DateTimeField(_("taken over"), null=True, blank=True)

    class Meta:
        verbose_name = _("hand-over card")
        verbose_name_plural = _("hand-over cards")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.office} {self.at:%Y-%m-%d}"


class UnitRole(models.TextChoices):
    """D1-06: what a unit of the municipality is responsible for."""

    COORDINATOR = "coordinator", _("coordinator")
    LEGAL = "legal", _("legal")
    FINANCE = "finance", _("finance")
    CUSTOMS = "customs", _("customs")
    STOREKEEPER = "storekeeper", _("storekeeper")
    PRESS = "press", _("press")
    TRANSLATOR = "translator", _("translator")


class ResponsibleUnit(models.Model):
    """D1-06: a unit, what it is responsible for, and its person for a time.

    Another person is another row: replacement is history, never an overwrite. `person` is set
    when she has an account here.
    """

    PERSONAL: ClassVar = ("person", "person_name", "work_contact")

    public_id = models.CharField(max_length=40, unique=True, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="responsible_units")
    unit = models.CharField(_("unit"), max_length=200)
    role = models.CharField(_("responsible for"), max_length=15, choices=UnitRole.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="responsibilities",
        null=True,
        blank=True,
    )
    person_name = models.CharField(_("person"), max_length=200, blank=True)
    work_contact = models.CharField(_("work contact"), max_length=254, blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("responsible unit")
        verbose_name_plural = _("responsible units")
        ordering = ("role", "since", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("office", "unit", "role"),
                condition=models.Q(until__isnull=True),
                name="responsible_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="responsible_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} ({self.role})"
