"""The page of rules in docs/reference, told by the data file itself."""

from django.utils.translation import override

from mistok.law.models import Rule
from mistok.law.sentences import act_words, counted
from mistok.law.shipped import shipped_versions
from mistok.law.versions import RuleInForce

MADE = "<!-- Made by `mistok reference`. Change src/mistok/law/data/rules.json, not this page. -->"
HEAD = (
    "code",
    "rule",
    "term or measure",
    "tells",
    "in force",
    "where",
    "act",
    "standing",
    "source",
)


def rules_page() -> str:
    """Every version that comes with the program, in English: the same file gives the same text."""
    with override("en"):
        rules = [RuleInForce.of(row) for row in shipped_versions()]
        counts = ", ".join(
            f"{sum(rule.standing == standing for rule in rules)} {standing.label}"
            for standing in Rule.Standing
        )
        return (
            f"# Rules\n\n{MADE}\n\n"
            "Every deadline and threshold is a dated rule with its source; none is a constant in "
            f"the code. {len(rules)} versions come with the program: {counts}. What is not "
            "verified is shown as such wherever it is used.\n\n"
            "A rule is never edited. An administrator adds a version in the staff pages (Law, "
            "Rules, Add rule); it holds from its first day and supersedes the older one. Of two "
            "versions that begin on one day the administrator's holds. Where a number of days is "
            "not known, a deadline is refused until somebody has set it.\n\n"
            + _table(HEAD, [_cells(rule) for rule in rules])
            + "\n"
            + _CONVENTION
            + "\n## Notes\n\n"
            + "".join(f"- **{rule.code}**: {rule.note('en')}\n" for rule in rules if rule.note())
        )


def _cells(rule: RuleInForce) -> tuple[str, ...]:
    return (
        rule.code,
        f"{rule.title('en')}: {rule.effect('en')}" if rule.effect() else rule.title("en"),
        counted(rule),
        str(Rule.Tells(rule.tells).label),
        _span(rule),
        rule.jurisdiction,
        act_words(rule) if rule.acts else "",
        str(Rule.Standing(rule.standing).label),
        _sources(rule),
    )


def _span(rule: RuleInForce) -> str:
    """As stated, with the first day that is reckoned with where the two differ."""
    begin = rule.effective_from
    if rule.first_day and rule.first_day.isoformat() != begin:
        begin += f" ({rule.first_day})"
    end = f"until {rule.effective_to}" if rule.effective_to else ""
    return " ".join(part for part in (begin, end) if part)


def _sources(rule: RuleInForce) -> str:
    told = [(rule.source or rule.source_title, rule.source_date, rule.url)]
    told += [(more["source"], more["date"], more["url"]) for more in rule.more_sources]
    return ", ".join(f"[{name}]({url}) ({date})" for name, date, url in told if name)


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    cells = [" | ".join(cell.replace("|", "\\|") for cell in line) for line in lines]
    return "".join(f"| {line} |\n" for line in cells)


_CONVENTION = """## How a term is counted

- The day of the event is not counted: 30 days from 1 June end on 1 July.
- Working days: the n-th day after the event that is neither a weekend day nor a day off.
- Months: the same day of the month, or its last day: one month from 31 January ends on 28 or 29
  February.
- A last day that is not worked does *not* move, unless the rule says so. The Civil Code of Ukraine
  moves it for civil terms (art. 254); that terms of the ministry move too is not verified.

Days off come from the published national calendar of the country. Under martial law Ukrainian
public holidays are working days (law 2136-IX, art. 6). Holidays of a federal state, a region or a
city's patron are not in it. An administrator overrides single days in the staff pages (Law, Days
off and moved working days); the last word on a day holds.
"""
