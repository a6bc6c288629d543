"""Consignments: what comes from whom under which regime, and its way to the store.

Belongs here: a consignment with its lines and vehicles as people write them, its states with the
guards of facts section 9, the recipient's standing, unique codes, declarations, clearance,
dispatch, what runs out by itself, and what is odd. Does not belong here: counting, issuing and
disposing (`aid.acts`), the ledger itself (`aid.ledger`), days that are due (`aid.clocks`), pages.
"""

from mistok.aid.consignments.changes import changes_since
from mistok.aid.consignments.clearing import clear
from mistok.aid.consignments.codes import issue_code, living_code
from mistok.aid.consignments.declaring import NO_TERM, declare, term_of
from mistok.aid.consignments.dispatching import dispatch
from mistok.aid.consignments.entries import (
    FIELDS,
    LINE_FIELDS,
    ConsignmentEntry,
    LineEntry,
    LotEntry,
    entry_of,
    line_entry_of,
)
from mistok.aid.consignments.expiring import expire
from mistok.aid.consignments.flags import (
    is_controlled,
    is_medicine,
    is_public_transport,
    is_vehicle,
)
from mistok.aid.consignments.guards import (
    CODE_PAPERS,
    EXPORT_PAPERS,
    code_needed,
    missing_papers,
    paper_words,
)
from mistok.aid.consignments.lines import change_line, remove_line, write_line
from mistok.aid.consignments.opening import (
    from_commitments,
    offer_consignment,
    open_consignment,
)
from mistok.aid.consignments.passing import move, pass_to
from mistok.aid.consignments.recipients import recipient_of, set_recipient
from mistok.aid.consignments.refusing import (
    check_day,
    check_past,
    check_state,
    told_day,
    unknown_consignment,
)
from mistok.aid.consignments.seeing import consignments_of, given_by, readable, writable
from mistok.aid.consignments.vehicles import add_vehicle, remove_vehicle
from mistok.aid.consignments.warning import warnings
from mistok.aid.consignments.writing import (
    change_consignment,
    hold,
    in_short,
    living_lines,
    writing,
)

__all__ = [
    "CODE_PAPERS",
    "EXPORT_PAPERS",
    "FIELDS",
    "LINE_FIELDS",
    "NO_TERM",
    "ConsignmentEntry",
    "LineEntry",
    "LotEntry",
    "add_vehicle",
    "change_consignment",
    "change_line",
    "changes_since",
    "check_day",
    "check_past",
    "check_state",
    "clear",
    "code_needed",
    "consignments_of",
    "declare",
    "dispatch",
    "entry_of",
    "expire",
    "from_commitments",
    "given_by",
    "hold",
    "in_short",
    "is_controlled",
    "is_medicine",
    "is_public_transport",
    "is_vehicle",
    "issue_code",
    "line_entry_of",
    "living_code",
    "living_lines",
    "missing_papers",
    "move",
    "offer_consignment",
    "open_consignment",
    "paper_words",
    "pass_to",
    "readable",
    "recipient_of",
    "remove_line",
    "remove_vehicle",
    "set_recipient",
    "term_of",
    "told_day",
    "unknown_consignment",
    "warnings",
    "writable",
    "write_line",
    "writing",
]
