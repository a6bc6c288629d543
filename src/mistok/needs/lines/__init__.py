"""Lines of needs: how they are written, shown, changed, and what the public may read of them.

Belongs here: states and amounts that always add up, the wartime guard before anything is shown,
the public projection, zones, and what a line is called in words. Does not belong here: letters,
answers, pages.
"""

from mistok.needs.lines.amounts import give_back, take
from mistok.needs.lines.bulk import LineDefaults, LineProblem, Taken, entry_of_draft, take_lines
from mistok.needs.lines.changes import changes_since
from mistok.needs.lines.entries import FIELDS, NeedEntry, entry_of, entry_of_item
from mistok.needs.lines.guarding import LetPass, Passage, let_pass_before, passages
from mistok.needs.lines.passing import fulfil_need, open_need, renew_need, withdraw_need
from mistok.needs.lines.publishing import (
    earliest,
    may_be_public,
    project,
    publish_need,
    shown_passages,
    withdraw_publication,
)
from mistok.needs.lines.refusing import told_amount
from mistok.needs.lines.sentences import told, told_finding, told_row
from mistok.needs.lines.standing import standing_publication
from mistok.needs.lines.visibility import (
    need_shown_to,
    needs_shown_to,
    open_to_public,
    partner_places,
    public_needs,
)
from mistok.needs.lines.words import own_words, untranslated, words_of, words_of_projection
from mistok.needs.lines.writing import change_need, copy_needs, write_need
from mistok.needs.lines.zones import add_zone, end_zone, exposed, load_zones

__all__ = [
    "FIELDS",
    "LetPass",
    "LineDefaults",
    "LineProblem",
    "NeedEntry",
    "Passage",
    "Taken",
    "add_zone",
    "change_need",
    "changes_since",
    "copy_needs",
    "earliest",
    "end_zone",
    "entry_of",
    "entry_of_draft",
    "entry_of_item",
    "exposed",
    "fulfil_need",
    "give_back",
    "let_pass_before",
    "load_zones",
    "may_be_public",
    "need_shown_to",
    "needs_shown_to",
    "open_need",
    "open_to_public",
    "own_words",
    "partner_places",
    "passages",
    "project",
    "public_needs",
    "publish_need",
    "renew_need",
    "shown_passages",
    "standing_publication",
    "take",
    "take_lines",
    "told",
    "told_amount",
    "told_finding",
    "told_row",
    "untranslated",
    "withdraw_need",
    "withdraw_publication",
    "words_of",
    "words_of_projection",
    "write_need",
]
