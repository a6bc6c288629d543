"""Who is told what: on the page, by mail at once, or as a digest.

Services call `tell` after their act, inside its transaction; `KINDS` says which params each
sentence needs and whose work it is. The worker calls `post_notices`. Does not belong here: letters
of appeal, reminders of procedures (partnering), pages.
"""

from mistok.needs.notices.choosing import choose_pace, mark_read, pace_of
from mistok.needs.notices.kinds import KINDS, Kind
from mistok.needs.notices.posting import Posted, post_notices
from mistok.needs.notices.selectors import count_unread, notices_of, unread
from mistok.needs.notices.sentences import page_of, sentence
from mistok.needs.notices.telling import tell

__all__ = [
    "KINDS",
    "Kind",
    "Posted",
    "choose_pace",
    "count_unread",
    "mark_read",
    "notices_of",
    "pace_of",
    "page_of",
    "post_notices",
    "sentence",
    "tell",
    "unread",
]
