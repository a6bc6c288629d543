"""What stands in the way of a step, in sentences that name the step, its side and its paper."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mistok.partnering.procedure.engine import Course
from mistok.partnering.procedure.graph import SHARED, Ref
from mistok.partnering.procedure.states import Block
from mistok.partnering.procedure.words import PAPERS


def step_named(course: Course, ref: Ref) -> str:
    """The step with its side, for a sentence: “Council decision” (Dortmund)."""
    title = course.graph.steps[ref].title(get_language() or "en")
    if ref.side == SHARED:
        return _("“%(title)s” (all sides)") % {"title": title}
    name = course.graph.sides[ref.side].name
    return _("“%(title)s” (%(side)s)") % {"title": title, "side": name}


def block_told(course: Course, block: Block) -> str:
    """One thing that stands in the way, as a sentence."""
    named = step_named(course, block.ref)
    if block.why == "partner":
        return _("There is no second side yet. Let the partner's office join, or name the partner.")
    if block.why == "period":
        return _("It may be done from %(day)s on (rule %(rule)s).") % {
            "day": _day(block.until),
            "rule": block.rule,
        }
    if block.why == "under_way":
        return _("%(step)s must be submitted first.") % {"step": named}
    missing = course.missing_papers(block.ref)
    if missing:
        return _("%(step)s comes first; its papers are still missing: %(papers)s.") % {
            "step": named,
            "papers": papers_named(missing),
        }
    return _("%(step)s comes first.") % {"step": named}


def blocked_told(course: Course, ref: Ref, blocks: Sequence[Block]) -> str:
    """Why the step cannot be done now and what to do first."""
    ways = " ".join(block_told(course, block) for block in blocks)
    return _("%(step)s cannot be done yet. %(ways)s") % {
        "step": step_named(course, ref),
        "ways": ways,
    }


def papers_named(kinds: Sequence[str]) -> str:
    """Kinds of papers in words, in a row."""
    return ", ".join(str(PAPERS[kind]) for kind in kinds)


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
