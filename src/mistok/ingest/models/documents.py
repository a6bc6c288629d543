"""Documents that were read, and the proposals that wait for a person. Nothing here is a fact."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from mistok.provenance.models import Source


class Document(models.Model):
    """A text as it was read: its words, where they come from, and the hash of the kept copy.

    The text is for reviewers only: others hold its rights. `fingerprint` tells near copies, and
    `copy_of` is the document whose words this one repeats: both count as one source.
    """

    class Origin(models.TextChoices):
        PASTED = "pasted", _("pasted")
        UPLOADED = "uploaded", _("uploaded")
        ADDRESS = "address", _("fetched from its address")
        FEED = "feed", _("came with a feed")
        API = "api", _("sent by a program")
        SHELL = "shell", _("read at the shell")

    public_id = models.CharField(max_length=40, unique=True)
    sha256 = models.CharField(_("hash of the kept copy"), max_length=64, db_index=True)
    text = models.TextField(_("text"))
    archived = models.CharField(_("kept as"), max_length=200, blank=True)
    title = models.CharField(_("title"), max_length=400, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    publisher_country = models.CharField(_("country of the publisher"), max_length=2, blank=True)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    published = models.CharField(_("published"), max_length=11, blank=True)
    origin = models.CharField(_("came as"), max_length=12, choices=Origin.choices)
    fingerprint = models.CharField(max_length=16, blank=True, db_index=True)
    copy_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="copies"
    )
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="documents"
    )
    reader = models.CharField(_("version of the reader"), max_length=20, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True)
    added_by = models.CharField(_("added by"), max_length=254)
    added_at = models.DateTimeField(_("added"), db_index=True)
    open_proposals = models.PositiveIntegerField(_("open proposals"), default=0, db_index=True)

    class Meta:
        verbose_name = _("document that was read")
        verbose_name_plural = _("documents that were read")
        ordering = ("added_at", "pk")
        permissions: ClassVar = [("review_readings", "Can review what was read")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("sha256", "url"), name="document_once_per_address")
        ]

    def __str__(self) -> str:
        return self.title or self.public_id


class Proposal(models.Model):
    """One fact that a document seems to state. A person accepts, corrects or rejects it.

    `content` is what the reader gave (a tie, aid or project as `mistok read` prints it) and stays;
    `corrected` what the reviewer made of it. `claim` is a hash of what is claimed, whoever claims
    it: by it a rejected claim is remembered. `subject` is what its statements are about.
    """

    class What(models.TextChoices):
        TIE = "tie", _("tie")
        AID = "aid", _("aid")
        PROJECT = "project", _("project")

    class State(models.TextChoices):
        OPEN = "open", _("waits for review")
        ACCEPTED = "accepted", _("accepted")
        CORRECTED = "corrected", _("accepted with corrections")
        REJECTED = "rejected", _("rejected")
        SUPERSEDED = "superseded", _("read anew")

    public_id = models.CharField(max_length=40, unique=True)
    document = models.ForeignKey(Document, models.PROTECT, related_name="proposals")
    number = models.PositiveIntegerField()
    what = models.CharField(_("what"), max_length=10, choices=What.choices)
    content = models.JSONField(_("as read"))
    corrected = models.JSONField(_("as corrected"), null=True, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    confidence = models.FloatField(_("confidence"))
    claim = models.CharField(max_length=64, db_index=True)
    subject = models.CharField(_("about"), max_length=40, blank=True, db_index=True)
    countries = models.JSONField(_("countries of the parties"), default=list)
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.OPEN, db_index=True
    )
    version = models.PositiveIntegerField(default=1)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=254, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    statements = models.JSONField(_("statements"), default=list)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ("document", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("document", "number"), name="proposal_numbered_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "superseded"], decided_at__isnull=True)
                | models.Q(
                    state__in=["accepted", "corrected", "rejected"], decided_at__isnull=False
                ),
                name="proposal_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="rejected") | ~models.Q(reason=""),
                name="proposal_rejected_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def meant(self) -> dict[str, object]:
        """What is meant today: as corrected, else as read."""
        return dict(self.corrected if self.corrected is not None else self.content)
