"""What of a paper is known already: names of the sides, days, decisions, measures, contacts.

Only what the record says is filled in; everything else is asked of a person.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from mistok.accounts.models import Office
from mistok.papers import Slot, slots_of
from mistok.partnering.models import ActionPlan, CouncilDecision, ProcedureRun, RunSide
from mistok.partnering.procedure.course import standing_records
from mistok.partnering.procedure.graph import Ref
from mistok.partnering.procedure.services.signing import standing_signatures
from mistok.partnering.procedure.states import What
from mistok.registry.gazetteer import the_world
from mistok.registry.models import Municipality


def known_slots(
    run: ProcedureRun, side: RunSide | None, office: Office, kind: str, languages: Sequence[str]
) -> dict[str, Any]:
    """Slots of this kind of paper that the record fills, in the form that mistok.papers takes.

    `side` makes the paper; none for one of all sides, where the office's own side is meant.
    """
    sides = list(run.sides.all())
    own = side or next((one for one in sides if one.office == office.public_id), sides[0])
    others = [one for one in sides if one.pk != own.pk]
    offered: dict[str, Any] = {
        "parties": _parties(run, [own, *others], languages),
        "sender_name": name_of(own, languages),
        "region": _region(own, languages),
        "population": _population(own),
        "kind_of_tie": _words(_paper_words()["kinds"].get(run.kind, {}), languages),
        "contact_mail": office.official_email,
        "contact_phone": office.callback_phone,
        **_days(run, own),
        **_plan(run, languages),
    }
    asked = {slot.name: slot for slot in slots_of(kind)}
    return {
        name: _fitting(asked[name], value)
        for name, value in offered.items()
        if name in asked and value not in (None, "", {}, [])
    }


def name_of(side: RunSide, languages: Sequence[str]) -> dict[str, str]:
    """The municipality's name in each language; the local one where a language has none."""
    row = Municipality.objects.filter(key=side.place).first()
    place = the_world().get(side.place) if row is None else None
    labels: Mapping[str, str] = row.labels if row else place.labels if place else {}
    local = (row.local_name if row else "") or side.name
    return {
        lang: str(labels.get(lang) or (side.name if lang == "en" else local)) for lang in languages
    }


def missing_slots(kind: str, slots: Mapping[str, Any]) -> list[str]:
    """Obligatory slots that nobody has filled yet, in the order of the form."""
    return [slot.name for slot in slots_of(kind) if slot.required and not slots.get(slot.name)]


def _fitting(slot: Slot, value: Any) -> Any:
    """Rows without the cells that this paper does not ask for."""
    if slot.type != "rows":
        return value
    wanted = {field.name for field in slot.fields}
    return [{name: cell for name, cell in row.items() if name in wanted} for row in value]


def _parties(
    run: ProcedureRun, sides: Sequence[RunSide], languages: Sequence[str]
) -> list[dict[str, Any]]:
    signed = {one.position: one for one in standing_signatures(run)}
    rows = []
    for side in sides:
        row: dict[str, Any] = {
            "name": name_of(side, languages),
            "country": _country(side, languages),
            "state": _country(side, languages),
        }
        if side.position in signed:
            hand = signed[side.position]
            row["signatory"] = dict.fromkeys(languages, hand.person)
            row["signatory_office"] = dict.fromkeys(languages, hand.post)
        rows.append(row)
    return rows


def _country(side: RunSide, languages: Sequence[str]) -> dict[str, str]:
    labels = the_world().get(f"iso:{side.country}").labels
    return _words(labels, languages)


def _region(side: RunSide, languages: Sequence[str]) -> dict[str, str]:
    region = the_world().get(side.place).region
    return _words(the_world().get(region).labels, languages) if region else {}


def _population(side: RunSide) -> int | None:
    return the_world().get(side.place).population


def _words(labels: Mapping[str, str], languages: Sequence[str]) -> dict[str, str]:
    return {lang: labels[lang] for lang in languages if labels.get(lang)}


def _days(run: ProcedureRun, own: RunSide) -> dict[str, Any]:
    """Days and numbers of what was decided and signed, by the slots' names."""
    records = standing_records(run.records.all())
    done = {ref: record for ref, record in records.items() if record.what == What.DONE}
    found: dict[str, Any] = {}
    signing = done.get(Ref("", "signing"))
    if signing:
        found["date"] = signing.on.isoformat()
    reviews = [record.data["review_on"] for record in done.values() if record.data.get("review_on")]
    if reviews:
        found["review_date"] = found["review_on"] = min(reviews)
    decided = CouncilDecision.objects.filter(record__in=[record.pk for record in done.values()])
    ends = [row.ends_on for row in decided if row.ends_on]
    if ends:
        found["valid_until"] = min(ends).isoformat()
    own_act = next((row for row in decided if row.record.position == own.position), None)
    if own_act and own_act.control_by:
        found["control_by"] = own_act.control_by
    return found


def _plan(run: ProcedureRun, languages: Sequence[str]) -> dict[str, Any]:
    """Year, goal, measures and money of the latest plan, for plan and report."""
    plan = ActionPlan.objects.filter(run=run).order_by("-year").first()
    if plan is None:
        return {}
    rows, budget = [], []
    for measure in plan.measures.all():
        code = str(measure.position)
        rows.append(
            {
                "code": code,
                "measure": dict.fromkeys(languages, measure.title),
                "area": dict.fromkeys(languages, measure.field),
                "start": measure.starts_on.isoformat() if measure.starts_on else "",
                "end": measure.ends_on.isoformat() if measure.ends_on else "",
                "indicator": dict.fromkeys(languages, measure.indicator),
                "target": dict.fromkeys(languages, measure.target),
                "actual": dict.fromkeys(languages, measure.actual),
                "risk": dict.fromkeys(languages, measure.risk),
                "status": _words(_paper_words()["measures"][measure.state], languages),
                **_owners(measure.owners, languages),
            }
        )
        budget += [
            {
                "code": code,
                "source": dict.fromkeys(languages, line["source"]),
                "amount": {"amount": line["amount"], "currency": line["currency"]},
            }
            for line in measure.budget
        ]
    return {
        "year": str(plan.year),
        "goal": dict.fromkeys(languages, plan.goal) if plan.goal else "",
        "measures": rows,
        "budget": budget,
    }


@cache
def _paper_words() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Words for kinds of ties and states of measures, as papers use them."""
    file = resources.files("mistok.partnering.procedure") / "data" / "paper_words.json"
    found: Mapping[str, Mapping[str, Mapping[str, str]]] = json.loads(
        file.read_text(encoding="utf-8")
    )
    return found


def _owners(owners: Mapping[str, str], languages: Sequence[str]) -> dict[str, dict[str, str]]:
    names = [owners[position] for position in sorted(owners)]
    first, others = names[:1], names[1:]
    return {
        "owner_first": dict.fromkeys(languages, ", ".join(first)),
        "owner_others": dict.fromkeys(languages, ", ".join(others)),
    }
