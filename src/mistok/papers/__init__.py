"""Papers between partners, in one language or side by side in two or three, as PDF and DOCX.

Belongs here: what each paper says and asks for (data files by kind and version), the check of what
is filled in, and the two renderings. The same slots give the same bytes.
Does not belong here: databases, who may make a paper, where it is kept, and what the law asks for
on a day: grounds come in as slots, with act, number and date.
"""

from mistok.papers.composing import Paper, Piece, compose
from mistok.papers.docx import to_docx
from mistok.papers.format import LANGUAGES, Slot, Template
from mistok.papers.pdf import to_pdf
from mistok.papers.priorities import PRIORITIES
from mistok.papers.templates import kinds, slots_of, template

__all__ = [
    "LANGUAGES",
    "PRIORITIES",
    "Paper",
    "Piece",
    "Slot",
    "Template",
    "compose",
    "kinds",
    "slots_of",
    "template",
    "to_docx",
    "to_pdf",
]
