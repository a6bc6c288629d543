"""Lines and addressees of a letter, checked against the record before they are kept."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from mistok.accounts.models import Office
from mistok.kernel.errors import Conflict, Invalid, NotAllowed
from mistok.needs.appeals.entries import (
    MOST_ADDRESSEES,
    MOST_LINES,
    AddresseeEntry,
    LineEntry,
    cleaned_addressee,
)
from mistok.needs.appeals.partners import Partner, partners_of
from mistok.needs.appeals.place_names import language_of
from mistok.needs.items import exact_amount
from mistok.needs.lifecycle import NeedState
from mistok.needs.models import Addressee
from mistok.needs.models.lines import EndUser
from mistok.registry.aggressors import AGGRESSOR_STATES
from mistok.registry.gazetteer import the_world


def checked_lines(office: Office, lines: Sequence[LineEntry]) -> Sequence[LineEntry]:
    """The lines, each a need of the office and once, with an amount that its unit can have.

    Raises Invalid (`too_many_lines`, `need_twice`, `amount_beyond_need`, and the codes of
    `items.exact_amount`), NotAllowed (`need_not_yours`).
    """
    if len(lines) > MOST_LINES:
        raise Invalid(
            _("The letter has %(count)s lines; %(most)s are the most. Write a second letter.")
            % {"count": len(lines), "most": MOST_LINES},
            code="too_many_lines",
        )
    seen: set[int] = set()
    for number, line in enumerate(lines, 1):
        words = {"line": number}
        if line.need.office_id != office.pk:
            raise NotAllowed(
                _("Line %(line)s is a need of another office. Take it out.") % words,
                code="need_not_yours",
            )
        if line.need.pk in seen:
            raise Invalid(
                _("Line %(line)s asks for a need that stands above already. Join both.") % words,
                code="need_twice",
                details=words,
            )
        seen.add(line.need.pk)
        if line.amount is not None:
            exact_amount(line.amount, line.need.unit)
        if line.steps > line.need.asked:
            raise Invalid(
                _("Line %(line)s asks for more than the need itself. Change the need first.")
                % words,
                code="amount_beyond_need",
                details=words,
            )
    return lines


def check_lines_stand(lines: Sequence[LineEntry], *, more_than_open: bool = False) -> None:
    """Raise Conflict where a need is not shown to partners, withdrawn or no longer open that much.

    `more_than_open`: whether a part may have been committed since. Codes `line_not_open`,
    `line_more_than_open`, `line_for_defence`.
    """
    for number, line in enumerate(lines, 1):
        need, words = line.need, {"line": number}
        if need.end_user == EndUser.DEFENCE:
            raise Conflict(
                _("Line %(line)s is for defence: such needs never go into letters. Take it out.")
                % words,
                code="line_for_defence",
                details=words,
            )
        if need.state == NeedState.OPEN and (more_than_open or line.steps <= need.still_open):
            continue
        if more_than_open and need.state in (NeedState.COMMITTED, NeedState.FULFILLED):
            continue
        if need.state == NeedState.OPEN:
            raise Conflict(
                _("Line %(line)s asks for more than is still open. Lower its amount.") % words,
                code="line_more_than_open",
                details=words | {"open": str(need.number(need.still_open))},
            )
        raise Conflict(
            _(
                "The need of line %(line)s is “%(state)s”. Only needs that are open to partners "
                "go into letters: open it, or take the line out."
            )
            % {**words, "state": need.get_state_display()},
            code="line_not_open",
            details=words | {"state": need.state},
        )


def checked_addressees(office: Office, addressees: Sequence[AddresseeEntry]) -> list[Addressee]:
    """Rows that are not kept yet, completed from the record.

    Raises Invalid (`too_many_addressees`, `addressee_twice`, `addressee_is_sender`,
    `addressee_no_municipality`, `addressee_tie_unknown`), Conflict (`addressee_refused`),
    NotFound (`place_unknown`).
    """
    if len(addressees) > MOST_ADDRESSEES:
        raise Invalid(
            _("The letter has %(count)s addressees; %(most)s are the most. Write a second letter.")
            % {"count": len(addressees), "most": MOST_ADDRESSEES},
            code="too_many_addressees",
        )
    partners = {one.place: one for one in partners_of(office)}
    found: dict[str, Addressee] = {}
    for entry in addressees:
        row = _checked(office, cleaned_addressee(entry), partners)
        if row.place in found:
            raise Invalid(
                _("%(name)s stands among the addressees twice. Take one out.") % {"name": row.name},
                code="addressee_twice",
            )
        found[row.place] = row
    return list(found.values())


def _checked(office: Office, entry: AddresseeEntry, partners: dict[str, Partner]) -> Addressee:
    place = the_world().get(entry.place)
    name = entry.name or place.name
    if place.key == office.place:
        raise Invalid(
            _("%(name)s is your own municipality. Choose a partner.") % {"name": name},
            code="addressee_is_sender",
        )
    if place.kind == "country":
        raise Invalid(
            _("%(name)s is no municipality. Letters of appeal go to municipalities.")
            % {"name": name},
            code="addressee_no_municipality",
        )
    if any(state.country == place.country for state in AGGRESSOR_STATES):
        raise Conflict(
            _("No letter goes to %(name)s: it lies in an aggressor state.") % {"name": name},
            code="addressee_refused",
        )
    partner = partners.get(place.key)
    if entry.tie and (partner is None or entry.tie not in partner.ties):
        raise Invalid(
            _("You have no living tie %(tie)s with %(name)s. Choose another, or none.")
            % {"tie": entry.tie[:40], "name": name},
            code="addressee_tie_unknown",
        )
    return Addressee(
        place=place.key,
        country=place.country,
        name=name,
        language=entry.language or language_of(place.country),
        tie=entry.tie or (partner.tie if partner else ""),
        greeted_as=entry.greeted_as,
        gender=entry.gender,
        person=entry.person,
        email=entry.email or (partner.email if partner else ""),
    )
