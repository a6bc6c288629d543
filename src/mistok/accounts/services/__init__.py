"""Every write to people and offices: the right first, then the state, then one transaction.

Belongs here: claims and their decision, memberships, hand-overs, contacts, erasure, sessions,
tokens of programs and the answers they were given.
Each act leaves an audit event, also when it is refused.
"""

from mistok.accounts.services.answers import Answer, answer_once, forget_answers
from mistok.accounts.services.belonging import (
    accept_invitation,
    appoint_coordinator,
    end_membership,
    invite,
    withdraw_invitation,
)
from mistok.accounts.services.contacts import (
    confirm_contacts,
    refuse_contacts,
    set_contacts,
)
from mistok.accounts.services.erasure import end_sessions, erase_person
from mistok.accounts.services.evidence import Evidence
from mistok.accounts.services.handing_over import (
    end_responsible,
    hand_over,
    name_responsible,
    open_cards,
    take_over,
)
from mistok.accounts.services.offices import (
    claim_office,
    close_office,
    decide_claim,
    keep_check,
    reinstate_office,
    suspend_office,
)
from mistok.accounts.services.own_data import export_own_data
from mistok.accounts.services.stewards import create_steward, stewards
from mistok.accounts.services.tokens import (
    end_token,
    make_token,
    office_token,
    token_of,
    tokens_of,
)

__all__ = [
    "Answer",
    "Evidence",
    "accept_invitation",
    "answer_once",
    "appoint_coordinator",
    "claim_office",
    "close_office",
    "confirm_contacts",
    "create_steward",
    "decide_claim",
    "end_membership",
    "end_responsible",
    "end_sessions",
    "end_token",
    "erase_person",
    "export_own_data",
    "forget_answers",
    "hand_over",
    "invite",
    "keep_check",
    "make_token",
    "name_responsible",
    "office_token",
    "open_cards",
    "refuse_contacts",
    "reinstate_office",
    "set_contacts",
    "stewards",
    "suspend_office",
    "take_over",
    "token_of",
    "tokens_of",
    "withdraw_invitation",
]
