"""What the room keeps: lines, letters, answers, offers, notices."""

from mistok.needs.models.answers import Answer, AnswerLink, Commitment
from mistok.needs.models.appeals import (
    Addressee,
    Appeal,
    AppealLine,
    Letter,
    Posting,
    RegisterCount,
)
from mistok.needs.models.lines import Need, Publication, Zone
from mistok.needs.models.notices import Notice, NoticeChoice
from mistok.needs.models.offers import Offer

__all__ = [
    "Addressee",
    "Answer",
    "AnswerLink",
    "Appeal",
    "AppealLine",
    "Commitment",
    "Letter",
    "Need",
    "Notice",
    "NoticeChoice",
    "Offer",
    "Posting",
    "Publication",
    "RegisterCount",
    "Zone",
]
