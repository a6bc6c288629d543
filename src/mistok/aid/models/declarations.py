"""The way through customs: who may receive, unique codes, declarations by vehicle."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from mistok.accounts.models import Office
from mistok.aid.models.consignments import AidLine, Consignment, Vehicle


class Recipient(models.Model):
    """An office as recipient in the state's system (D4-14): its number there, and its standing."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("active")
        SUSPENDED = "suspended_no_report", _("suspended: no report")
        EXCLUDED = "excluded", _("excluded")

    office = models.OneToOneField(Office, models.PROTECT, related_name="recipient")
    number = models.CharField(_("number of the recipient"), max_length=40)
    status = models.CharField(
        _("standing"), max_length=20, choices=Status.choices, default=Status.ACTIVE
    )
    told_on = models.DateField(_("as told on"))
    told_by = models.CharField(_("told by"), max_length=254)

    PERSONAL: ClassVar = ("told_by",)

    class Meta:
        verbose_name = _("recipient of aid")
        verbose_name_plural = _("recipients of aid")
        ordering = ("office",)

    def __str__(self) -> str:
        return self.number


class UniqueCode(models.Model):
    """A code of the state's system for a list of goods: valid until a day that is kept (D8-02)."""

    PERSONAL: ClassVar = ("by",)

    public_id = models.CharField(max_length=40, unique=True, editable=False)
    consignment = models.ForeignKey(Consignment, models.PROTECT, related_name="codes")
    value = models.CharField(_("unique code"), max_length=60)
    recipient_number = models.CharField(_("number of the recipient"), max_length=40)
    issued_on = models.DateField(_("issued"))
    valid_until = models.DateField(_("valid until"))
    rule_version = models.CharField(_("version of the rule"), max_length=40)
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    by = models.CharField(_("recorded by"), max_length=254)
    at = models.DateTimeField(_("recorded"))

    class Meta:
        verbose_name = _("unique code")
        verbose_name_plural = _("unique codes")
        ordering = ("consignment", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("value",), name="unique_code_once"),
            models.UniqueConstraint(
                fields=("consignment",),
                condition=models.Q(ended_on__isnull=True),
                name="unique_code_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.value


class CodeLine(models.Model):
    """How much of a line stands in the list of goods under a code, in thousandths of its unit."""

    code = models.ForeignKey(UniqueCode, models.PROTECT, related_name="lines")
    line = models.ForeignKey(AidLine, models.PROTECT, related_name="code_lines")
    amount = models.BigIntegerField(_("amount in thousandths"))
    packages = models.PositiveIntegerField(_("packages"), null=True, blank=True)

    class Meta:
        verbose_name = _("line under a code")
        verbose_name_plural = _("lines under codes")
        ordering = ("code", "line__position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("code", "line"), name="code_line_once"),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="code_line_has_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code_id} {self.line_id}"


class Declaration(models.Model):
    """The declaration of goods recognised as humanitarian aid: one for each vehicle (F4-14).

    `code` is empty in the old ways, until 2024-03-31. `report_due_on` comes with the clearance.
    """

    PERSONAL: ClassVar = ("by",)

    public_id = models.CharField(max_length=40, unique=True, editable=False)
    consignment = models.ForeignKey(Consignment, models.PROTECT, related_name="declarations")
    code = models.ForeignKey(
        UniqueCode, models.PROTECT, related_name="declarations", null=True, blank=True
    )
    vehicle = models.ForeignKey(Vehicle, models.PROTECT, related_name="declarations")
    number = models.CharField(_("number of the declaration"), max_length=60)
    created_on = models.DateField(_("created"))
    valid_until = models.DateField(_("valid until"))
    rule_version = models.CharField(_("version of the rule"), max_length=40, blank=True)
    unloading = models.CharField(_("territory of unloading"), max_length=40, blank=True)
    customs_office = models.CharField(_("customs office"), max_length=200, blank=True)
    cleared_on = models.DateField(_("cleared"), null=True, blank=True)
    expired_on = models.DateField(_("recorded as expired"), null=True, blank=True)
    by = models.CharField(_("recorded by"), max_length=254)
    at = models.DateTimeField(_("recorded"))

    class Meta:
        verbose_name = _("declaration")
        verbose_name_plural = _("declarations")
        ordering = ("consignment", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("consignment", "number"), name="declaration_number_once"
            ),
            models.UniqueConstraint(
                fields=("vehicle",),
                condition=models.Q(expired_on__isnull=True),
                name="declaration_one_per_vehicle",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class DeclaredLine(models.Model):
    """How much of a line a declaration names, in thousandths of its unit."""

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="lines")
    line = models.ForeignKey(AidLine, models.PROTECT, related_name="declared_lines")
    amount = models.BigIntegerField(_("amount in thousandths"))
    packages = models.PositiveIntegerField(_("packages"), null=True, blank=True)

    class Meta:
        verbose_name = _("declared line")
        verbose_name_plural = _("declared lines")
        ordering = ("declaration", "line__position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("declaration", "line"), name="declared_line_once"),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="declared_line_has_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.declaration_id} {self.line_id}"
