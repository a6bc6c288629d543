"""Uploading the scan of a signed paper: its hash, its day, who signed."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.accounts.permissions import Permission
from mistok.partnering.procedure.files import MOST_BYTES
from mistok.partnering.procedure.selectors import papers_for, scans_for
from mistok.partnering.procedure.services import upload_scan
from mistok.partnering.procedure.services.papers import ScanTold
from mistok.partnering.procedure.words import PAPERS
from mistok.web.procedure import fields
from mistok.web.procedure.acting import Act, Acts, Mistake, Told, shown
from mistok.web.procedure.files import paper_card, scan_card
from mistok.web.procedure.run_page import head_context
from mistok.web.procedure.seats import Seat


class ScanForm(forms.Form):
    """Which paper, when signed, by whom, and the file."""

    kind = fields.pick(gettext_lazy("Which paper"), PAPERS.items())
    side = fields.choice(gettext_lazy("Whose paper"), [])
    of = fields.pick(gettext_lazy("Made here as"), [])
    signed_on = fields.day(gettext_lazy("Day of the signature"), needed=True, now=True)
    signatories = fields.text(
        gettext_lazy("Who signed"),
        gettext_lazy("One a line, the name and then the office: Iryna Koval, mayor"),
        needed=True,
    )
    file = forms.FileField(
        label=gettext_lazy("The scan"),
        help_text=gettext_lazy("PDF, PNG or JPEG, up to 15 megabytes."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
        allow_empty_file=True,
    )

    def __init__(self, seat: Seat, data: Any = None, files: Any = None, **more: Any) -> None:
        super().__init__(data, files, **more)
        papers = [paper_card(seat, row) for row in papers_for(seat.run, seat.own_office)]
        ids = papers_for(seat.run, seat.own_office).values_list("public_id", flat=True)
        made = [(one, f"{card.title} {card.number}") for one, card in zip(ids, papers, strict=True)]
        sides = [(str(side.position), side.shown) for side in seat.own_sides]
        self.fields["side"].choices = sides  # type: ignore[attr-defined]
        self.fields["of"].choices = [("", _("made elsewhere")), *made]  # type: ignore[attr-defined]
        self.fields["of"].required = False
        own = seat.side
        self.initial = {"side": str(own.position) if own else "", **self.initial}


def scan_acts(seat: Seat, asked: Mapping[str, str]) -> Acts:
    """The one act of the page; `asked` is what its address names."""
    return {
        "scan": Act(
            title=_("Upload a signed scan"),
            button=_("Upload the scan"),
            make=partial(ScanForm, seat, initial={k: v for k, v in asked.items() if v}),
            do=_upload,
            right=Permission.UPLOAD_SCAN,
        )
    }


def _upload(told: Told) -> str:
    values = told.values
    file = values["file"]
    # One byte more than is allowed is enough to refuse a file that is too large.
    content = file.read(MOST_BYTES + 1)
    upload_scan(
        **told.common,
        side=int(values["side"]),
        content=content,
        told=ScanTold(
            kind=values["kind"],
            name=file.name,
            signed_on=values["signed_on"],
            signatories=hands(values["signatories"]),
            of=values["of"],
        ),
    )
    return _("The scan is kept with its fingerprint.")


def hands(text: str) -> list[dict[str, str]]:
    """Names and offices, one a line, parted by the first comma."""
    found = []
    for line in text.splitlines():
        person, _comma, post = line.partition(",")
        if person.strip():
            found.append({"person": person.strip()[:200], "post": post.strip()[:200]})
    return found


def scans_context(
    seat: Seat, acts: Acts, typed: Mapping[str, forms.Form], mistake: Mistake | None
) -> dict[str, Any]:
    """The scans that are there, and the form for one more."""
    run = seat.run
    open_now = acts if seat.may(Permission.UPLOAD_SCAN) and not run.closed_at else ()
    return head_context(run) | {
        "scans": [scan_card(seat, row) for row in scans_for(run, seat.own_office)],
        "acts": shown(acts, open_now, typed),
        "mistake": mistake,
    }
