"""Acts: what was done with goods, by whom, on which day, under which number (D4-10, D4-11)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from mistok.accounts.models import Office
from mistok.aid.lifecycle import ActKind
from mistok.aid.models.consignments import AidLine, Consignment
from mistok.needs.models.lines import EndUser
from mistok.provenance.append_only import AppendOnly, AppendOnlyQuerySet

ACT_KINDS = [
    (ActKind.DISPATCH.value, _("dispatch")),
    (ActKind.CLEARANCE.value, _("clearance by customs")),
    (ActKind.ACCEPTANCE.value, _("acceptance act")),
    (ActKind.DISCREPANCY.value, _("discrepancy act")),
    (ActKind.VALUATION.value, _("valuation act")),
    (ActKind.ISSUE.value, _("issue sheet")),
    (ActKind.REDISTRIBUTION.value, _("redistribution act")),
    (ActKind.RETURN.value, _("return act")),
    (ActKind.WRITE_OFF.value, _("write-off act")),
    (ActKind.LOSS.value, _("act of loss")),
    (ActKind.SEIZURE.value, _("act of seizure")),
    (ActKind.REVERSAL.value, _("reversal")),
]


class ActCount(models.Model):
    """The last number of an office's acts of one kind in a year: no number twice, none lost."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="act_counts")
    kind = models.CharField(_("kind"), max_length=16, choices=ACT_KINDS)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("register of acts")
        verbose_name_plural = _("registers of acts")
        ordering = ("office", "kind", "year")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("office", "kind", "year"), name="act_count_once")
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.kind} {self.year}"


class AidAct(AppendOnly):
    """One act, written once. What it moved stands in the ledger's entries that name it.

    `commission`: who took part, `[{"name", "duty"}]`, at least three with an accountant for an
    acceptance. `rows`: what it says of each lot or line, as `aid.acts` keeps it. `key` with
    `body_hash`: the same sent again gives the same act, another body under the same key none.
    """

    PERSONAL: ClassVar = ("commission", "by", "signed_by")

    public_id = models.CharField(max_length=40, unique=True, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="aid_acts")
    consignment = models.ForeignKey(Consignment, models.PROTECT, related_name="acts")
    kind = models.CharField(_("kind"), max_length=16, choices=ACT_KINDS)
    number = models.PositiveIntegerField(_("number"))
    year = models.PositiveSmallIntegerField(_("year"))
    day = models.DateField(_("on"))
    settlement = models.CharField(_("settlement"), max_length=40, blank=True)
    ground = models.CharField(_("ground"), max_length=2000, blank=True)
    remarks = models.CharField(_("remarks"), max_length=4000, blank=True)
    commission = models.JSONField(_("commission"), default=list)
    signed_by = models.CharField(_("signed by"), max_length=200, blank=True)
    rows = models.JSONField(_("lines of the act"), default=list)
    follows = models.ForeignKey(
        "self", models.PROTECT, related_name="followed_by", null=True, blank=True
    )
    key = models.CharField(_("idempotency key"), max_length=80)
    body_hash = models.CharField(max_length=64, editable=False)
    by = models.CharField(_("recorded by"), max_length=254)
    at = models.DateTimeField(_("recorded"))

    objects = AppendOnlyQuerySet["AidAct"].as_manager()

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        ordering = ("consignment", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("office", "kind", "year", "number"), name="act_number_once"
            ),
            models.UniqueConstraint(fields=("office", "key"), name="act_key_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}/{self.year}"


class Distribution(AppendOnly):
    """What an issue reached (D4-11): a settlement and a category, with counts and never a name."""

    act = models.ForeignKey(AidAct, models.PROTECT, related_name="distributions")
    line = models.ForeignKey(AidLine, models.PROTECT, related_name="distributions")
    day = models.DateField(_("on"))
    settlement = models.CharField(_("settlement"), max_length=40, db_index=True)
    category = models.CharField(_("for whom"), max_length=15, choices=EndUser.choices)
    households = models.PositiveIntegerField(_("households"), null=True, blank=True)
    persons = models.PositiveIntegerField(_("persons"), null=True, blank=True)
    amount = models.BigIntegerField(_("amount in thousandths"))

    objects = AppendOnlyQuerySet["Distribution"].as_manager()

    class Meta:
        verbose_name = _("distribution")
        verbose_name_plural = _("distributions")
        ordering = ("day", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="distribution_has_something"
            )
        ]

    def __str__(self) -> str:
        return f"{self.settlement} {self.category} {self.amount}"


class AidReport(AppendOnly):
    """The report on presence and distribution that was filed for a declaration or consignment."""

    PERSONAL: ClassVar = ("by",)

    public_id = models.CharField(max_length=40, unique=True, editable=False)
    consignment = models.ForeignKey(Consignment, models.PROTECT, related_name="reports")
    number = models.CharField(_("number of the report"), max_length=60)
    filed_on = models.DateField(_("filed"))
    final = models.BooleanField(_("nothing is left to report"), default=False)
    rows = models.JSONField(_("what it tells"), default=list)
    by = models.CharField(_("recorded by"), max_length=254)
    at = models.DateTimeField(_("recorded"))

    objects = AppendOnlyQuerySet["AidReport"].as_manager()

    class Meta:
        verbose_name = _("report on aid")
        verbose_name_plural = _("reports on aid")
        ordering = ("consignment", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("consignment", "number"), name="aid_report_once")
        ]

    def __str__(self) -> str:
        return self.number
