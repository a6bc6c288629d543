"""Every act of the platform that needs a right, every role, and which role may do which act.

Pure: no database. Whether a person may do an act *here and now* is asked of
`mistok.accounts.policies`, which reads these tables. docs/reference/permissions.md and the test
of every role against every act are made from them.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class Role(StrEnum):
    """What a person is in an office; a coordinator has no office but a scope."""

    OFFICER = "officer"
    APPROVER = "approver"
    STOREKEEPER = "storekeeper"
    AUDITOR = "auditor"
    COORDINATOR = "coordinator"
    DONOR = "donor"


ROLE_LABELS: Mapping[Role, "StrPromise"] = {
    Role.OFFICER: _("officer"),
    Role.APPROVER: _("approver"),
    Role.STOREKEEPER: _("storekeeper"),
    Role.AUDITOR: _("auditor"),
    Role.COORDINATOR: _("coordinator"),
    Role.DONOR: _("donor"),
}


class Permission(StrEnum):
    """One name for every act that needs a right."""

    CLAIM_OFFICE = "claim_office"
    EXPORT_OWN_DATA = "export_own_data"

    VERIFY_OFFICE = "verify_office"
    SUSPEND_OFFICE = "suspend_office"
    CLOSE_OFFICE = "close_office"
    APPOINT_COORDINATOR = "appoint_coordinator"
    ERASE_PERSON = "erase_person"
    EDIT_RULE = "edit_rule"
    COORDINATE_ROUNDS = "coordinate_rounds"
    KEEP_WAITING_LIST = "keep_waiting_list"

    INVITE = "invite"
    INVITE_APPROVER = "invite_approver"
    END_MEMBERSHIP = "end_membership"
    HAND_OVER = "hand_over"
    SET_CONTACTS = "set_contacts"
    NAME_RESPONSIBLE = "name_responsible"
    READ_WORKING_PAPERS = "read_working_papers"
    SEE_AUDIT = "see_audit"
    KEEP_SHORTLIST = "keep_shortlist"

    EDIT_PROFILE = "edit_profile"
    ANSWER_ROUND = "answer_round"
    OPEN_PROCEDURE = "open_procedure"
    DO_STEP = "do_step"
    SUBMIT_FOR_APPROVAL = "submit_for_approval"
    RETURN_WITH_REASONS = "return_with_reasons"
    APPROVE_PAPER = "approve_paper"
    RECORD_DECISION = "record_decision"
    SIGN = "sign"
    REGISTER_INSTRUMENT = "register_instrument"
    UPLOAD_SCAN = "upload_scan"
    TELL_EVENT = "tell_event"
    CONFIRM_FACTS = "confirm_facts"
    SUSPEND_TIE = "suspend_tie"
    END_TIE = "end_tie"
    REVIVE_TIE = "revive_tie"
    EDIT_ACTION_PLAN = "edit_action_plan"
    FILE_REPORT = "file_report"
    WITHDRAW_STATEMENT = "withdraw_statement"

    READ_NEEDS = "read_needs"
    WRITE_NEED = "write_need"
    PUBLISH_NEED = "publish_need"
    WRITE_APPEAL = "write_appeal"
    APPROVE_APPEAL = "approve_appeal"
    SEND_APPEAL = "send_appeal"
    RECALL_APPEAL = "recall_appeal"
    ANSWER_APPEAL = "answer_appeal"
    COMMIT_HELP = "commit_help"
    ACCEPT_HELP = "accept_help"
    WRITE_OFFER = "write_offer"
    COMMIT_PRIVATELY = "commit_privately"


P = Permission

DESCRIPTIONS: Mapping[Permission, "StrPromise"] = {
    P.CLAIM_OFFICE: _("Say that one works for a municipality and ask for an office in its name."),
    P.EXPORT_OWN_DATA: _("Take away everything that is kept about oneself."),
    P.VERIFY_OFFICE: _("Decide after calling back whether an office is what it says it is."),
    P.SUSPEND_OFFICE: _(
        "Stop an office from acting while a doubt is cleared up, and end the stop."
    ),
    P.CLOSE_OFFICE: _("Close an office for good; what it did stays readable."),
    P.APPOINT_COORDINATOR: _("Make a person the coordinator of a country or a region."),
    P.ERASE_PERSON: _("Empty the personal fields of another person, at this person's request."),
    P.EDIT_RULE: _("Add a dated version of a rule of law."),
    P.COORDINATE_ROUNDS: _("Keep, open, close and take back rounds of proposals."),
    P.KEEP_WAITING_LIST: _("Put municipalities on the waiting list and take them off."),
    P.INVITE: _("Invite an officer, storekeeper, auditor or donor into the office."),
    P.INVITE_APPROVER: _("Invite somebody who will approve and sign for the office."),
    P.END_MEMBERSHIP: _("End another person's membership of the office."),
    P.HAND_OVER: _("Write and read the cards by which one person's work passes to another."),
    P.SET_CONTACTS: _("Tell a new call-back number, official mail or site of the office."),
    P.NAME_RESPONSIBLE: _("Name who in the municipality is responsible for what."),
    P.READ_WORKING_PAPERS: _("Read the drafts, open steps and hand-over cards of the office."),
    P.SEE_AUDIT: _("See who did what in the name of the office."),
    P.KEEP_SHORTLIST: _("Keep the shortlist of possible partners of the municipality."),
    P.EDIT_PROFILE: _("Write, confirm and take back the municipality's profile."),
    P.ANSWER_ROUND: _("Accept or decline a partner that a round proposes."),
    P.OPEN_PROCEDURE: _("Begin the way to a tie with another municipality."),
    P.DO_STEP: _("Do a step of a procedure, or skip one that is optional."),
    P.SUBMIT_FOR_APPROVAL: _("Put a paper before those who must approve it."),
    P.RETURN_WITH_REASONS: _("Send a paper back with the reasons, instead of approving it."),
    P.APPROVE_PAPER: _("Approve a paper in the name of the municipality."),
    P.RECORD_DECISION: _("Write down what a council or committee decided, with its votes."),
    P.SIGN: _("Record that a paper was signed, by whom and when."),
    P.REGISTER_INSTRUMENT: _("Record the registration of a signed paper."),
    P.UPLOAD_SCAN: _("Add the scan of a signed paper."),
    P.TELL_EVENT: _("Tell what happened in the life of a tie of the municipality."),
    P.CONFIRM_FACTS: _("Confirm, correct or dispute what the registry says of an own tie."),
    P.SUSPEND_TIE: _("Record that the municipality has suspended a tie."),
    P.END_TIE: _("Record that the municipality has ended one tie or many by one act."),
    P.REVIVE_TIE: _("Take up a sleeping tie again."),
    P.EDIT_ACTION_PLAN: _("Write the yearly plan of measures of a tie."),
    P.FILE_REPORT: _("File the yearly report on a tie."),
    P.WITHDRAW_STATEMENT: _("Withdraw what the office stated, with the reason; it stays readable."),
    P.READ_NEEDS: _("Read the needs and letters of the office and those its partners show it."),
    P.WRITE_NEED: _("Write, change, show to partners and withdraw the needs of the municipality."),
    P.PUBLISH_NEED: _("Approve what the public may read of a need, and take it back."),
    P.WRITE_APPEAL: _("Write a letter of appeal and put it before the approver."),
    P.APPROVE_APPEAL: _("Approve a letter of appeal, or send it back with the reasons."),
    P.SEND_APPEAL: _("Send an approved letter of appeal to its addressees."),
    P.RECALL_APPEAL: _("Recall a letter of appeal that went out, with the reason."),
    P.ANSWER_APPEAL: _("Acknowledge, refuse or question an appeal in the name of the office."),
    P.COMMIT_HELP: _("Commit help against a need of a partner, and take it back."),
    P.ACCEPT_HELP: _("Accept or decline help that is more than was asked or something else."),
    P.WRITE_OFFER: _("Write, change and close an offer of the municipality."),
    P.COMMIT_PRIVATELY: _("Commit help against a public need in one's own name."),
}

EVERYBODY = frozenset({P.CLAIM_OFFICE, P.EXPORT_OWN_DATA, P.COMMIT_PRIVATELY})
"""What every person who signed in may do, whatever the role."""

_PAPERS = frozenset({P.READ_WORKING_PAPERS, P.READ_NEEDS})
_STAFF = frozenset(
    {P.INVITE, P.HAND_OVER, P.SET_CONTACTS, P.NAME_RESPONSIBLE, P.SEE_AUDIT, P.KEEP_SHORTLIST}
)
_DAILY = frozenset(
    {
        P.EDIT_PROFILE,
        P.ANSWER_ROUND,
        P.OPEN_PROCEDURE,
        P.DO_STEP,
        P.SUBMIT_FOR_APPROVAL,
        P.RECORD_DECISION,
        P.REGISTER_INSTRUMENT,
        P.UPLOAD_SCAN,
        P.TELL_EVENT,
        P.CONFIRM_FACTS,
        P.REVIVE_TIE,
        P.EDIT_ACTION_PLAN,
        P.FILE_REPORT,
        P.WITHDRAW_STATEMENT,
        P.WRITE_NEED,
        P.WRITE_APPEAL,
        P.SEND_APPEAL,
        P.RECALL_APPEAL,
        P.ANSWER_APPEAL,
        P.COMMIT_HELP,
        P.ACCEPT_HELP,
        P.WRITE_OFFER,
    }
)
_APPROVER_ALONE = frozenset(
    {
        P.INVITE_APPROVER,
        P.END_MEMBERSHIP,
        P.RETURN_WITH_REASONS,
        P.APPROVE_PAPER,
        P.SIGN,
        P.SUSPEND_TIE,
        P.END_TIE,
        P.PUBLISH_NEED,
        P.APPROVE_APPEAL,
    }
)
_COORDINATOR_BINDING = frozenset(
    {
        P.VERIFY_OFFICE,
        P.SUSPEND_OFFICE,
        P.CLOSE_OFFICE,
        P.APPOINT_COORDINATOR,
        P.ERASE_PERSON,
        P.EDIT_RULE,
    }
)

ROLE_PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.OFFICER: _PAPERS | _STAFF | _DAILY,
    # Approving needs its own eyes: who approves reads and answers for the office, but neither
    # writes the papers nor tells the events that she would then approve.
    Role.APPROVER: _PAPERS
    | _STAFF
    | _APPROVER_ALONE
    | {P.CONFIRM_FACTS, P.WITHDRAW_STATEMENT, P.RECALL_APPEAL},
    Role.STOREKEEPER: _PAPERS,
    Role.AUDITOR: _PAPERS | {P.SEE_AUDIT},
    Role.COORDINATOR: _COORDINATOR_BINDING
    | {
        P.READ_NEEDS,
        P.COORDINATE_ROUNDS,
        P.KEEP_WAITING_LIST,
        P.KEEP_SHORTLIST,
        P.EDIT_PROFILE,
        P.ANSWER_ROUND,
        P.INVITE,
        P.INVITE_APPROVER,
        P.END_MEMBERSHIP,
        P.HAND_OVER,
        P.SEE_AUDIT,
        P.WITHDRAW_STATEMENT,
    },
    # A donor reads what the office that invited her reads, and gives in her own name.
    Role.DONOR: frozenset({P.READ_NEEDS}),
}

BINDING = _DAILY | _APPROVER_ALONE - {P.END_MEMBERSHIP} | {P.INVITE}
"""Acts in the name of a municipality that others rely on: only a verified office does them."""

COORDINATORS_WITH_FACTOR = BINDING | {P.HAND_OVER}
"""Acts for which a coordinator needs a second factor and a member none: the office is not hers."""

NEEDS_MFA = _APPROVER_ALONE | _COORDINATOR_BINDING
"""Acts for which a password is not enough, whoever does them."""

OFFICE_ROLES = tuple(role for role in Role if role is not Role.COORDINATOR)
"""Roles that one has in an office."""


def roles_with(permission: Permission) -> list[Role]:
    """The roles that may do this act, in the order of the enum."""
    return [role for role in Role if permission in ROLE_PERMISSIONS[role]]


def needs_second_factor(role: Role, permission: Permission) -> bool:
    """Whether a person in this role must have a second factor for this act.

    A coordinator needs one also for what binds a municipality that is not hers, and for its cards.
    """
    not_hers = role is Role.COORDINATOR and permission in COORDINATORS_WITH_FACTOR
    return permission in NEEDS_MFA or not_hers
