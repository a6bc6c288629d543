"""Papers of a tie, who signed them, and what bodies decided."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mistok.registry.models.order import bare_date
from mistok.registry.models.places import Municipality
from mistok.registry.models.ties import Kind, Tie
from mistok.registry.paper_states import PaperState

PAPER_STATES = [
    (PaperState.DRAFT.value, _("draft")),
    (PaperState.INTERNAL_REVIEW.value, _("under internal review")),
    (PaperState.SUBMITTED.value, _("submitted")),
    (PaperState.RETURNED.value, _("returned with remarks")),
    (PaperState.APPROVED.value, pgettext_lazy("paper", "approved")),
    (PaperState.SIGNED.value, pgettext_lazy("paper", "signed")),
    (PaperState.IN_FORCE.value, pgettext_lazy("paper", "in force")),
    (PaperState.AMENDED.value, _("amended")),
    (PaperState.EXPIRED.value, pgettext_lazy("paper", "expired")),
    (PaperState.TERMINATED.value, pgettext_lazy("paper", "ended")),
    (PaperState.SUPERSEDED.value, pgettext_lazy("paper", "replaced")),
]


class Instrument(models.Model):
    """A paper of a tie: agreement, memorandum, letter of intent …"""

    tie = models.ForeignKey(Tie, models.CASCADE, related_name="instruments")
    kind = models.CharField(_("kind of paper"), max_length=40)
    tie_kind = models.CharField(_("kind of tie"), max_length=20, choices=Kind.choices)
    signed = models.CharField(_("signed"), max_length=11, blank=True)
    mode = models.CharField(_("signed how"), max_length=20, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=PAPER_STATES, blank=True)
    effective_on = models.CharField(_("in force from"), max_length=11, blank=True)
    ends_on = models.CharField(_("ends on"), max_length=11, blank=True)
    renewal = models.CharField(_("renewal"), max_length=20, blank=True)
    review_on = models.CharField(_("review on"), max_length=11, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    supersedes = models.CharField(_("replaces"), max_length=80, blank=True)
    leads_to = models.CharField(_("leads to"), max_length=80, blank=True)
    contested = models.BooleanField(_("sources disagree"), default=False)
    statements = models.JSONField(_("statements"), default=list)

    class Meta:
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")
        ordering = ("tie", bare_date("signed"), "kind", "pk")

    def __str__(self) -> str:
        return f"{self.kind} {self.signed}"


class Signature(models.Model):
    """A party under a paper, on the date as stated (parties may sign on different days)."""

    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="signatures")
    party = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    date = models.CharField(_("date"), max_length=11, blank=True)
    person = models.CharField(_("person"), max_length=200, blank=True)
    office = models.CharField(_("office held"), max_length=200, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    mode = models.CharField(_("signed how"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ("instrument", "pk")

    def __str__(self) -> str:
        return f"{self.party_id} {self.date}"


class Decision(models.Model):
    """What a council, ministry or chamber decided on a tie, with its vote where known."""

    tie = models.ForeignKey(Tie, models.CASCADE, related_name="decisions")
    body = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True)
    body_text = models.CharField(_("body"), max_length=200, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20)
    date = models.CharField(_("date"), max_length=11, blank=True)
    number = models.CharField(_("number"), max_length=80, blank=True)
    votes = models.JSONField(_("votes"), default=dict)
    statements = models.JSONField(_("statements"), default=list)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("tie", bare_date("date"), "pk")

    def __str__(self) -> str:
        return f"{self.outcome} {self.date}"
