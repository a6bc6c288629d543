"""Votes that must add up (D2-07, F2-24, F2-25, R17)."""

from django.utils.translation import gettext as _

from mistok.kernel.errors import Conflict, Invalid
from mistok.provenance.values import VOTE_NAMES, TieEvent, count_of, parse_votes
from mistok.registry.guarding.known import GuardRules, Remark
from mistok.registry.words import standing_words


def check_votes(told: TieEvent, country: str, rules: GuardRules) -> list[Remark]:
    """Refuse counts that cannot be a vote that carried; `country`: the deciding body's.

    Five counts must make up the total composition; fewer may leave out who was absent. The
    majority of the total composition is a Ukrainian rule (R17), asked only while it is in force.
    """
    counts = parse_votes(told.votes)
    if not counts:
        return []
    total = count_of(told.total, "members")
    cast = sum(counts.values())
    whole = len(counts) == len(VOTE_NAMES)
    if total and (cast != total if whole else cast > total):
        raise Invalid(
            _(
                "The vote %(votes)s has %(cast)s voices, the council has %(total)s members. Look "
                "at the minutes and correct the counts or the total composition."
            )
            % {"votes": told.votes, "cast": cast, "total": total},
            code="votes_do_not_add_up",
            details={"cast": cast, "total": total},
        )
    if counts["for"] <= counts["against"]:
        raise Conflict(
            _(
                "With %(votes)s the motion was not carried, so nothing was decided. Tell what "
                "was decided, or nothing."
            )
            % {"votes": told.votes},
            code="vote_not_carried",
        )
    members = total or (cast if whole else 0)
    if country != "UA" or told.body_kind not in ("", "council") or not members:
        return []
    return _majority(counts["for"], members, rules)


def _majority(voices: int, members: int, rules: GuardRules) -> list[Remark]:
    if 2 * voices > members:
        return []
    said = {
        "voices": voices,
        "members": members,
        "standing": standing_words(rules.majority_standing),
    }
    if rules.majority:
        raise Conflict(
            _(
                "%(voices)s of %(members)s is no majority of the council's total composition "
                "(rule R17, %(standing)s). Check the minutes; if the rule is wrong, an "
                "administrator changes it under “Rules”."
            )
            % said,
            code="majority_missing",
            details=said,
        )
    text = _(
        "%(voices)s of %(members)s is less than half of the council; rule R17 (%(standing)s) is "
        "not in force, so it passes."
    )
    return [Remark("majority_not_asked", text % said)]
