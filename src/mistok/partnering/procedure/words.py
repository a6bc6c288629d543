"""Words of the procedure for people: states, roles, bodies outside, phases, kinds of papers."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

Words = Mapping[str, "StrPromise"]

STATES: Words = {
    "blocked": _("not yet"),
    "open": _("to do"),
    "waiting": _("lies with others"),
    "returned": _("returned"),
    "done": _("done"),
    "skipped": _("left out"),
    "not_needed": _("not needed"),
}
ROLES: Words = {
    "officer": _("officer"),
    "approver": _("approver"),
    "outside": _("body outside the office"),
}
BODIES: Words = {
    "council": _("council"),
    "committee": _("committee of the council"),
    "administrative_board": _("administrative board"),
    "mayor": _("mayor"),
    "military_administration": _("military administration"),
    "ministry": _("ministry or other authority"),
    "ministry_of_communities": _("Ministry for Development of Communities and Territories"),
    "ministry_of_justice": _("Ministry of Justice"),
    "ministry_of_foreign_affairs": _("Ministry of Foreign Affairs"),
    "oblast_administration": _("oblast administration"),
    "interior_ministry": _("Interior Ministry of the Land"),
    "foreign_minister": _("minister of foreign affairs"),
    "prefect": _("prefect"),
    "department_for_regional_affairs": _("Department for Regional Affairs"),
    "foreign_ministry": _("Foreign Ministry"),
    "region": _("Region"),
}
PHASES: Words = {
    "prepare": _("preparing"),
    "contact": _("getting in touch"),
    "intent": _("intent"),
    "draft": _("draft"),
    "approval": _("approvals"),
    "decision": _("decisions"),
    "text": _("final text"),
    "signing": _("signing"),
    "effect": _("taking effect"),
    "registration": _("registration and publication"),
    "life": _("life of the tie"),
    "review": _("evaluation"),
    "end": _("renewal or end"),
}
STANDINGS: Words = {
    "verified": _("verified in its source"),
    "opening": _("verified in the opening part of its source"),
    "unverified": _("from general knowledge, unverified"),
    "unknown": _("not known"),
    "ours": _("our own advice, no rule"),
}
PAPERS: Words = {
    "letter_of_introduction": _("letter of introduction"),
    "search_mandate": _("search mandate"),
    "draft_resolution": _("draft resolution"),
    "letter_of_intent": _("letter of intent"),
    "agreement": _("agreement"),
    "covering_letter": _("covering letter"),
    "action_plan": _("action plan"),
    "yearly_report": _("yearly report"),
    "evaluation": _("evaluation"),
    "suspension_notice": _("notice of suspension"),
    "termination_notice": _("notice of termination"),
    "termination_resolution": _("draft resolution on ending"),
    "thank_you_letter": _("letter of thanks"),
}
"""Kinds of mistok.papers that a run can make."""
AIMS: Words = {
    "tie": _("a new tie"),
    "suspension": _("suspension of a tie"),
    "termination": _("end of a tie"),
}
