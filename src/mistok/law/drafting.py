"""A new version of a rule before it is kept: what an administrator says, checked and filled up."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mistok.kernel.deadlines import LONGEST
from mistok.kernel.errors import Conflict, Invalid
from mistok.law.choices import check_choice
from mistok.law.models import Rule, field_words
from mistok.law.shipped import version_id
from mistok.law.versions import RuleInForce, precedence

CODE = re.compile(r"[A-Z][A-Z0-9]{1,7}(-[A-Z0-9]{1,3})?")
_TEXTS = ("titles", "starts", "effects", "notes", "acts")
_STAYS = ("jurisdiction", "tells", "bound", "measure", "number", "article", "act_date")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVersion:
    """What an administrator says of a rule from a day on.

    Value, unit, standing, rolling and source are always said anew; every other text left empty
    stays as it was in the version that it supersedes. Texts are by language (`en`, `uk` …).
    """

    code: str
    effective_from: dt.date
    value: int | None
    unit: str
    standing: str
    source_title: str
    source_date: str = ""
    url: str = ""
    effective_to: dt.date | None = None
    rolls: bool = False
    rolls_standing: str = Rule.Standing.UNKNOWN
    jurisdiction: str = ""
    tells: str = ""
    bound: str = ""
    measure: str = ""
    number: str = ""
    article: str = ""
    act_date: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)
    starts: Mapping[str, str] = field(default_factory=dict)
    effects: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    acts: Mapping[str, str] = field(default_factory=dict)


def drafted(new: NewVersion, *, added_by: str) -> Rule:
    """The row that keeps the version, not yet saved.

    Raises Invalid: `rule_code_malformed`, `rule_incomplete` for a new rule without titles,
    jurisdiction or meaning, `rule_value_impossible`, `rule_ends_before_it_begins`,
    `source_missing`, `url_malformed`, `rule_malformed`; Conflict (code `version_exists`).
    """
    _check(new)
    former = former_version(new.code, new.effective_from)
    _check_complete(new, former)
    row = Rule(
        code=new.code,
        value=new.value,
        unit=new.unit,
        set_by=_set_by(new, former),
        rolls=new.rolls,
        rolls_standing=new.rolls_standing,
        effective_from=new.effective_from.isoformat(),
        first_day=new.effective_from,
        effective_to=new.effective_to.isoformat() if new.effective_to else "",
        last_day=new.effective_to,
        source_title=new.source_title.strip(),
        source_date=new.source_date,
        url=new.url,
        standing=new.standing,
        origin=Rule.Origin.ADMINISTRATOR,
        added_by=added_by,
        **{name: _or_former(new, former, name) for name in _STAYS},
        **{name: _texts(new, former, name) for name in _TEXTS},
    )
    row.public_id = version_id(row)
    _check_columns(row)
    if Rule.objects.filter(public_id=row.public_id).exists():
        raise Conflict(
            _("This version of rule %(code)s is there already, word for word. Nothing was added.")
            % {"code": new.code},
            code="version_exists",
        )
    return row


def former_version(code: str, day: dt.date = dt.date.max) -> RuleInForce | None:
    """The version that one from this day on supersedes, ended or not; else the rule's first."""
    rows = sorted(Rule.objects.filter(code=code), key=precedence)
    begun = [row for row in rows if row.first_day is None or row.first_day <= day]
    return RuleInForce.of(begun[-1] if begun else rows[0]) if rows else None


def _check(new: NewVersion) -> None:
    """What can be seen in the version alone."""
    if not CODE.fullmatch(new.code):
        raise Invalid(
            _("“%(code)s” is not a rule's code. Write a capital letter and digits, as R22.")
            % {"code": new.code[:20]},
            code="rule_code_malformed",
        )
    if new.value is not None and not 0 <= new.value <= LONGEST:
        raise Invalid(
            _("The value %(value)s is out of reach. Give a whole number from 0 to %(most)s.")
            % {"value": new.value, "most": LONGEST},
            code="rule_value_impossible",
        )
    check_choice(new.code, new.value)
    if new.effective_to and new.effective_to < new.effective_from:
        raise Invalid(
            _("A rule cannot end on %(end)s, before it begins on %(begin)s. Correct one of them.")
            % {"end": new.effective_to, "begin": new.effective_from},
            code="rule_ends_before_it_begins",
        )
    if not new.source_title.strip():
        raise Invalid(
            _("Say where the rule is told: a version without a source cannot be checked."),
            code="source_missing",
        )
    if new.url and not new.url.startswith(("https://", "http://")):
        raise Invalid(
            _("“%(url)s” is not the address of a page. Write it with https:// in front.")
            % {"url": new.url[:60]},
            code="url_malformed",
        )


def _check_complete(new: NewVersion, former: RuleInForce | None) -> None:
    """A rule that nobody knows yet must say what it is about and where it holds."""
    told = {"en", "uk"} <= {lang for lang, text in new.titles.items() if text.strip()}
    if former is None and not (told and new.jurisdiction and new.tells):
        raise Invalid(
            _(
                "There is no rule %(code)s yet. For a new rule give its title in English and "
                "Ukrainian, the jurisdiction, and what its date tells."
            )
            % {"code": new.code},
            code="rule_incomplete",
        )
    tells = new.tells or (former.tells if former else "")
    if (tells == Rule.Tells.NOTHING) != (new.unit == Rule.Unit.NONE):
        raise Invalid(
            _(
                "Rule %(code)s either tells a date and has a unit of time, or tells no date and "
                "has none. Choose a unit that fits."
            )
            % {"code": new.code},
            code="rule_unit_unfit",
        )


def _check_columns(row: Rule) -> None:
    """Lengths and words that the columns take. Raises Invalid (code `rule_malformed`)."""
    try:
        row.clean_fields()
    except ValidationError as error:
        why = " ".join(
            f"{field_words(Rule, name)}: {' '.join(said)}"
            for name, said in error.message_dict.items()
        )
        raise Invalid(
            _("The version of rule %(code)s cannot be kept. %(why)s")
            % {"code": row.code, "why": why},
            code="rule_malformed",
            details={"fields": sorted(error.message_dict)},
        ) from error


def _set_by(new: NewVersion, former: RuleInForce | None) -> str:
    if new.value is not None or new.unit == Rule.Unit.NONE:
        return Rule.SetBy.RULE
    if former is not None and former.set_by == Rule.SetBy.DECISION:
        return Rule.SetBy.DECISION
    return Rule.SetBy.ADMINISTRATOR


def _or_former(new: NewVersion, former: RuleInForce | None, name: str) -> str:
    return str(getattr(new, name) or (getattr(former, name) if former else ""))


def _texts(new: NewVersion, former: RuleInForce | None, name: str) -> dict[str, str]:
    said = {lang: text.strip() for lang, text in getattr(new, name).items() if text.strip()}
    return (dict(getattr(former, name)) if former else {}) | said
