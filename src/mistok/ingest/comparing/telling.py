"""What was found, in sentences: a reason's code and words become what a reader is told."""

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext as _

from mistok.ingest.comparing.seats import Reason
from mistok.registry.words import EVENT_LABELS

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

LONGEST: Final = 600
LONGEST_WORD: Final = 60
SENTENCES: Final[Mapping[str, "StrPromise"]] = {
    "same_item": gettext_lazy("Both lists name the Wikidata item %(0)s."),
    "same_key": gettext_lazy("Both name the place with the key %(0)s."),
    "same_name": gettext_lazy("Both write exactly “%(0)s” in %(1)s."),
    "two_items": gettext_lazy("Both write “%(0)s”, and Wikidata knows them as two items."),
    "renamed": gettext_lazy("“%(0)s” is the former name of %(1)s."),
    "part_of": gettext_lazy("%(0)s is part of %(1)s."),
    "several_of_name": gettext_lazy("“%(0)s” may be one of several places of that name."),
    "another_level": gettext_lazy(
        "“%(0)s” and “%(1)s” bear one name, and one may be the city, the other its district."
    ),
    "names_alike": gettext_lazy("“%(0)s” and “%(1)s” are alike, and that proves nothing."),
    "more_parties": gettext_lazy("One list names more parties than the other."),
    "dates_differ": gettext_lazy("%(0)s: the first list says %(1)s, the second %(2)s."),
    "states_differ": gettext_lazy("One list says “%(0)s” (%(1)s), the other “%(2)s”."),
    "states_differ_undated": gettext_lazy("One list says “%(0)s”, the other “%(2)s”."),
    "kinds_differ": gettext_lazy("The first list calls it %(0)s, the second %(1)s."),
}
_EVENTS: Final = {"dates_differ": (0,), "states_differ": (0, 2)}
_KINDS: Final = ("kinds_differ",)


def told(reasons: Iterable[Reason]) -> str:
    """The reasons as one text of whole sentences, in the reader's language."""
    return " ".join(sentence_of(reason) for reason in reasons)


def sentence_of(reason: Reason) -> str:
    """One reason as a sentence; empty for one that needs none."""
    words = list(reason.words)
    for place in _EVENTS.get(reason.code, ()):
        words[place] = str(EVENT_LABELS.get(words[place], words[place]))
    if reason.code in _KINDS:
        words = [_kind(word) for word in words]
    undated = reason.code == "states_differ" and not words[1]
    sentence = SENTENCES.get("states_differ_undated" if undated else reason.code)
    return str(sentence) % {str(n): word for n, word in enumerate(words)} if sentence else ""


def _kind(code: str) -> str:
    from mistok.registry.models import Kind

    return str(Kind(code).label) if code in Kind.values else gettext(code)


def packed(reasons: Iterable[Reason]) -> str:
    """Reasons as they are kept: codes and words, in no language, as many as the column holds."""
    kept: list[list[str]] = []
    for reason in reasons:
        more = [*kept, [reason.code, *(word[:LONGEST_WORD] for word in reason.words)]]
        if len(json.dumps(more, ensure_ascii=False)) > LONGEST:
            break
        kept = more
    return json.dumps(kept, ensure_ascii=False)


def unpacked(text: str) -> list[Reason]:
    """Reasons as they were kept."""
    return [Reason(code, tuple(words)) for code, *words in json.loads(text or "[]")]


def which(found: str) -> str:
    """A class of findings as a heading."""
    headings = {
        "contradictory": _("The lists contradict each other"),
        "likely": _("Perhaps the same, to be judged"),
        "merged": _("A place became part of another"),
        "renamed": _("The same, under a former name"),
        "same": _("The same"),
        "left": _("Only in the first list"),
        "right": _("Only in the second list"),
    }
    return headings[found]
