"""Two offices on their way to a tie: officer and approver on each side, coordinator, stranger."""

import datetime as dt
from types import SimpleNamespace

from django.utils import timezone

from factories import DORTMUND, ZHYTOMYR
from living import an_office
from mistok.accounts.actors import Actor
from mistok.partnering.models import ProcedureRun, SignedScan
from mistok.partnering.procedure import services
from mistok.partnering.procedure.course import course_of, position_of
from mistok.partnering.procedure.engine import Course
from mistok.partnering.procedure.graph import SHARED
from mistok.partnering.procedure.services.papers import ScanTold
from mistok.partnering.procedure.states import GOING_ON, State
from mistok.partnering.procedure.steps import Record, Role
from mistok.partnering.procedure.voting import Vote
from office_cast import join, person

TODAY = timezone.localdate()
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
GIVEN = {
    "number": "12-34",
    "ground": "Law of 2022",
    "amount": "0",
    "manager": "both",
    "reason": "no contact since the war",
    "review_on": (TODAY + dt.timedelta(days=90)).isoformat(),
    "end_date": (TODAY - dt.timedelta(days=1)).isoformat(),
}


def the_two():
    """Offices of Zhytomyr (home) and Dortmund (partner), a coordinator and a stranger."""
    coordinator = person("coordinator-of-ua")
    join(coordinator, None, "coordinator", "UA")
    return SimpleNamespace(
        home=an_office(ZHYTOMYR),
        partner=an_office(DORTMUND),
        coordinator=Actor(user=coordinator),
        stranger=Actor(user=person("somebody-else")),
    )


RARE = ("military_act", "mayor_order", "ending")
"""Alternatives that a walk goes only when asked to."""


class Walk:
    """A run carried on by those who may, step after step, in any order that is asked for."""

    def __init__(self, run, *offices):
        self.run = run
        self.offices = {office.office.public_id: office for office in offices}
        self.day = TODAY - dt.timedelta(days=60)

    def course(self, today=TODAY) -> Course:
        self.run = ProcedureRun.objects.get(pk=self.run.pk)
        return course_of(self.run, today)

    def state(self, code, side=0):
        name = str(side) if side else SHARED
        return next(
            s.state for r, s in self.course().states.items() if (r.side, r.code) == (name, code)
        )

    def office_for(self, side):
        """The office that does a step of this side: its own, else the first that takes part."""
        sides = {one.position: one.office for one in self.run.sides.all()}
        office = sides.get(side) or next(one for one in sides.values() if one)
        return self.offices[office]

    def paper(self, code, side, kind):
        """A scan stands for a paper that was made elsewhere."""
        office = self.office_for(side)
        content = PDF + f"{code}{side}{kind}".encode() + b"\n%%EOF"
        told = ScanTold(
            kind=kind,
            name="paper.pdf",
            signed_on=self.day,
            signatories=({"person": "A. Mayor", "post": "Mayor"},),
        )
        if not SignedScan.objects.filter(run=self.run, position=side, kind=kind).exists():
            services.upload_scan(
                actor=office.officer,
                office=office.office,
                run=self.run,
                side=side,
                content=content,
                told=told,
            )

    def who(self, office, step):
        binding = step.role is Role.APPROVER or step.record is Record.SIGNATURES
        return office.approver if binding else office.officer

    def do(self, code, side=0, *, on=None, **fields):
        """Whatever the step takes: papers, submission, decision, signatures."""
        state = next(
            s for r, s in self.course().states.items() if (position_of(r), r.code) == (side, code)
        )
        step, on = state.step, on or self.day
        office = self.office_for(side)
        for kind in state.missing:
            self.paper(code, side, kind)
        common = {"office": office.office, "run": self.run, "side": side}
        timed = {**common, "step": code, "on": on}
        if step.submitted_first and state.state is not State.WAITING:
            services.submit(actor=office.officer, **timed)
        who = self.who(office, step)
        match step.record:
            case Record.DECISION:
                vote = fields.pop("vote", Vote("30/0/0/0/9", 39))
                return services.record_decision(actor=who, **timed, vote=vote, **fields)
            case Record.APPROVAL:
                return services.record_approval(actor=who, **timed, number="879", **fields)
            case Record.REGISTRATION:
                return services.record_registration(
                    actor=who, **timed, number="R-7", kinds=["interterritorial"], **fields
                )
            case Record.EVALUATION:
                return services.record_evaluation(
                    actor=who,
                    office=office.office,
                    run=self.run,
                    step=code,
                    on=on,
                    outcome=fields.pop("outcome", "extend"),
                    grounds="It works.",
                    criteria={"activity": "four visits"},
                    **fields,
                )
            case Record.SIGNATURES:
                return self.sign(on, **fields)
            case _:
                data = fields.pop("data", GIVEN)
                return services.do_step(actor=who, **timed, data=data, **fields)

    def sign(self, on=None, sides=None, **fields):
        """Every side signs, recorded by its own office or by whoever tells for it."""
        for side in sides or [one.position for one in self.run.sides.all()]:
            office = self.office_for(side)
            services.record_signature(
                actor=office.approver,
                office=office.office,
                run=self.run,
                side=side,
                on=on or self.day,
                person=f"Mayor {side}",
                post="Mayor",
                **fields,
            )

    def to(self, code, side=0):
        """Carry the run on until this step can go on; required steps only."""
        for _turn in range(60):
            course = self.course()
            wanted = next(
                s for r, s in course.states.items() if (position_of(r), r.code) == (side, code)
            )
            if wanted.state in GOING_ON:
                return self
            going = next(
                s for s in course.next_steps() if not s.step.optional and s.ref.code not in RARE
            )
            self.do(going.ref.code, position_of(going.ref))
            self.day = min(self.day + dt.timedelta(days=1), TODAY)
        raise AssertionError(f"{code} was not reached")


def a_walk(people, kind="solidarity", *, joined=True, **fields):
    """A run opened by Zhytomyr with Dortmund, joined by its office unless told otherwise."""
    run = services.open_run(
        actor=people.home.officer,
        office=people.home.office,
        kind=kind,
        partners=[people.partner.place],
        **fields,
    )
    if joined:
        services.join_run(actor=people.partner.officer, office=people.partner.office, run=run)
    return Walk(run, people.home, people.partner)
