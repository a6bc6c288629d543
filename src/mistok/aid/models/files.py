"""Papers that were made, files that came with the goods, and photos after review."""

from typing import ClassVar

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage
from django.db import models
from django.utils.translation import gettext_lazy as _

from mistok.aid.models.acts import AidAct
from mistok.aid.models.consignments import AidLine, Consignment
from mistok.provenance.append_only import AppendOnly, AppendOnlyQuerySet


def aid_storage() -> Storage:
    """Where papers and files of aid lie: a folder of the data, which no page serves directly."""
    return FileSystemStorage(location=settings.MISTOK_DATA / "aid")


class Readers(models.TextChoices):
    """Who may read a paper or file (facts.md part 10)."""

    BOTH = "both", _("giver and receiver")
    INTERNAL = "internal", _("the receiving office")


class AidPaper(AppendOnly):
    """A paper as it was made: the same slots and template give the same bytes again."""

    PERSONAL: ClassVar = ("made_by", "slots")

    public_id = models.CharField(max_length=40, unique=True, editable=False)
    consignment = models.ForeignKey(Consignment, models.PROTECT, related_name="papers")
    act = models.ForeignKey(AidAct, models.PROTECT, related_name="papers", null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=40)
    number = models.PositiveIntegerField(_("version"))
    languages = models.JSONField(_("languages"))
    slots = models.JSONField(_("what was filled in"))
    template_version = models.PositiveIntegerField(_("version of the template"))
    readers = models.CharField(_("who may read it"), max_length=10, choices=Readers.choices)
    pdf = models.FileField(_("PDF"), storage=aid_storage, max_length=200)
    pdf_sha256 = models.CharField(_("SHA-256 of the PDF"), max_length=64)
    docx = models.FileField(_("DOCX"), storage=aid_storage, max_length=200, blank=True)
    docx_sha256 = models.CharField(_("SHA-256 of the DOCX"), max_length=64, blank=True)
    made_by = models.CharField(_("made by"), max_length=254)
    made_at = models.DateTimeField(_("made"))

    objects = AppendOnlyQuerySet["AidPaper"].as_manager()

    class Meta:
        verbose_name = _("paper of a consignment")
        verbose_name_plural = _("papers of consignments")
        ordering = ("consignment", "kind", "-number")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("consignment", "kind", "number"), name="aid_paper_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class AidFile(AppendOnly):
    """A file that somebody added: a need letter, an offer, a licence, a scan, or a photo.

    A photo is stored as pixels alone: place, time and device are taken out before it is kept.
    """

    class Kind(models.TextChoices):
        NEED_LETTER = "need_letter", _("need letter")
        DONOR_OFFER = "donor_offer", _("offer or donation letter of the donor")
        PLAN = "distribution_plan", _("distribution plan")
        INVOICE = "invoice", _("invoice or proforma invoice")
        PACKING = "packing_list", _("packing list")
        WAYBILL = "waybill", _("waybill (CMR)")
        EXPORT = "export_document", _("export document or transit declaration")
        LICENCE = "licence", _("licence or permit")
        CERTIFICATE = "certificate", _("certificate")
        VEHICLE_TITLE = "vehicle_title", _("papers of the vehicle")
        SCAN = "signed_scan", _("signed scan")
        PHOTO = "photo", _("photo")

    PERSONAL: ClassVar = ("uploaded_by", "name")

    public_id = models.CharField(max_length=40, unique=True, editable=False)
    consignment = models.ForeignKey(Consignment, models.PROTECT, related_name="files")
    act = models.ForeignKey(AidAct, models.PROTECT, related_name="files", null=True, blank=True)
    line = models.ForeignKey(AidLine, models.PROTECT, related_name="photos", null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("name of the file"), max_length=200, blank=True)
    file = models.FileField(_("file"), storage=aid_storage, max_length=200)
    content_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    key = models.CharField(_("idempotency key"), max_length=80, blank=True)
    uploaded_by = models.CharField(_("uploaded by"), max_length=254)
    uploaded_at = models.DateTimeField(_("uploaded"))

    objects = AppendOnlyQuerySet["AidFile"].as_manager()

    class Meta:
        verbose_name = _("file of a consignment")
        verbose_name_plural = _("files of consignments")
        ordering = ("consignment", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("consignment", "key"),
                condition=~models.Q(key=""),
                name="aid_file_key_once",
            )
        ]

    def __str__(self) -> str:
        return self.public_id


class FileReview(AppendOnly):
    """Whether a photo may leave the office: no plates, no buildings near hits, nobody unasked."""

    PERSONAL: ClassVar = ("by",)

    file = models.ForeignKey(AidFile, models.PROTECT, related_name="reviews")
    shown = models.BooleanField(_("may be shown to the giver"))
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    by = models.CharField(_("reviewed by"), max_length=254)
    at = models.DateTimeField(_("reviewed"))

    objects = AppendOnlyQuerySet["FileReview"].as_manager()

    class Meta:
        verbose_name = _("review of a file")
        verbose_name_plural = _("reviews of files")
        ordering = ("file", "pk")

    def __str__(self) -> str:
        return f"{self.file} {self.shown}"
