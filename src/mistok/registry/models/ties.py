"""Ties, their parties, labels and the words for kinds and states."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from mistok.registry import words
from mistok.registry.lifecycle import TieState
from mistok.registry.models.places import Municipality

STATE_LABELS = words.STATE_LABELS


class Kind(models.TextChoices):
    """D1-03: what a tie is; what a source calls it is a TieLabel."""

    TWINNING = "twinning", _("twinning")
    PARTNERSHIP = "partnership", _("partnership")
    FRIENDSHIP = "friendship", _("friendship")
    SOLIDARITY = "solidarity", _("solidarity partnership")
    PROJECT = "project", _("project partnership")
    OPERATOR = "operator", _("partnership of utilities")
    PATRONAGE = "patronage", _("patronage of a state over a region")
    NETWORK = "network", _("network")
    CONTACT = "contact", _("contact")
    UNKNOWN = "unknown", _("kind not stated")


class TieQuerySet(models.QuerySet["Tie"]):
    """Ties as the public may see them."""

    def public(self) -> Self:
        """Those with at least one standing source."""
        return self.filter(public=True)

    def of(self, municipality: Municipality) -> Self:
        """Those that the municipality is party to."""
        return self.filter(parties__municipality=municipality)

    def with_country(self, *codes: str) -> Self:
        """Those with a party in one of the countries."""
        return self.filter(
            pk__in=TieParty.objects.filter(municipality__country__in=codes).values("tie_id")
        )

    def with_parties(self) -> Self:
        """Parties at hand, in their order, without a query a row."""
        return self.prefetch_related(
            models.Prefetch("parties", TieParty.objects.select_related("municipality"))
        )


class Tie(models.Model):
    """A relation between two or more authorities, apart from the papers that they sign."""

    public_id = models.CharField(max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    state = models.CharField(
        _("state"), max_length=20, choices=[(s.value, STATE_LABELS[s]) for s in TieState]
    )
    since = models.CharField(_("since"), max_length=11, blank=True)
    until = models.CharField(_("until"), max_length=11, blank=True)
    latest = models.CharField(_("latest fact"), max_length=11, blank=True, db_index=True)
    ends_on = models.CharField(_("ends on"), max_length=11, blank=True)
    renewal = models.CharField(_("renewal"), max_length=20, blank=True)
    review_on = models.CharField(_("review on"), max_length=11, blank=True)
    sources_count = models.PositiveIntegerField(_("sources"), default=0)
    public = models.BooleanField(_("public"), default=False)

    objects = TieQuerySet.as_manager()

    class Meta:
        verbose_name = _("tie")
        verbose_name_plural = _("ties")
        ordering = ("public_id",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(public=False) | models.Q(sources_count__gte=1),
                name="tie_public_only_with_a_source",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in TieState]),
                name="tie_state_known",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class MergedTie(models.Model):
    """A tie whose parties turned out to be those of another: its public id leads there.

    Its statements stay under its id and count for the other.
    """

    public_id = models.CharField(max_length=40, unique=True)
    tie = models.ForeignKey(Tie, models.CASCADE, related_name="merged")

    class Meta:
        verbose_name = _("merged tie")
        verbose_name_plural = _("merged ties")
        ordering = ("public_id",)

    def __str__(self) -> str:
        return self.public_id


class TieParty(models.Model):
    """Who is party to a tie, in the order in which it is shown."""

    tie = models.ForeignKey(Tie, models.CASCADE, related_name="parties")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="parties")
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ("tie", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("tie", "municipality"), name="party_once_per_tie")
        ]

    def __str__(self) -> str:
        return f"{self.tie_id} {self.position}"


class TieLabel(models.Model):
    """What a source calls the tie, in its own words and language."""

    tie = models.ForeignKey(Tie, models.CASCADE, related_name="labels")
    label = models.CharField(_("label"), max_length=200)
    lang = models.CharField(_("language"), max_length=12, blank=True)
    statements = models.JSONField(_("statements"), default=list)

    class Meta:
        verbose_name = _("label as reported")
        verbose_name_plural = _("labels as reported")
        ordering = ("tie", "lang", "label")

    def __str__(self) -> str:
        return self.label
