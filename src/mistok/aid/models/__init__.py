"""Tables of the aid room."""

from mistok.aid.models.acts import ActCount, AidAct, AidReport, Distribution
from mistok.aid.models.clocks import AidDeadline, AidPublication, AidReminder
from mistok.aid.models.consignments import AidLine, Consignment, Passage, Vehicle
from mistok.aid.models.declarations import (
    CodeLine,
    Declaration,
    DeclaredLine,
    Recipient,
    UniqueCode,
)
from mistok.aid.models.files import AidFile, AidPaper, FileReview
from mistok.aid.models.ledger import Balance, Chain, Entry, Lot, SignedHead

__all__ = [
    "ActCount",
    "AidAct",
    "AidDeadline",
    "AidFile",
    "AidLine",
    "AidPaper",
    "AidPublication",
    "AidReminder",
    "AidReport",
    "Balance",
    "Chain",
    "CodeLine",
    "Consignment",
    "Declaration",
    "DeclaredLine",
    "Distribution",
    "Entry",
    "FileReview",
    "Lot",
    "Passage",
    "Recipient",
    "SignedHead",
    "UniqueCode",
    "Vehicle",
]
