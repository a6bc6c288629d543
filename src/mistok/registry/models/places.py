"""Municipalities, districts, regions and states that the registry speaks of."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    """Municipalities and regions that the registry speaks of."""

    def living(self) -> Self:
        """Those that were not merged into another."""
        return self.filter(merged_into__isnull=True)

    def with_public_ties(self) -> "models.QuerySet[Any]":
        """Those that are party to a public tie, with `ties_count`."""
        return self.annotate(
            ties_count=models.Count("parties", filter=models.Q(parties__tie__public=True))
        ).filter(ties_count__gt=0)


class Municipality(models.Model):
    """A municipality, district, region or state, made from the world when first needed."""

    key = models.CharField(_("key"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    local_name = models.CharField(_("local name"), max_length=200, blank=True)
    labels = models.JSONField(_("names by language"), default=dict)
    country = models.CharField(_("country"), max_length=2, db_index=True)
    kind = models.CharField(_("kind"), max_length=20)
    region = models.CharField(_("region's key"), max_length=40, blank=True)
    population = models.PositiveBigIntegerField(_("population"), null=True, blank=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True)
    lon = models.FloatField(_("longitude"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ("name", "key")

    def __str__(self) -> str:
        return f"{self.name} ({self.country})"

    def name_in(self, lang: str) -> str:
        """The name in a language, else the English one."""
        return str(self.labels.get(lang) or self.name)
