"""The goods ledger: lots, entries in a chain of hashes for each office, balances, signed heads.

An entry moves an amount of one lot from one account to another, so every entry balances by itself.
Rows of entries are never changed: the service, the QuerySet and a trigger in the database refuse.
"""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from mistok.accounts.models import Office
from mistok.aid.lifecycle import SOURCES
from mistok.aid.models.acts import AidAct
from mistok.aid.models.consignments import AidLine
from mistok.provenance.append_only import AppendOnly, AppendOnlyQuerySet

GENESIS = "0" * 64
"""What the first entry of a chain names as the hash before it."""


class LotQuerySet(AppendOnlyQuerySet["Lot"]):
    """Lots by who holds them."""

    def of(self, office: Office) -> Self:
        """Those in the ledger of one office."""
        return self.filter(office=office)


class Lot(AppendOnly):
    """What is counted together: goods of one line with one batch number or serial number.

    `declared` in thousandths of `unit`: by the papers it came with; none where only a bound was
    told ("over 5 t"), until it is counted. `label` is the short code on the boxes.
    """

    public_id = models.CharField(max_length=40, unique=True, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="lots")
    line = models.ForeignKey(AidLine, models.PROTECT, related_name="lots")
    label = models.CharField(_("code on the boxes"), max_length=14, unique=True, editable=False)
    unit = models.CharField(_("unit of the lot"), max_length=30)
    declared = models.BigIntegerField(_("declared"), null=True, blank=True)
    batch = models.CharField(_("batch number"), max_length=60, blank=True)
    serial = models.CharField(_("serial number or VIN"), max_length=60, blank=True)
    expires_on = models.DateField(_("use by"), null=True, blank=True)
    made_at = models.DateTimeField(_("recorded"))

    objects = LotQuerySet.as_manager()

    class Meta:
        verbose_name = _("lot")
        verbose_name_plural = _("lots")
        ordering = ("line", "pk")

    def __str__(self) -> str:
        return self.public_id


class Chain(models.Model):
    """The end of an office's chain of entries: whoever posts holds this row until she is done."""

    office = models.OneToOneField(Office, models.PROTECT, related_name="chain")
    length = models.BigIntegerField(_("entries"), default=0)
    last = models.CharField(_("hash of the last entry"), max_length=64, default=GENESIS)

    class Meta:
        verbose_name = _("chain of entries")
        verbose_name_plural = _("chains of entries")
        ordering = ("office",)

    def __str__(self) -> str:
        return f"{self.office} {self.length}"


class Entry(AppendOnly):
    """An amount of a lot moved from one account to another, by an act, and never undone silently.

    `category` tells for whom goods were issued, and is empty otherwise. `document` is the SHA-256
    of the paper that the act rests on, if one was there. `hash` is over everything in the row and
    `previous`, as `aid.ledger.chain` writes it down.
    """

    PERSONAL: ClassVar = ("by",)

    public_id = models.CharField(max_length=40, unique=True, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="entries")
    number = models.BigIntegerField(_("number in the chain"))
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="entries")
    source = models.CharField(_("from"), max_length=16)
    target = models.CharField(_("to"), max_length=16)
    category = models.CharField(_("for whom"), max_length=15, blank=True)
    amount = models.BigIntegerField(_("amount in thousandths"))
    act = models.ForeignKey(AidAct, models.PROTECT, related_name="entries")
    document = models.CharField(_("SHA-256 of the document"), max_length=64, blank=True)
    day = models.DateField(_("day of the act"))
    at = models.DateTimeField(_("posted"))
    by = models.CharField(_("posted by"), max_length=254)
    key = models.CharField(_("idempotency key"), max_length=90)
    reverses = models.OneToOneField(
        "self", models.PROTECT, related_name="reversed_by", null=True, blank=True
    )
    previous = models.CharField(_("hash before"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    objects = AppendOnlyQuerySet["Entry"].as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ("office", "number")
        indexes: ClassVar = [models.Index(fields=("lot", "number"), name="entry_by_lot")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("office", "number"), name="entry_number_once"),
            models.UniqueConstraint(fields=("office", "key"), name="entry_key_once"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="entry_moves_something"),
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")), name="entry_moves_somewhere"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.number}"


class Balance(models.Model):
    """How much of a lot is in an account (for issued goods: by category): sums kept beside them.

    `aid.ledger` alone writes it; `mistok ledger check` recomputes every one.
    """

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="balances")
    account = models.CharField(_("account"), max_length=16)
    category = models.CharField(_("for whom"), max_length=15, blank=True)
    amount = models.BigIntegerField(_("amount in thousandths"), default=0)

    class Meta:
        verbose_name = _("balance")
        verbose_name_plural = _("balances")
        ordering = ("lot", "account", "category")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("lot", "account", "category"), name="balance_once"),
            models.CheckConstraint(
                condition=models.Q(amount__gte=0)
                | models.Q(account__in=sorted(account.value for account in SOURCES)),
                name="balance_never_below_zero",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id} {self.account} {self.amount}"


class SignedHead(AppendOnly):
    """The end of a chain on a day, signed with the installation's key: nobody shortens it later."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="signed_heads")
    length = models.BigIntegerField(_("entries"))
    hash = models.CharField(_("hash of the last entry"), max_length=64)
    at = models.DateTimeField(_("signed"))
    signature = models.CharField(_("signature"), max_length=120)
    key = models.CharField(_("key"), max_length=40)

    objects = AppendOnlyQuerySet["SignedHead"].as_manager()

    class Meta:
        verbose_name = _("signed head")
        verbose_name_plural = _("signed heads")
        ordering = ("office", "length")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("office", "length"), name="head_signed_once")
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.length}"
