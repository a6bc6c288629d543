"""Acts of the office that receives: counting, valuing, issuing, disposing, reporting, files.

Belongs here: who may do an act in which state of a consignment, what the act moves in the ledger,
counts of who got what, files and photos that came with the goods. Does not belong here: how the
ledger keeps its entries, customs, papers, pages.
"""

from mistok.aid.acts.accepting import accept
from mistok.aid.acts.disposing import (
    give_back,
    record_loss,
    record_seizure,
    redistribute,
    request_redistribution,
    write_off,
)
from mistok.aid.acts.distributing import AmountRow, DistributionTable, distribution_table
from mistok.aid.acts.entries import (
    ACCOUNTANT,
    Counted,
    DisposalRow,
    IssueRow,
    Member,
    ToCount,
    Valued,
)
from mistok.aid.acts.files import add_file, file_content, may_be_shown, review_file
from mistok.aid.acts.issuing import issue
from mistok.aid.acts.reporting import file_report, report_rows
from mistok.aid.acts.reversing import reverse
from mistok.aid.acts.standing import accepted_on, due_state, living_acts, to_count, unvalued_lines
from mistok.aid.acts.valuing import value

__all__ = [
    "ACCOUNTANT",
    "AmountRow",
    "Counted",
    "DisposalRow",
    "DistributionTable",
    "IssueRow",
    "Member",
    "ToCount",
    "Valued",
    "accept",
    "accepted_on",
    "add_file",
    "distribution_table",
    "due_state",
    "file_content",
    "file_report",
    "give_back",
    "issue",
    "living_acts",
    "may_be_shown",
    "record_loss",
    "record_seizure",
    "redistribute",
    "report_rows",
    "request_redistribution",
    "reverse",
    "review_file",
    "to_count",
    "unvalued_lines",
    "value",
    "write_off",
]
