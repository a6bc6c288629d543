"""Letters of appeal: what is asked of whom, every version that went out, and their mails."""

from typing import ClassVar, Self

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mistok.accounts.models import Office
from mistok.needs.lifecycle import AppealState
from mistok.needs.models.lines import Need
from mistok.provenance.append_only import AppendOnly, AppendOnlyQuerySet

APPEAL_STATES = [
    (AppealState.DRAFT.value, _("draft")),
    (AppealState.IN_REVIEW.value, _("before the approver")),
    (AppealState.APPROVED.value, _("approved")),
    (AppealState.SENT.value, _("sent")),
    (AppealState.CLOSED.value, _("closed")),
    (AppealState.RECALLED.value, _("recalled")),
    (AppealState.WITHDRAWN.value, pgettext_lazy("letter", "withdrawn")),
]
NUMBERED = (AppealState.APPROVED, AppealState.SENT, AppealState.CLOSED, AppealState.RECALLED)


def letter_storage() -> Storage:
    """Where letters lie: a folder of the data, which no page serves directly."""
    return FileSystemStorage(location=settings.MISTOK_DATA / "letters")


class RegisterCount(models.Model):
    """The last number of an office's register of appeals in a year: no number twice, none lost."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="register_counts")
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("register of appeals")
        verbose_name_plural = _("registers of appeals")
        ordering = ("office", "year")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("office", "year"), name="register_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.year}"


class AppealQuerySet(models.QuerySet["Appeal"]):
    """Appeals by office and who got them."""

    def of(self, office: Office) -> Self:
        """Those that the office writes."""
        return self.filter(office=office)

    def sent_to(self, office: Office) -> Self:
        """Those that went out to the municipality of this office."""
        sent = (AppealState.SENT, AppealState.CLOSED, AppealState.RECALLED)
        return self.filter(addressees__place=office.place, state__in=sent).distinct()


class Appeal(models.Model):
    """A letter of appeal: the needs it asks for, to one or more addressees, each in its language.

    `words` by slot and language (`situation`, `users`, `recipient` …): what the office wrote.
    `number` and `year`: in the office's register, from the approval on. `correction`: what a
    corrected version of the sent letter shall say, until an approver approves or refuses it.
    """

    PERSONAL: ClassVar = (
        "written_by",
        "approved_by",
        "recalled_by",
        "contact_mail",
        "contact_phone",
        "signatory",
        "correction",
    )

    public_id = models.CharField(max_length=40, unique=True, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="appeals")
    title = models.CharField(_("title for the own register"), max_length=200)
    words = models.JSONField(_("words by language"), default=dict)
    recipient_code = models.CharField(_("code of the recipient"), max_length=20, blank=True)
    contact_unit = models.JSONField(_("unit that answers"), default=dict)
    contact_mail = models.EmailField(_("official mail"), blank=True)
    contact_phone = models.CharField(_("call-back number"), max_length=30, blank=True)
    signatory = models.JSONField(_("who signs"), default=dict)
    signatory_office = models.JSONField(_("office of who signs"), default=dict)
    valid_until = models.DateField(_("good until"), null=True, blank=True)
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=16, choices=APPEAL_STATES, default=AppealState.DRAFT.value
    )
    version = models.PositiveIntegerField(_("version"), default=1)
    returned_because = models.CharField(_("sent back because"), max_length=2000, blank=True)
    overruled = models.JSONField(_("findings that were let pass"), default=list)
    written_by = models.CharField(_("written by"), max_length=254)
    written_at = models.DateTimeField(_("written"))
    approved_by = models.CharField(_("approved by"), max_length=254, blank=True)
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    recalled_by = models.CharField(_("recalled by"), max_length=254, blank=True)
    recalled_at = models.DateTimeField(_("recalled"), null=True, blank=True)
    recall_reason = models.CharField(_("reason of the recall"), max_length=2000, blank=True)
    correction = models.JSONField(_("correction before the approver"), default=dict)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter of appeal")
        verbose_name_plural = _("letters of appeal")
        ordering = ("-written_at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("office", "year", "number"),
                condition=models.Q(number__isnull=False),
                name="appeal_number_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in AppealState]),
                name="appeal_state_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[state.value for state in NUMBERED])
                | models.Q(number__isnull=False, year__isnull=False),
                name="appeal_approved_has_a_number",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class AppealLine(models.Model):
    """A need in a letter, with the amount (thousandths of its unit) that the letter asks for."""

    appeal = models.ForeignKey(Appeal, models.CASCADE, related_name="lines")
    need = models.ForeignKey(Need, models.PROTECT, related_name="appeal_lines")
    position = models.PositiveSmallIntegerField(_("line"))
    amount = models.BigIntegerField(_("asked in this letter"))

    class Meta:
        verbose_name = _("line of an appeal")
        verbose_name_plural = _("lines of appeals")
        ordering = ("appeal", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("appeal", "need"), name="appeal_need_once"),
            models.UniqueConstraint(fields=("appeal", "position"), name="appeal_line_once"),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="appeal_line_asks_for_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appeal} {self.position}"


class Addressee(models.Model):
    """To whom a letter goes: a municipality, in its language, by mail, by hand or both.

    `greeted_as`: a word of `papers.naming.OFFICES` or empty; `tie`: the public id of the tie that
    the letter names. `slots`: what the approver approved, filled in, from the approval on.
    `acknowledged_at`: when the addressee said that it came.
    """

    PERSONAL: ClassVar = ("person", "email", "slots")

    public_id = models.CharField(max_length=40, unique=True, editable=False)
    appeal = models.ForeignKey(Appeal, models.CASCADE, related_name="addressees")
    place = models.CharField(_("municipality"), max_length=40, db_index=True)
    country = models.CharField(_("country"), max_length=2)
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language of the letter"), max_length=2)
    tie = models.CharField(_("tie"), max_length=40, blank=True)
    greeted_as = models.CharField(_("greeted as"), max_length=20, blank=True)
    gender = models.CharField(_("gender of the person"), max_length=1, blank=True)
    person = models.CharField(_("person"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    slots = models.JSONField(_("what was approved"), default=dict)
    acknowledged_at = models.DateTimeField(_("acknowledged"), null=True, blank=True)

    class Meta:
        verbose_name = _("addressee")
        verbose_name_plural = _("addressees")
        ordering = ("appeal", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("appeal", "place"), name="addressee_once_per_appeal")
        ]

    def __str__(self) -> str:
        return f"{self.appeal} {self.name}"


class Letter(AppendOnly):
    """A letter as it was made for one addressee: the same slots give the same bytes again.

    `code` leads to /verify/; `signature` is over what `needs.appeals.signing.signed_words` says,
    by the key with the id `key`.
    """

    PERSONAL: ClassVar = ("made_by", "slots")

    public_id = models.CharField(max_length=40, unique=True, editable=False)
    addressee = models.ForeignKey(Addressee, models.PROTECT, related_name="letters")
    number = models.PositiveIntegerField(_("version"))
    code = models.CharField(_("code"), max_length=20, unique=True)
    languages = models.JSONField(_("languages"))
    slots = models.JSONField(_("what was filled in"))
    template_version = models.PositiveIntegerField(_("version of the template"))
    pdf = models.FileField(_("PDF"), storage=letter_storage, max_length=200)
    pdf_sha256 = models.CharField(_("SHA-256 of the PDF"), max_length=64, db_index=True)
    docx = models.FileField(_("DOCX"), storage=letter_storage, max_length=200)
    docx_sha256 = models.CharField(_("SHA-256 of the DOCX"), max_length=64)
    signature = models.CharField(_("signature"), max_length=120)
    key = models.CharField(_("key"), max_length=40)
    made_by = models.CharField(_("made by"), max_length=254)
    made_at = models.DateTimeField(_("made"))

    objects = AppendOnlyQuerySet["Letter"].as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ("addressee", "-number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("addressee", "number"), name="letter_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.addressee} {self.number}"


class Posting(models.Model):
    """A mail in the queue: a letter to its addressee, or word that it was recalled.

    After a failure it is tried again, after ever longer pauses.
    """

    class Kind(models.TextChoices):
        LETTER = "letter", _("letter")
        RECALL = "recall", _("word of the recall")

    PERSONAL: ClassVar = ("to",)

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="postings")
    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices, default=Kind.LETTER)
    to = models.EmailField(_("addressed to"))
    queued_at = models.DateTimeField(_("queued"))
    next_try_at = models.DateTimeField(_("next try"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    dropped_at = models.DateTimeField(pgettext_lazy("mail", "given up"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    failure = models.CharField(_("last failure"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("mail of a letter")
        verbose_name_plural = _("mails of letters")
        ordering = ("queued_at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("letter", "kind", "to"), name="posting_once"),
            models.CheckConstraint(
                condition=models.Q(sent_at__isnull=True) | models.Q(dropped_at__isnull=True),
                name="posting_sent_or_given_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.queued_at:%Y-%m-%d}"
