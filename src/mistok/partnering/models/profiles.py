"""What a municipality says of itself."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from mistok.matching.declared import SETS, Profile, Wishes
from mistok.partnering.profiles.texts import LONGEST


def codes(label: object) -> Any:
    """A set of codes, kept as an ordered list."""
    return models.JSONField(label, default=list, blank=True)  # type: ignore[arg-type]


class DeclaredProfileQuerySet(models.QuerySet["DeclaredProfile"]):
    """Profiles by who may see them."""

    def standing(self) -> Self:
        """Those that were not taken back."""
        return self.filter(withdrawn_at__isnull=True)

    def public(self) -> Self:
        """Those that anybody may read and every search may use."""
        return self.standing().filter(public=True)


class DeclaredProfile(models.Model):
    """One municipality's declared profile; `version` counts every change.

    The key is text: a profile may tell of a place that the registry need not know yet. Persons are
    not named in it: it has no personal fields, and free text with addresses is refused.
    """

    key = models.CharField(_("municipality"), max_length=40, unique=True)
    wanted = codes(_("fields wanted"))
    offered = codes(_("fields offered"))
    needs = codes(_("needs"))
    offers = codes(_("offers"))
    economy = codes(_("economy"))
    institutions = codes(_("institutions"))
    languages = codes(_("languages"))
    countries = codes(_("countries wished for"))
    not_countries = codes(_("countries not wished for"))
    population_from = models.PositiveIntegerField(_("inhabitants from"), null=True, blank=True)
    population_to = models.PositiveIntegerField(_("inhabitants to"), null=True, blank=True)
    max_km = models.PositiveIntegerField(_("kilometres at most"), null=True, blank=True)
    capacity = models.PositiveSmallIntegerField(_("new partners"), null=True, blank=True)
    about_en = models.TextField(_("about, English"), max_length=LONGEST, blank=True)
    about_uk = models.TextField(_("about, Ukrainian"), max_length=LONGEST, blank=True)
    public = models.BooleanField(_("public"), default=False)
    confirmed_on = models.DateField(_("confirmed"))
    version = models.PositiveIntegerField(_("version"), default=1)
    updated_at = models.DateTimeField(_("changed"))
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = DeclaredProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("declared profile")
        verbose_name_plural = _("declared profiles")
        ordering = ("key",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True) | models.Q(public=False),
                name="profile_withdrawn_is_not_public",
            )
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def declared(self) -> Profile:
        """The profile as matching compares it."""
        return Profile(
            **{name: frozenset(getattr(self, name)) for name in SETS},
            wishes=Wishes(
                countries=frozenset(self.countries),
                not_countries=frozenset(self.not_countries),
                population_from=self.population_from,
                population_to=self.population_to,
                max_km=self.max_km,
            ),
            capacity=self.capacity,
        )
