"""Stewards look at how aid goes; consignments, days and the ledger belong to the offices.

Nothing restricted is listed or searched here: no plates, drivers, carriers, routes or places of
unloading, and nothing of what a consignment holds.
"""

from django.contrib import admin

from mistok.aid.models import AidDeadline, AidPublication, Consignment, Passage, Recipient
from mistok.provenance.admin import ReadOnlyAdmin


@admin.register(Consignment)
class ConsignmentAdmin(ReadOnlyAdmin):
    """Which consignments there are and where they stand; not what comes, nor how."""

    list_display = ("public_id", "office", "regime", "state", "state_since", "version")
    list_filter = ("regime", "state", "abroad", "restricted")
    search_fields = ("public_id", "office__public_id")
    list_select_related = ("office",)
    fields = (
        "public_id",
        "office",
        "donor_office",
        "regime",
        "abroad",
        "restricted",
        "state",
        "state_since",
        "version",
        "written_at",
        "changed_at",
    )


@admin.register(Passage)
class PassageAdmin(ReadOnlyAdmin):
    """Who took a consignment on, and when it was recorded."""

    list_display = ("consignment", "before", "after", "by", "at")
    list_filter = ("after",)
    search_fields = ("consignment__public_id",)
    list_select_related = ("consignment",)
    fields = ("consignment", "before", "after", "by", "at")


@admin.register(Recipient)
class RecipientAdmin(ReadOnlyAdmin):
    """Offices as recipients of aid in the state's system."""

    list_display = ("office", "number", "status", "told_on")
    list_filter = ("status",)
    search_fields = ("number", "office__public_id")
    list_select_related = ("office",)


@admin.register(AidDeadline)
class AidDeadlineAdmin(ReadOnlyAdmin):
    """Days that the law gives to aid, with what was corrected."""

    list_display = ("rule", "consignment", "due_on", "done_on", "rule_version", "computed_at")
    list_filter = ("rule",)
    search_fields = ("public_id", "consignment__public_id")
    list_select_related = ("consignment",)


@admin.register(AidPublication)
class AidPublicationAdmin(ReadOnlyAdmin):
    """What the public reads of aid, and who approved it."""

    list_display = ("public_id", "consignment", "not_before", "approved_at", "withdrawn", "rules")
    list_filter = ("withdrawn", "rules")
    search_fields = ("public_id", "consignment__public_id")
    list_select_related = ("consignment",)
