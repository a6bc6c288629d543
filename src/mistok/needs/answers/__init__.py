"""What comes back: answers, commitments line by line, one-time links, offers and their matching.

Belongs here: the talk about letters and needs, commitments and the word that some of them wait
for, links for those who have no account, offers with what is left of them, which offer may meet
which need and why (`matching`, pure), what a giver should know before (`warning`), and the story
of it all. Does not belong here: lines and letters themselves, consignments (aid), pages.
"""

from mistok.needs.answers.answering import Answered, answer_by_link
from mistok.needs.answers.committing import commit
from mistok.needs.answers.deciding import accept_commitment, decline_commitment
from mistok.needs.answers.entries import (
    CommitmentEntry,
    LineAnswer,
    LinkAnswer,
    OfferEntry,
    TakenBack,
)
from mistok.needs.answers.guarding import passages_of_offer
from mistok.needs.answers.history import Entry
from mistok.needs.answers.keeping import keep_commitment, withdraw_commitment
from mistok.needs.answers.links import (
    MadeLink,
    Opened,
    link_of,
    make_link,
    open_link,
    renew_link,
)
from mistok.needs.answers.mailing import answer_url, mail_link, send_new_link
from mistok.needs.answers.naming import offer_words, public_name
from mistok.needs.answers.offers import change_offer, close_offer, open_offer, write_offer
from mistok.needs.answers.private import ToConfirm, commit_privately, confirm_by_link
from mistok.needs.answers.proposing import propose_from_offer
from mistok.needs.answers.reasons import Reason
from mistok.needs.answers.seeing import offers_shown_to, public_offers, sees_in_full
from mistok.needs.answers.suggesting import Suggestion, offers_for, suggestions, told_reason
from mistok.needs.answers.talking import acknowledge, ask, refuse, reply
from mistok.needs.answers.threads import story_of, thread_of
from mistok.needs.answers.totals import CommitmentsOf, commitments_of, commitments_to
from mistok.needs.answers.warning import warnings, warnings_of

__all__ = [
    "Answered",
    "CommitmentEntry",
    "CommitmentsOf",
    "Entry",
    "LineAnswer",
    "LinkAnswer",
    "MadeLink",
    "OfferEntry",
    "Opened",
    "Reason",
    "Suggestion",
    "TakenBack",
    "ToConfirm",
    "accept_commitment",
    "acknowledge",
    "answer_by_link",
    "answer_url",
    "ask",
    "change_offer",
    "close_offer",
    "commit",
    "commit_privately",
    "commitments_of",
    "commitments_to",
    "confirm_by_link",
    "decline_commitment",
    "keep_commitment",
    "link_of",
    "mail_link",
    "make_link",
    "offer_words",
    "offers_for",
    "offers_shown_to",
    "open_link",
    "open_offer",
    "passages_of_offer",
    "propose_from_offer",
    "public_name",
    "public_offers",
    "refuse",
    "renew_link",
    "reply",
    "sees_in_full",
    "send_new_link",
    "story_of",
    "suggestions",
    "thread_of",
    "told_reason",
    "warnings",
    "warnings_of",
    "withdraw_commitment",
    "write_offer",
]
