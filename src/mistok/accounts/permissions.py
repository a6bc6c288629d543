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

    SEND_READINGS = "send_readings"
    REVIEW_READINGS = "review_readings"
    KEEP_FEEDS = "keep_feeds"
    IMPORT_LISTS = "import_lists"

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

    READ_AID = "read_aid"
    GIVE_AID = "give_aid"
    WRITE_CONSIGNMENT = "write_consignment"
    MOVE_CONSIGNMENT = "move_consignment"
    RECEIVE_GOODS = "receive_goods"
    ISSUE_GOODS = "issue_goods"
    DISPOSE_OF_GOODS = "dispose_of_goods"
    REVERSE_ENTRY = "reverse_entry"
    FILE_AID_REPORT = "file_aid_report"
    CORRECT_DEADLINE = "correct_deadline"
    REVIEW_FILE = "review_file"
    PUBLISH_AID = "publish_aid"
    KEEP_TOKENS = "keep_tokens"


P = Permission

EVERYBODY = frozenset({P.CLAIM_OFFICE, P.EXPORT_OWN_DATA, P.COMMIT_PRIVATELY, P.SEND_READINGS})
"""What every person who signed in may do, whatever the role."""

_PAPERS = frozenset({P.READ_WORKING_PAPERS, P.READ_NEEDS, P.READ_AID})
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
        P.GIVE_AID,
        P.WRITE_CONSIGNMENT,
        P.MOVE_CONSIGNMENT,
        P.FILE_AID_REPORT,
    }
)
_STORE = frozenset({P.RECEIVE_GOODS, P.ISSUE_GOODS})
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
        P.DISPOSE_OF_GOODS,
        P.REVERSE_ENTRY,
        P.CORRECT_DEADLINE,
        P.REVIEW_FILE,
        P.PUBLISH_AID,
        P.KEEP_TOKENS,
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
    Role.OFFICER: _PAPERS | _STAFF | _DAILY | {P.RECEIVE_GOODS},
    # Approving needs its own eyes: who approves reads and answers for the office, but neither
    # writes the papers nor tells the events that she would then approve.
    Role.APPROVER: _PAPERS
    | _STAFF
    | _APPROVER_ALONE
    | {P.CONFIRM_FACTS, P.WITHDRAW_STATEMENT, P.RECALL_APPEAL},
    Role.STOREKEEPER: _PAPERS | _STORE,
    Role.AUDITOR: _PAPERS | {P.SEE_AUDIT},
    Role.COORDINATOR: _COORDINATOR_BINDING
    | {
        P.READ_NEEDS,
        P.COORDINATE_ROUNDS,
        P.KEEP_WAITING_LIST,
        P.REVIEW_READINGS,
        P.KEEP_FEEDS,
        P.IMPORT_LISTS,
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

BINDING = _DAILY | _STORE | _APPROVER_ALONE - {P.END_MEMBERSHIP} | {P.INVITE}
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
