"""Reported help that is not a tie."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mistok.registry.models.order import bare_date
from mistok.registry.models.places import Municipality


class Support(models.Model):
    """Help that a source reports: goods, money, hosting, rebuilding. Not a tie by itself."""

    public_id = models.CharField(max_length=40, unique=True)
    giver = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="support_given"
    )
    giver_text = models.CharField(_("giver"), max_length=200, blank=True)
    receiver = models.ForeignKey(Municipality, models.PROTECT, related_name="support_received")
    kind = models.CharField(_("kind"), max_length=20)
    status = models.CharField(_("status"), max_length=20)
    date = models.CharField(_("date"), max_length=11, blank=True)
    value = models.TextField(_("as stated"))
    restricted = models.BooleanField(_("restricted"), default=True)
    statements = models.JSONField(_("statements"), default=list)

    class Meta:
        verbose_name = _("reported help")
        verbose_name_plural = _("reported help")
        ordering = (bare_date("date").desc(), "public_id")

    def __str__(self) -> str:
        return self.public_id
