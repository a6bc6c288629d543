"""Contacts of an office, in force and told; who in the municipality is responsible for what."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.models import Office, ResponsibleUnit
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.accounts.services import end_responsible, name_responsible, set_contacts
from mistok.web.offices.acting import Act, Acts, Doing, Done, can_but_for_factor, needs
from mistok.web.offices.forms import (
    ContactsForm,
    EndResponsibleForm,
    ResponsibleForm,
    member,
    unknown_row,
)
from mistok.web.offices.words import day_words, moment_words


def contacts_context(doing: Doing) -> dict[str, Any]:
    """What partners call, what waits for a check, and responsibilities with their history.

    Raises NotAllowed for whoever does not read the office's working papers.
    """
    check_can(doing.actor, Permission.READ_WORKING_PAPERS, office=doing.office)
    rows = list(doing.office.responsible_units.all())
    return {
        "contacts": contact_lines(doing.office),
        "told_at": moment_words(doing.office.told_at),
        "may_set": can_but_for_factor(doing, Permission.SET_CONTACTS),
        "may_name": can_but_for_factor(doing, Permission.NAME_RESPONSIBLE),
        "responsible": [_unit(one) for one in rows if _stands(one)],
        "before": [_unit(one) for one in rows if not _stands(one)],
    }


def contact_lines(office: Office) -> list[tuple[str, str, str]]:
    """Each contact: its name, what is in force, what was told and waits."""
    return [
        (_("Call-back number"), office.callback_phone, office.told_phone),
        (_("Official mail"), office.official_email, office.told_email),
        (_("Official site"), office.official_site, office.told_site),
    ]


def _stands(one: ResponsibleUnit) -> bool:
    return one.until is None or one.until > timezone.localdate()


def _unit(one: ResponsibleUnit) -> dict[str, str]:
    return {
        "id": one.public_id,
        "unit": one.unit,
        "role": one.get_role_display(),
        "person": one.person_name,
        "contact": one.work_contact,
        "since": day_words(one.since),
        "until": day_words(one.until),
    }


def _do_set(doing: Doing) -> Done:
    told = doing.told
    office = set_contacts(
        actor=doing.actor,
        office=doing.office,
        callback_phone=told["phone"],
        official_email=told["mail"],
        official_site=told["site"],
    )
    if office.told_anew:
        return Done(
            _(
                "What is new waits for a coordinator, who asks on the channel that is in force. "
                "Until then partners see the contacts in force."
            )
        )
    return Done(_("These contacts are in force already; nothing waits for a check."))


def _do_name(doing: Doing) -> Done:
    told = doing.told
    name_responsible(
        actor=doing.actor,
        office=doing.office,
        unit=told["unit"],
        role=told["role"],
        person_name=told["person_name"],
        work_contact=told["work_contact"],
        person=member(told["member"]),
        since=told["since"],
    )
    return Done(_("It is written down who is responsible. Who was before stays in the history."))


def _do_end(doing: Doing) -> Done:
    named = doing.office.responsible_units.filter(public_id=doing.told["which"]).first()
    if named is None:
        raise unknown_row()
    end_responsible(actor=doing.actor, named=named, until=doing.told["until"])
    return Done(_("The responsibility has ended; it stays in the history."))


ACTS: Acts = {
    "set_contacts": Act(do=_do_set, right=needs(Permission.SET_CONTACTS), form=ContactsForm),
    "name_responsible": Act(
        do=_do_name, right=needs(Permission.NAME_RESPONSIBLE), form=ResponsibleForm
    ),
    "end_responsible": Act(
        do=_do_end, right=needs(Permission.NAME_RESPONSIBLE), form=EndResponsibleForm
    ),
}
