"""Letters of appeal: from a draft to a signed letter that anybody can verify.

Belongs here: the register, approval, versions, signature, verification, the mail queue, recall.
Does not belong here: lines of needs themselves, answers, pages.
"""

from mistok.needs.appeals.addresses import answer_address, verify_address
from mistok.needs.appeals.codes import is_whole, read_code
from mistok.needs.appeals.correcting import (
    correct_appeal,
    new_version,
    refuse_correction,
    sources_of_correction,
)
from mistok.needs.appeals.deciding import (
    approve_appeal,
    close_appeal,
    lapsed,
    return_appeal,
    submit_appeal,
    withdraw_appeal,
)
from mistok.needs.appeals.entries import (
    MOST_ADDRESSEES,
    MOST_LINES,
    SLOTS,
    AddresseeEntry,
    AppealEntry,
    LineEntry,
    addressee_entry,
    addressees_of,
    entry_of,
    lines_of,
)
from mistok.needs.appeals.filling import HOME, KIND, Source, source_of, sources_of
from mistok.needs.appeals.gaps import Gap, gaps_of
from mistok.needs.appeals.guarding import Overruled, Passage, passages_of
from mistok.needs.appeals.making import file_of
from mistok.needs.appeals.partners import Partner, partners_of
from mistok.needs.appeals.posting import Posted, post_again, post_letters, waiting_mails
from mistok.needs.appeals.previewing import preview, preview_of, slots_of_letter
from mistok.needs.appeals.recalling import recall_appeal
from mistok.needs.appeals.register import register_number
from mistok.needs.appeals.selectors import appeal_shown_to, appeals_shown_to, newest_letters
from mistok.needs.appeals.sending import HandOver, Sent, send_appeal
from mistok.needs.appeals.signing import (
    PublishedKey,
    published_keys,
    rotate,
    signature_file,
    signed_words,
)
from mistok.needs.appeals.verifying import (
    FileStanding,
    Standing,
    Verdict,
    find_by_file,
    standing_of,
    verify,
    verify_file,
)
from mistok.needs.appeals.writing import change_appeal, changes_since, write_appeal

__all__ = [
    "HOME",
    "KIND",
    "MOST_ADDRESSEES",
    "MOST_LINES",
    "SLOTS",
    "AddresseeEntry",
    "AppealEntry",
    "FileStanding",
    "Gap",
    "HandOver",
    "LineEntry",
    "Overruled",
    "Partner",
    "Passage",
    "Posted",
    "PublishedKey",
    "Sent",
    "Source",
    "Standing",
    "Verdict",
    "addressee_entry",
    "addressees_of",
    "answer_address",
    "appeal_shown_to",
    "appeals_shown_to",
    "approve_appeal",
    "change_appeal",
    "changes_since",
    "close_appeal",
    "correct_appeal",
    "entry_of",
    "file_of",
    "find_by_file",
    "gaps_of",
    "is_whole",
    "lapsed",
    "lines_of",
    "new_version",
    "newest_letters",
    "partners_of",
    "passages_of",
    "post_again",
    "post_letters",
    "preview",
    "preview_of",
    "published_keys",
    "read_code",
    "recall_appeal",
    "refuse_correction",
    "register_number",
    "return_appeal",
    "rotate",
    "send_appeal",
    "signature_file",
    "signed_words",
    "slots_of_letter",
    "source_of",
    "sources_of",
    "sources_of_correction",
    "standing_of",
    "submit_appeal",
    "verify",
    "verify_address",
    "verify_file",
    "waiting_mails",
    "withdraw_appeal",
    "write_appeal",
]
