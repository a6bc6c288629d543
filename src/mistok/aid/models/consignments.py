"""What comes from whom: consignments with their lines, vehicles and passages."""

from decimal import Decimal
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mistok.accounts.models import Office
from mistok.aid.lifecycle import ENDED, Regime, State
from mistok.needs.models import Commitment, Need
from mistok.needs.models.lines import STEPS_PER_UNIT, EndUser
from mistok.provenance.append_only import AppendOnly, AppendOnlyQuerySet

REGIMES = [
    (Regime.HUMANITARIAN.value, _("humanitarian aid")),
    (Regime.GIFT.value, _("charitable gift")),
    (Regime.TECHNICAL.value, _("technical assistance")),
    (Regime.TRANSFER.value, _("transfer between municipalities")),
    (Regime.PATRONAGE.value, _("patronage of a state")),
    (Regime.LOAN.value, _("loan")),
    (Regime.MONEY.value, _("grant of money")),
    (Regime.MILITARY.value, _("military aid (never public)")),
]
STATES = [
    (State.OFFERED.value, pgettext_lazy("consignment", "offered")),
    (State.ACCEPTED.value, pgettext_lazy("consignment", "accepted")),
    (State.CODE_ISSUED.value, _("code issued")),
    (State.DECLARED.value, pgettext_lazy("consignment", "declared")),
    (State.DISPATCHED.value, pgettext_lazy("consignment", "dispatched")),
    (State.EXPORT_CLEARED.value, _("cleared for export")),
    (State.AT_BORDER.value, _("at the border")),
    (State.CUSTOMS_CLEARED.value, _("cleared by customs")),
    (State.RECEIVED.value, pgettext_lazy("consignment", "received")),
    (State.ON_BALANCE.value, _("in the books")),
    (State.DISTRIBUTING.value, _("being distributed")),
    (State.DISTRIBUTED.value, pgettext_lazy("consignment", "distributed")),
    (State.REPORTED.value, pgettext_lazy("consignment", "reported")),
    (State.CLOSED.value, pgettext_lazy("consignment", "closed")),
    (State.REFUSED.value, pgettext_lazy("consignment", "refused")),
    (State.CODE_EXPIRED.value, _("code expired")),
    (State.DECLARATION_EXPIRED.value, _("declaration expired")),
    (State.SEIZED.value, pgettext_lazy("consignment", "seized")),
    (State.LOST.value, pgettext_lazy("consignment", "lost")),
    (State.RETURNED.value, pgettext_lazy("consignment", "returned")),
]


class Bound(models.TextChoices):
    """How a number was told: "more than five tonnes" stays an inequality."""

    EXACT = "", _("exactly")
    MORE = ">", _("more than")
    LESS = "<", _("less than")
    ABOUT = "~", _("about")


class LineBasis(models.TextChoices):
    """What the value of a line rests on (D4-08)."""

    INVOICE = "invoice", _("invoice")
    PROFORMA = "proforma", _("proforma invoice")
    STATEMENT = "donor_statement", _("statement of the donor")
    COMMISSION = "fair_value_commission", _("fair value, by a commission")


class ControlList(models.TextChoices):
    """On which list of controlled goods a line stands."""

    NONE = "", _("on no list")
    DUAL_USE = "dual_use", _("dual use (CMU 86)")
    MILITARY = "military", _("military (CMU 1807)")
    BOTH = "both", _("on both lists")


class VehicleKind(models.TextChoices):
    """In what goods come."""

    TRUCK = "truck", _("truck")
    VAN = "van", _("van or car")
    WAGON = "wagon", _("rail wagon")
    OWN_WHEELS = "own_wheels", _("the vehicle itself is given")
    OTHER = "other", pgettext_lazy("vehicle", "other")


class ConsignmentQuerySet(models.QuerySet["Consignment"]):
    """Consignments by office and state."""

    def of(self, office: Office) -> Self:
        """Those that an office gets."""
        return self.filter(office=office)

    def given_by(self, office: Office) -> Self:
        """Those that an office gives."""
        return self.filter(donor_office=office)

    def living(self) -> Self:
        """Those neither closed nor refused."""
        return self.exclude(state__in=[state.value for state in ENDED])


class Consignment(models.Model):
    """One batch of aid, from the offer to the report, as the receiving office keeps it.

    `office` receives and keeps the ledger. The donor is an office here, or a place, or only a
    name, or nobody known (`donor_name` empty). `carrier` and `route` are restricted. `series` is
    the standing need that repeated consignments serve. `restricted`: never public as a whole.
    """

    PERSONAL: ClassVar = ("donor_contact", "written_by")

    public_id = models.CharField(max_length=40, unique=True, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="consignments")
    donor_office = models.ForeignKey(
        Office, models.PROTECT, related_name="given_consignments", null=True, blank=True
    )
    donor_place = models.CharField(_("giving municipality"), max_length=40, blank=True)
    donor_name = models.CharField(_("name of the donor"), max_length=200, blank=True)
    donor_contact = models.CharField(_("contact of the donor"), max_length=254, blank=True)
    title = models.CharField(_("title"), max_length=200)
    regime = models.CharField(_("regime"), max_length=24, choices=REGIMES)
    abroad = models.BooleanField(_("comes from abroad"), default=True)
    series = models.ForeignKey(
        Need, models.PROTECT, related_name="series_of_consignments", null=True, blank=True
    )
    carrier = models.CharField(_("carrier"), max_length=200, blank=True)
    route = models.CharField(_("route and crossing"), max_length=400, blank=True)
    unloading = models.CharField(_("place of unloading"), max_length=400, blank=True)
    note = models.CharField(_("note"), max_length=2000, blank=True)
    restricted = models.BooleanField(_("never public"), default=False)
    state = models.CharField(_("state"), max_length=20, choices=STATES, default=State.OFFERED.value)
    state_since = models.DateField(_("state since"))
    version = models.PositiveIntegerField(_("version"), default=1)
    written_by = models.CharField(_("written by"), max_length=254)
    written_at = models.DateTimeField(_("written"))
    changed_at = models.DateTimeField(_("changed"))

    objects = ConsignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consignment")
        verbose_name_plural = _("consignments")
        ordering = ("-written_at", "-pk")
        indexes: ClassVar = [models.Index(fields=("office", "state"), name="consignment_by_state")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in State]),
                name="consignment_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(regime__in=[regime.value for regime in Regime]),
                name="consignment_regime_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(regime=Regime.MILITARY.value) | models.Q(restricted=True),
                name="consignment_military_is_restricted",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Passage(AppendOnly):
    """One step in the life of a consignment: from which state to which, on which day."""

    PERSONAL: ClassVar = ("by",)

    consignment = models.ForeignKey(Consignment, models.PROTECT, related_name="passages")
    before = models.CharField(_("before"), max_length=20, blank=True)
    after = models.CharField(_("after"), max_length=20, choices=STATES)
    day = models.DateField(_("on"))
    note = models.CharField(_("note"), max_length=2000, blank=True)
    by = models.CharField(_("by"), max_length=254)
    at = models.DateTimeField(_("recorded"))

    objects = AppendOnlyQuerySet["Passage"].as_manager()

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ("consignment", "pk")

    def __str__(self) -> str:
        return f"{self.consignment} {self.after} {self.day}"


class Vehicle(models.Model):
    """A truck or wagon that brings a part; plate and driver are restricted (table 7.2)."""

    PERSONAL: ClassVar = ("driver",)

    public_id = models.CharField(max_length=40, unique=True, editable=False)
    consignment = models.ForeignKey(Consignment, models.PROTECT, related_name="vehicles")
    kind = models.CharField(_("kind"), max_length=12, choices=VehicleKind.choices)
    plate = models.CharField(_("plate or wagon number"), max_length=40, blank=True)
    trailer = models.CharField(_("plate of the trailer"), max_length=40, blank=True)
    driver = models.CharField(_("driver"), max_length=200, blank=True)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)

    class Meta:
        verbose_name = _("vehicle")
        verbose_name_plural = _("vehicles")
        ordering = ("consignment", "pk")

    def __str__(self) -> str:
        return self.public_id


class AidLine(models.Model):
    """One kind of goods in a consignment (D4-08).

    `names` by language: the donor's, Ukrainian, English. `amount` in thousandths of `unit` as it
    was told, with its `bound`; none where no number was told. Weights in grams. `lots` says how
    the line is counted: a list of `{"batch", "serial", "expires_on", "amount"}`, empty for one lot.
    """

    public_id = models.CharField(max_length=40, unique=True, editable=False)
    consignment = models.ForeignKey(Consignment, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField(_("line"))
    names = models.JSONField(_("names by language"), default=dict)
    item = models.CharField(_("item"), max_length=60, blank=True)
    cluster = models.CharField(_("field of help"), max_length=40)
    hs6 = models.CharField(_("HS heading"), max_length=6, blank=True)
    uktzed = models.CharField(_("code by UKTZED"), max_length=10, blank=True)
    unit = models.CharField(_("unit of the line"), max_length=30)
    bound = models.CharField(_("how it was told"), max_length=1, choices=Bound.choices, blank=True)
    amount = models.BigIntegerField(_("amount as told"), null=True, blank=True)
    packages = models.PositiveIntegerField(_("packages"), null=True, blank=True)
    pieces = models.PositiveIntegerField(_("pieces"), null=True, blank=True)
    net_grams = models.BigIntegerField(_("net weight in grams"), null=True, blank=True)
    gross_grams = models.BigIntegerField(_("gross weight in grams"), null=True, blank=True)
    unit_value = models.DecimalField(
        _("value of one unit"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    value_basis = models.CharField(
        _("value rests on"), max_length=24, choices=LineBasis.choices, blank=True
    )
    uah_rate = models.DecimalField(
        _("rate of the National Bank"), max_digits=14, decimal_places=6, null=True, blank=True
    )
    rate_day = models.DateField(_("day of the rate"), null=True, blank=True)
    used = models.BooleanField(_("used"), default=False)
    wear_percent = models.PositiveSmallIntegerField(_("wear (percent)"), null=True, blank=True)
    produced_on = models.DateField(_("produced"), null=True, blank=True)
    lot_details = models.JSONField(_("batches and serial numbers"), default=list)
    control_list = models.CharField(
        _("list of controlled goods"), max_length=8, choices=ControlList.choices, blank=True
    )
    licence = models.CharField(_("number of the licence"), max_length=80, blank=True)
    end_user = models.CharField(_("for whom"), max_length=15, choices=EndUser.choices)
    commitment = models.ForeignKey(
        Commitment, models.PROTECT, related_name="aid_lines", null=True, blank=True
    )
    restricted = models.BooleanField(_("never public"), default=False)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)

    class Meta:
        verbose_name = _("line of a consignment")
        verbose_name_plural = _("lines of consignments")
        ordering = ("consignment", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("consignment", "position"), name="aid_line_position_once"
            ),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gt=0),
                name="aid_line_has_something",
            ),
            models.CheckConstraint(
                condition=models.Q(control_list="", restricted=False) | models.Q(restricted=True),
                name="aid_line_controlled_is_restricted",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def number(self) -> Decimal | None:
        """The amount as told, in units."""
        return None if self.amount is None else Decimal(self.amount) / STEPS_PER_UNIT

    @property
    def countable(self) -> bool:
        """Whether its amount is told exactly, so that the ledger can take it before it arrives."""
        return self.amount is not None and self.bound == Bound.EXACT
