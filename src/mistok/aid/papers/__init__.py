"""Papers of aid: made from the record, kept in versions, read by those they are for.

Belongs here: which papers a consignment can have now and who reads them, how their slots are
filled from lines, acts and ledger, the evidence pack for the giving council, labels of boxes, the
check-list for export. Does not belong here: wording and layout of a paper (`mistok.papers`), files
that somebody adds (`aid.acts.files`), what the public reads (`aid.seeing`), pages.
"""

from mistok.aid.papers.evidence import EVIDENCE, evidence_pack
from mistok.aid.papers.exporting import CheckRow, Judged, checklist_for, export_checklist
from mistok.aid.papers.filling import known_slots
from mistok.aid.papers.given_words import open_slots, with_words
from mistok.aid.papers.kinds import (
    KINDS,
    PaperKind,
    PaperRule,
    kinds_for,
    title_of,
    usual_languages,
)
from mistok.aid.papers.labels import box_labels
from mistok.aid.papers.making import make_paper, may_make
from mistok.aid.papers.missing import Missing, missing_in, sentence_of
from mistok.aid.papers.reading import may_read, paper_content, papers_for, read_paper

__all__ = [
    "EVIDENCE",
    "KINDS",
    "CheckRow",
    "Judged",
    "Missing",
    "PaperKind",
    "PaperRule",
    "box_labels",
    "checklist_for",
    "evidence_pack",
    "export_checklist",
    "kinds_for",
    "known_slots",
    "make_paper",
    "may_make",
    "may_read",
    "missing_in",
    "open_slots",
    "paper_content",
    "papers_for",
    "read_paper",
    "sentence_of",
    "title_of",
    "usual_languages",
    "with_words",
]
