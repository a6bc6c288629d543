"""Every write to rounds, proposals and the waiting list."""

from mistok.partnering.rounds.services.answering import answer_proposal
from mistok.partnering.rounds.services.proposing import (
    close_round,
    publish_round,
    save_round,
    withdraw_round,
)
from mistok.partnering.rounds.services.queueing import (
    join_waiting_list,
    leave_waiting_list,
    record_first_contact,
    record_partner_found,
    wait_again,
)

__all__ = [
    "answer_proposal",
    "close_round",
    "join_waiting_list",
    "leave_waiting_list",
    "publish_round",
    "record_first_contact",
    "record_partner_found",
    "save_round",
    "wait_again",
    "withdraw_round",
]
