"""Stewards look at what people read; it changes through statements, merges and rebuilds only."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from mistok.provenance.admin import ReadOnlyAdmin
from mistok.registry.models import (
    Act,
    Decision,
    Instrument,
    MergedTie,
    Municipality,
    Support,
    Tie,
    TieFact,
    TieLabel,
    TieParty,
)


class PartyInline(admin.TabularInline):
    """Parties of a tie."""

    model = TieParty
    extra = 0


class MergedInline(admin.TabularInline):
    """Ids that lead to the tie."""

    model = MergedTie
    extra = 0


class LabelInline(admin.TabularInline):
    """What sources call the tie."""

    model = TieLabel
    extra = 0


class FactInline(admin.TabularInline):
    """The life of the tie."""

    model = TieFact
    extra = 0


@admin.register(Municipality)
class MunicipalityAdmin(ReadOnlyAdmin):
    """Municipalities and where merges lead."""

    list_display = ("name", "key", "country", "kind", "population", "merged_into")
    list_filter = ("kind", "country")
    search_fields = ("key", "name", "local_name")


@admin.register(Tie)
class TieAdmin(ReadOnlyAdmin):
    """Ties with parties, labels and facts."""

    list_display = ("public_id", "parties_named", "kind", "state", "since", "until", "public")
    list_filter = ("state", "kind", "public")
    search_fields = ("public_id", "parties__municipality__name")
    inlines = (PartyInline, MergedInline, LabelInline, FactInline)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Parties at hand."""
        return Tie.objects.with_parties()

    @admin.display(description="parties")
    def parties_named(self, tie: Tie) -> str:
        """The parties' names."""
        return " ⌒ ".join(party.municipality.name for party in tie.parties.all())


for model in (Act, Decision, Instrument, Support):
    admin.site.register(model, ReadOnlyAdmin)
