"""Days that the law gives to aid: kept, told at one look, reminded of, corrected by an act.

Belongs here: starting and ending the days of a consignment by rules in force (facts section 8),
the board of an office, what a late report blocks, mails and calendar events, corrections.
Does not belong here: what happens when a code or declaration runs out (`aid.consignments`).
"""

from mistok.aid.clocks.board import (
    SOON,
    Block,
    BoardRow,
    blocks,
    board,
    report_late,
    rule_of,
    title_of,
)
from mistok.aid.clocks.calendar import aid_events
from mistok.aid.clocks.correcting import correct_deadline
from mistok.aid.clocks.finishing import BY_RECORD, mark_done
from mistok.aid.clocks.keeping import (
    CODE,
    COPIES,
    IMPORT,
    MEDICAL_REDISTRIBUTION,
    MONTHLY,
    NO_REPORT,
    PUBLICATION_OF_PROPERTY,
    REDISTRIBUTION,
    REPORT,
    RETENTION,
    TRANSPORT,
    deadlines_of,
    end_clocks,
    finish_clock,
    in_force,
    open_deadlines,
    start_clock,
)
from mistok.aid.clocks.reminders import OFFSETS, Sent, remind_aid

__all__ = [
    "BY_RECORD",
    "CODE",
    "COPIES",
    "IMPORT",
    "MEDICAL_REDISTRIBUTION",
    "MONTHLY",
    "NO_REPORT",
    "OFFSETS",
    "PUBLICATION_OF_PROPERTY",
    "REDISTRIBUTION",
    "REPORT",
    "RETENTION",
    "SOON",
    "TRANSPORT",
    "Block",
    "BoardRow",
    "Sent",
    "aid_events",
    "blocks",
    "board",
    "correct_deadline",
    "deadlines_of",
    "end_clocks",
    "finish_clock",
    "in_force",
    "mark_done",
    "open_deadlines",
    "remind_aid",
    "report_late",
    "rule_of",
    "start_clock",
    "title_of",
]
