"""Papers that were made, with what was filled in, and scans of what was signed."""

from typing import ClassVar

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage
from django.db import models
from django.utils.translation import gettext_lazy as _

from mistok.partnering.models.procedure.runs import (
    ProcedureRun,
)
from mistok.provenance.append_only import AppendOnly, AppendOnlyQuerySet


def paper_storage() -> Storage:
    """Where papers lie: a folder of the data, which no page serves directly."""
    return FileSystemStorage(location=settings.MISTOK_DATA / "papers")


class Access(models.TextChoices):
    """Who may read a paper (facts.md part 10)."""

    PARTNER = "partner", _("all sides")
    INTERNAL = "internal", _("the own office")


class PaperVersion(AppendOnly):
    """A paper as it was made: the same slots and template give the same bytes again (D1-01)."""

    PERSONAL: ClassVar = ("made_by", "slots")

    public_id = models.CharField(max_length=40, unique=True)
    run = models.ForeignKey(ProcedureRun, models.PROTECT, related_name="papers")
    position = models.PositiveSmallIntegerField(_("side"))
    step = models.CharField(_("step"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=40)
    number = models.PositiveIntegerField(_("version"))
    languages = models.JSONField(_("languages"))
    slots = models.JSONField(_("what was filled in"))
    template_version = models.PositiveIntegerField(_("version of the template"))
    access = models.CharField(_("who may read it"), max_length=10, choices=Access.choices)
    pdf = models.FileField(_("PDF"), storage=paper_storage, max_length=200)
    pdf_sha256 = models.CharField(_("SHA-256 of the PDF"), max_length=64)
    docx = models.FileField(_("DOCX"), storage=paper_storage, max_length=200)
    docx_sha256 = models.CharField(_("SHA-256 of the DOCX"), max_length=64)
    made_by = models.CharField(_("made by"), max_length=254)
    office = models.CharField(_("office"), max_length=40)
    made_at = models.DateTimeField(_("made"))

    objects = AppendOnlyQuerySet["PaperVersion"].as_manager()

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ("run", "kind", "-number")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("run", "position", "kind", "number"), name="paper_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class SignedScan(AppendOnly):
    """The scan of a paper: its bytes' hash, the day and who signed, as told by who uploaded it."""

    class Kind(models.TextChoices):
        PDF = "application/pdf", "PDF"
        PNG = "image/png", "PNG"
        JPEG = "image/jpeg", "JPEG"

    PERSONAL: ClassVar = ("signatories", "uploaded_by")

    public_id = models.CharField(max_length=40, unique=True)
    run = models.ForeignKey(ProcedureRun, models.PROTECT, related_name="scans")
    position = models.PositiveSmallIntegerField(_("side"))
    kind = models.CharField(_("kind of paper"), max_length=40)
    of = models.ForeignKey(
        PaperVersion, models.PROTECT, related_name="scans", null=True, blank=True
    )
    file = models.FileField(_("file"), storage=paper_storage, max_length=200)
    content_type = models.CharField(_("type"), max_length=20, choices=Kind.choices)
    size = models.PositiveIntegerField(_("bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    signed_on = models.DateField(_("signed"))
    signatories = models.JSONField(_("who signed"), default=list)
    access = models.CharField(_("who may read it"), max_length=10, choices=Access.choices)
    uploaded_by = models.CharField(_("uploaded by"), max_length=254)
    office = models.CharField(_("office"), max_length=40)
    uploaded_at = models.DateTimeField(_("uploaded"))

    objects = AppendOnlyQuerySet["SignedScan"].as_manager()

    class Meta:
        verbose_name = _("scan of a paper")
        verbose_name_plural = _("scans of papers")
        ordering = ("run", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("run", "sha256"), name="scan_once_per_run")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.signed_on}"
