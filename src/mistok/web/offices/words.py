"""Offices in people's words: states with mark and tone, days, what an audit event tells."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mistok.accounts.lifecycle import OfficeState
from mistok.accounts.models import Office
from mistok.kernel.dates import PartialDate
from mistok.web.offices.aid_words import VERBS as AID_VERBS
from mistok.web.offices.need_words import VERBS as NEED_VERBS
from mistok.web.words import StateBadge, date_words

TONES = {
    OfficeState.CLAIMED: ("amber", "○"),
    OfficeState.VERIFIED: ("moss", "●"),
    OfficeState.SUSPENDED: ("amber", "◐"),
    OfficeState.CLOSED: ("slate", "✕"),
    OfficeState.REFUSED: ("clay", "✕"),
}
VERBS = {
    **NEED_VERBS,
    **AID_VERBS,
    "accept_invitation": gettext_lazy("accepted an invitation"),
    "add_side": gettext_lazy("added a side to a procedure"),
    "add_to_shortlist": gettext_lazy("put a place on the shortlist"),
    "agree_to_show": gettext_lazy("agreed that a tie is shown"),
    "change_measure": gettext_lazy("changed a measure of the plan"),
    "claim_office": gettext_lazy("claimed the office"),
    "close_office": gettext_lazy("closed the office"),
    "close_run": gettext_lazy("closed a procedure"),
    "confirm_contacts": gettext_lazy("put the told contacts in force"),
    "confirm_fact": gettext_lazy("gave the office's word on a fact"),
    "do_step": gettext_lazy("did a step"),
    "end_membership": gettext_lazy("ended a membership"),
    "end_responsible": gettext_lazy("ended a responsibility"),
    "end_ties": gettext_lazy("ended ties"),
    "end_token": gettext_lazy("ended a token of a program"),
    "file_report": gettext_lazy("filed a report"),
    "hand_over": gettext_lazy("wrote a hand-over card"),
    "invite": gettext_lazy("invited somebody"),
    "join_run": gettext_lazy("joined a procedure"),
    "keep_check": gettext_lazy("kept a check"),
    "keep_plan": gettext_lazy("kept an action plan"),
    "make_paper": gettext_lazy("made a paper"),
    "make_token": gettext_lazy("made a token for a program"),
    "name_responsible": gettext_lazy("named who is responsible"),
    "open_run": gettext_lazy("opened a procedure"),
    "plan_measure": gettext_lazy("planned a measure"),
    "plan_step": gettext_lazy("planned a day for a step"),
    "recompute_deadlines": gettext_lazy("had deadlines computed anew"),
    "read_cards": gettext_lazy("read the hand-over cards"),
    "record_approval": gettext_lazy("recorded an approval"),
    "record_decision": gettext_lazy("recorded a decision"),
    "record_evaluation": gettext_lazy("recorded an evaluation"),
    "record_registration": gettext_lazy("recorded a registration"),
    "record_signature": gettext_lazy("recorded a signature"),
    "refuse_contacts": gettext_lazy("struck the told contacts"),
    "refuse_office": gettext_lazy("refused the claim"),
    "reinstate_office": gettext_lazy("ended the suspension"),
    "renew_feed": gettext_lazy("made a new calendar address"),
    "reopen_step": gettext_lazy("opened a step again"),
    "return_step": gettext_lazy("returned a step with reasons"),
    "save_profile": gettext_lazy("saved the profile"),
    "set_contacts": gettext_lazy("told new contacts"),
    "skip_step": gettext_lazy("skipped a step"),
    "submit_step": gettext_lazy("submitted a step for approval"),
    "suspend_office": gettext_lazy("suspended the office"),
    "take_over": gettext_lazy("named the successor of a hand-over"),
    "tell_event": gettext_lazy("told an event of a tie"),
    "upload_scan": gettext_lazy("added the scan of a signed paper"),
    "verify_office": gettext_lazy("verified the office"),
    "withdraw_invitation": gettext_lazy("withdrew an invitation"),
}
REFUSED = "refused_"


def office_badge(office: Office) -> StateBadge:
    """How far an office is believed, as a word with a mark; a contested claim says so."""
    tone, icon = TONES[OfficeState(office.state)]
    label = str(office.get_state_display())
    if office.contested:
        tone, icon, label = "clay", "◐", _("contested")
    return StateBadge(office.state, label, tone, icon)


def day_words(day: dt.date | None) -> str:
    """A day written out; empty for none."""
    return date_words(PartialDate(day.year, day.month, day.day)) if day else ""


def moment_words(at: dt.datetime | None) -> str:
    """The day of a moment, written out."""
    return day_words(timezone.localdate(at)) if at else ""


def age_words(since: dt.datetime, now: dt.datetime) -> str:
    """How long something waits, in whole days."""
    days = max((now - since).days, 0)
    if not days:
        return _("since today")
    return ngettext("for %(days)s day", "for %(days)s days", days) % {"days": days}


def verb_words(verb: str) -> str:
    """An act as the audit trail tells it; one that was refused says so."""
    refused = verb.startswith(REFUSED) and verb not in VERBS
    plain = verb.removeprefix(REFUSED) if refused else verb
    words = str(VERBS[plain]) if plain in VERBS else plain.replace("_", " ")
    return _("tried and was refused: %(act)s") % {"act": words} if refused else words
