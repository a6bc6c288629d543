"""Stewards look at what was suggested, noted and answered; it changes through services only."""

from django.contrib import admin

from mistok.partnering.models import (
    DeclaredProfile,
    MatchRun,
    PassedOver,
    Proposal,
    Round,
    Seeking,
    ShortlistEntry,
    Suggestion,
)
from mistok.partnering.procedure.admin import ProcedureRunAdmin, ReturnReasonAdmin, StepRecordAdmin
from mistok.provenance.admin import ReadOnlyAdmin


@admin.register(Round)
class RoundAdmin(ReadOnlyAdmin):
    """Rounds. Their pairs, which may be thousands, are found among the proposals."""

    list_display = ("title", "public_id", "made_at", "variant", "state")
    list_filter = ("state", "variant")
    search_fields = ("public_id", "title")


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    """Proposals by round or by the keys of their sides."""

    list_display = ("public_id", "round", "seeker", "offerer", "seeker_answer", "offerer_answer")
    list_filter = ("seeker_answer", "offerer_answer")
    search_fields = ("public_id", "round__public_id", "round__title", "seeker", "offerer")
    list_select_related = ("round",)


@admin.register(PassedOver)
class PassedOverAdmin(ReadOnlyAdmin):
    """Whom rounds passed over, and why."""

    list_display = ("round", "municipality", "side", "reason", "named")
    list_filter = ("side", "reason")
    search_fields = ("round__public_id", "round__title", "municipality")
    list_select_related = ("round",)


@admin.register(Seeking)
class SeekingAdmin(ReadOnlyAdmin):
    """The waiting list."""

    list_display = ("municipality", "side", "since", "state", "named", "first_contact_on")
    list_filter = ("side", "state")
    search_fields = ("public_id", "municipality")


@admin.register(DeclaredProfile)
class DeclaredProfileAdmin(ReadOnlyAdmin):
    """What municipalities say of themselves."""

    list_display = ("key", "public", "confirmed_on", "version", "updated_at")
    list_filter = ("public",)
    search_fields = ("key",)


@admin.register(MatchRun)
class MatchRunAdmin(ReadOnlyAdmin):
    """Kept searches."""

    list_display = ("public_id", "municipality", "algorithm", "made_at")
    search_fields = ("public_id", "municipality")


@admin.register(Suggestion)
class SuggestionAdmin(ReadOnlyAdmin):
    """What kept searches suggested."""

    list_display = ("run", "rank", "candidate", "score")
    search_fields = ("run__public_id", "candidate")
    list_select_related = ("run",)


@admin.register(ShortlistEntry)
class ShortlistEntryAdmin(ReadOnlyAdmin):
    """Shortlists, also what was taken off."""

    list_display = ("municipality", "candidate", "score", "algorithm", "added_at", "removed_at")
    search_fields = ("public_id", "municipality", "candidate")


# Django looks for admin pages in this module alone.
__all__ = ["ProcedureRunAdmin", "ReturnReasonAdmin", "StepRecordAdmin"]
