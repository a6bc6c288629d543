"""The life of a tie: acts that touch one or many ties, and the facts in their order."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mistok.kernel.dates import PartialDate
from mistok.registry.models.places import Municipality
from mistok.registry.models.ties import Kind, Tie


class Act(models.Model):
    """One decision of one body that may touch many ties, such as five terminations at once."""

    public_id = models.CharField(max_length=40, unique=True)
    slug = models.CharField(max_length=80, unique=True)
    body = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True)
    body_text = models.CharField(_("body"), max_length=200, blank=True)
    number = models.CharField(_("number"), max_length=80, blank=True)
    date = models.CharField(_("date"), max_length=11, blank=True)

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.slug


class TieFact(models.Model):
    """One line in the life of a tie: what happened, or was planned, and who says so."""

    tie = models.ForeignKey(Tie, models.CASCADE, related_name="facts")
    position = models.PositiveSmallIntegerField()
    event = models.CharField(_("event"), max_length=20)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    date = models.CharField(_("date"), max_length=11, blank=True)
    planned = models.BooleanField(_("planned"), default=False)
    value = models.TextField(_("as stated"))
    body = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True)
    act = models.ForeignKey(Act, models.CASCADE, null=True, blank=True, related_name="facts")
    statements = models.JSONField(_("statements"), default=list)

    class Meta:
        verbose_name = _("fact of a tie")
        verbose_name_plural = _("facts of ties")
        ordering = ("tie", "position")

    def __str__(self) -> str:
        return f"{self.tie_id} {self.event} {self.date}"

    @property
    def when(self) -> PartialDate | None:
        """The date as stated."""
        return PartialDate.parse_or_none(self.date)
