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
OF_ONE_HOUSE = frozenset(
    {"search_mandate", "draft_resolution", "covering_letter", "termination_resolution"}
)
"""Papers of one house; all others are made to be read by every side (facts.md part 10)."""
AIMS: Words = {
    "tie": _("a new tie"),
    "suspension": _("suspension of a tie"),
    "termination": _("end of a tie"),
}
DETAILS: Words = {
    "number": _("Number of the act"),
    "ground": _("Legal ground"),
    "amount": _("Forecast amount of the commitments"),
    "community": _("Official name of the community that gets the aid"),
    "help": _("Amount or thing that is given"),
    "reason": _("Reason"),
    "review_on": _("Day on which it is looked at again"),
    "end_date": _("Last day of the term"),
    "manager": _("Who manages the link"),
    "instrument": _("What kind of paper"),
}
"""What a step may ask for when it is done."""
COOPERATION: Words = {
    "interterritorial": _("interterritorial"),
    "cross_border": _("cross-border"),
    "transnational": _("transnational"),
}
"""F2-03: an entry of the state's list may have several."""
CRITERION_LABELS: Words = {
    "mutual_benefit": _("Use for both sides"),
    "activity": _("Activity"),
    "citizens": _("Citizens taking part"),
    "cost": _("Cost"),
    "results": _("Results"),
}
"""D1-08: by what an evaluation looks at a tie."""
VERBS: Words = {
    "add_side": _("added a side to a procedure"),
    "change_measure": _("changed a measure of the plan"),
    "file_report": _("filed a report"),
    "join_run": _("joined a procedure"),
    "keep_plan": _("kept an action plan"),
    "make_paper": _("made a paper"),
    "plan_measure": _("planned a measure"),
    "recompute_deadlines": _("had deadlines computed anew"),
    "upload_scan": _("added the scan of a signed paper"),
}
"""What is written to a run that is no act on a step, as its audit events name it."""
