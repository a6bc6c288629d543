"""docs/reference/procedures.md, told by the data files so that it cannot rot."""

from collections.abc import Iterable

from mistok.partnering.procedure.guards import ASKED
from mistok.partnering.procedure.steps import Aim, Doer, Role, Step
from mistok.partnering.procedure.templates import GENERAL, Template, codes, template
from mistok.partnering.procedure.words import AIMS, BODIES, PAPERS, ROLES, STANDINGS
from mistok.registry.guarding.visibility import OFFICIAL

HEAD = (
    "# Procedures, step by step\n\n"
    "<!-- Made by `mistok reference`. Change the data in partnering/procedure/data. -->\n\n"
    "A run has a track for each side, by the country of its municipality, and a track of shared "
    "steps. A step waits for the steps named under *after*; an optional step holds nothing up. "
    "*Standing* says how sure we are that the step is asked for; see "
    "[how a procedure works](../explanation/procedure.md).\n"
)
TITLES = ("step", "who", "after", "papers", "rules", "tells", "standing")
COLUMNS = f"| {' | '.join(TITLES)} |\n|{' --- |' * len(TITLES)}"


def procedures_page() -> str:
    """The page: shared steps first, then each country's track, then the general one."""
    parts = [HEAD, *_template(template("shared"))]
    for code in codes():
        parts += _template(template(code))
    return "\n".join(parts).rstrip() + "\n"


def _template(found: Template) -> Iterable[str]:
    name = found.titles["en"] if found.code != GENERAL else "Every other country"
    yield f"\n## {name}\n"
    for option in found.options:
        words = "; ".join(
            f"`{word}` {titles['en']}" + (" (default)" if word == option.default else "")
            for word, titles in option.words.items()
        )
        yield f"*{option.titles['en']}*: {words}. {option.origin}\n"
    for aim in Aim:
        own = found.code in (GENERAL, "shared") or found.steps[aim] != template(GENERAL).steps[aim]
        if found.steps[aim] and own:
            yield f"\n### {str(AIMS[aim]).capitalize()}\n"
            yield COLUMNS
            yield from (_row(step) for step in found.steps[aim])
            yield ""


def _row(step: Step) -> str:
    title = step.titles["en"] + (" *(optional)*" if step.optional else "")
    cells = [
        f"`{step.code}` {title}{_limits(step)}",
        _who(step),
        ", ".join(f"`{code}`" for code in step.after) + _alternatives(step),
        ", ".join(str(PAPERS[kind]) for kind in step.papers),
        _rules(step),
        _tells(step),
        _standing(step),
    ]
    return "| " + " | ".join(cells) + " |"


def _who(step: Step) -> str:
    who = str(BODIES[step.outside] if step.role is Role.OUTSIDE else ROLES[step.role])
    sides = {Doer.OWN: "", Doer.OTHER: ", of the other side", Doer.BOTH: ", together"}
    return who + sides[step.side]


def _limits(step: Step) -> str:
    told = []
    if step.optional_kinds:
        told.append("optional for " + ", ".join(sorted(step.optional_kinds)))
    if step.kinds:
        told.append("only for " + ", ".join(sorted(step.kinds)))
    if step.only_if:
        told.append(f"only with `{step.only_if}`")
    if step.outcomes:
        told.append("after the finding " + ", ".join(f"`{word}`" for word in step.outcomes))
    asked = [name for guard in step.guards for name in ASKED[guard]]
    if asked:
        told.append("asks for " + ", ".join(asked))
    return f" ({'; '.join(told)})" if told else ""


def _alternatives(step: Step) -> str:
    told = [f"`{code}` takes its place" for code in step.alternatives]
    told += [
        f"with `{word}` also " + ", ".join(f"`{code}`" for code in found)
        for word, found in step.after_if.items()
    ]
    return "; ".join(["", *told]) if told else ""


def _rules(step: Step) -> str:
    told = list(step.rules)
    if step.due:
        told.append(f"{step.due.rule} from `{step.due.start}`")
    if step.bars:
        told.append(f"{step.bars.rule} before `{step.bars.step}`")
    return ", ".join(told) + (" (silence is consent)" if step.silence else "")


def _tells(step: Step) -> str:
    if not step.event:
        return ""
    return f"`{step.event}`, " + ("public" if step.event in OFFICIAL else "the sides")


def _standing(step: Step) -> str:
    sources = "; ".join(f"[{o.text}](<{o.url}>)" if o.url else o.text for o in step.origin)
    return f"{STANDINGS[step.standing]}: {sources}" if sources else str(STANDINGS[step.standing])
