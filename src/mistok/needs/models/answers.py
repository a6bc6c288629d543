"""What comes back: answers, commitments line by line, and the links to answer by."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mistok.accounts.models import Office
from mistok.needs.lifecycle import CommitmentState
from mistok.needs.models.appeals import Addressee, Appeal
from mistok.needs.models.lines import Need
from mistok.needs.models.offers import Offer
from mistok.provenance.append_only import AppendOnly, AppendOnlyQuerySet

COMMITMENT_STATES = [
    (CommitmentState.UNCONFIRMED.value, _("the address is not confirmed yet")),
    (CommitmentState.PROPOSED.value, _("waits for the other side")),
    (CommitmentState.MADE.value, _("committed")),
    (CommitmentState.KEPT.value, pgettext_lazy("commitment", "kept")),
    (CommitmentState.WITHDRAWN.value, _("taken back")),
    (CommitmentState.DECLINED.value, _("declined")),
]


class Giver(models.TextChoices):
    """Who gives."""

    MUNICIPALITY = "municipality", _("municipality")
    ORGANISATION = "organisation", _("organisation")
    CITIZEN = "citizen", _("citizen")


class Commitment(models.Model):
    """What somebody will give against one line of need.

    `covers`: thousandths of `unit` that it counts for, also where another thing is given
    (`instead`, in words). `surplus`: thousandths beyond what was open, which raise what is asked
    when it is accepted. `asks`: whose word is awaited while it is proposed, "asker" or "giver".
    """

    class Form(models.TextChoices):
        FULL = "full", _("in full")
        PART = "part", _("in part")
        ALTERNATIVE = "alternative", _("something else instead")

    PERSONAL: ClassVar = ("giver_email", "giver_name", "made_by")

    public_id = models.CharField(max_length=40, unique=True, editable=False)
    need = models.ForeignKey(Need, models.PROTECT, related_name="commitments")
    addressee = models.ForeignKey(
        Addressee, models.PROTECT, related_name="commitments", null=True, blank=True
    )
    offer = models.ForeignKey(
        Offer, models.PROTECT, related_name="commitments", null=True, blank=True
    )
    offer_amount = models.BigIntegerField(_("taken from the offer"), default=0)
    giver = models.CharField(_("who gives"), max_length=15, choices=Giver.choices)
    giver_office = models.ForeignKey(
        Office, models.PROTECT, related_name="commitments", null=True, blank=True
    )
    giver_place = models.CharField(_("giving municipality"), max_length=40, blank=True)
    giver_name = models.CharField(_("name of the giver"), max_length=200)
    giver_email = models.EmailField(_("e-mail address of the giver"), blank=True)
    form = models.CharField(_("how"), max_length=12, choices=Form.choices)
    unit = models.CharField(_("unit of the need when it was made"), max_length=30, blank=True)
    covers = models.BigIntegerField(_("counts for"))
    surplus = models.BigIntegerField(_("beyond what is open"), default=0)
    instead = models.CharField(_("instead of what is asked"), max_length=400, blank=True)
    instead_item = models.CharField(_("item given instead"), max_length=60, blank=True)
    arrives_on = models.DateField(_("expected to arrive"), null=True, blank=True)
    shelf_life_months = models.PositiveSmallIntegerField(_("shelf life left (months)"), null=True)
    wear_percent = models.PositiveSmallIntegerField(_("wear (percent)"), null=True)
    note = models.CharField(_("note"), max_length=2000, blank=True)
    asks = models.CharField(_("whose word is awaited"), max_length=6, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=COMMITMENT_STATES)
    reason = models.CharField(_("reason"), max_length=2000, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    made_by = models.CharField(_("entered by"), max_length=254)
    made_at = models.DateTimeField(_("entered"))
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ("-made_at", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(covers__gt=0, surplus__gte=0, surplus__lte=models.F("covers")),
                name="commitment_covers_something",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in CommitmentState]),
                name="commitment_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state=CommitmentState.PROPOSED.value, asks__in=("asker", "giver")
                )
                | (~models.Q(state=CommitmentState.PROPOSED.value) & models.Q(asks="")),
                name="commitment_proposed_to_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(offer__isnull=True, offer_amount=0)
                | models.Q(offer__isnull=False, offer_amount__gt=0),
                name="commitment_takes_from_its_offer",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Answer(AppendOnly):
    """One word in the talk about a letter or a need: it came, no, a question, a reply."""

    class Kind(models.TextChoices):
        ACKNOWLEDGED = "acknowledged", _("received")
        REFUSED = "refused", _("cannot help")
        QUESTION = "question", _("question")
        REPLY = "reply", _("reply")

    PERSONAL: ClassVar = ("text", "by", "by_name")

    public_id = models.CharField(max_length=40, unique=True, editable=False)
    appeal = models.ForeignKey(
        Appeal, models.PROTECT, related_name="answers", null=True, blank=True
    )
    addressee = models.ForeignKey(
        Addressee, models.PROTECT, related_name="answers", null=True, blank=True
    )
    need = models.ForeignKey(Need, models.PROTECT, related_name="answers", null=True, blank=True)
    replies_to = models.ForeignKey(
        "self", models.PROTECT, related_name="replies", null=True, blank=True
    )
    kind = models.CharField(_("kind"), max_length=15, choices=Kind.choices)
    text = models.CharField(_("text"), max_length=4000, blank=True)
    office = models.ForeignKey(
        Office, models.PROTECT, related_name="need_answers", null=True, blank=True
    )
    place = models.CharField(_("municipality"), max_length=40, blank=True)
    by = models.CharField(_("by"), max_length=254)
    by_name = models.CharField(_("name as it is shown"), max_length=200)
    at = models.DateTimeField(_("when"))

    objects = AppendOnlyQuerySet["Answer"].as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ("at", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(appeal__isnull=False) | models.Q(need__isnull=False),
                name="answer_about_something",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"


class AnswerLink(models.Model):
    """A way to answer without an account, sent to one address, good once and for a time.

    Only the hash of its token is kept. `commitment`: what it confirms, else it answers a letter.
    """

    PERSONAL: ClassVar = ("email",)

    public_id = models.CharField(max_length=40, unique=True, editable=False)
    addressee = models.ForeignKey(
        Addressee, models.PROTECT, related_name="links", null=True, blank=True
    )
    commitment = models.ForeignKey(
        Commitment, models.PROTECT, related_name="links", null=True, blank=True
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("good until"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("link to answer by")
        verbose_name_plural = _("links to answer by")
        ordering = ("-made_at", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(addressee__isnull=False, commitment__isnull=True)
                | models.Q(addressee__isnull=True, commitment__isnull=False),
                name="link_is_for_one_thing",
            )
        ]

    def __str__(self) -> str:
        return self.public_id
