"""Files and photos of a consignment: added, listed, reviewed, and sent to those who may read."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.accounts.permissions import Permission
from mistok.aid.acts import add_file, file_content, may_be_shown, review_file
from mistok.aid.acts.files import GIVERS, OPEN, STOREKEEPERS
from mistok.aid.consignments import living_lines
from mistok.aid.models import AidFile, AidLine
from mistok.kernel.errors import NotFound
from mistok.web.acting import Act, Done, Mistake, Told, mistake_context, perform, shown
from mistok.web.aid.act_rows import act_title
from mistok.web.aid.fields import AidForm
from mistok.web.aid.head import head_of
from mistok.web.aid.seats import AidSeat
from mistok.web.aid.words import line_name
from mistok.web.needs.fields import chosen
from mistok.web.offices.words import moment_words
from mistok.web.procedure.fields import choice, line
from mistok.web.procedure.files import sent
from mistok.web.procedure.words import size_words
from mistok.web.words import StateBadge

MOST_BYTES = 25_000_000
Kind = AidFile.Kind
ENDINGS = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCard:
    """One file as the page lists it."""

    name: str
    kind: str
    size: str
    added: str
    sha256: str
    about: str
    url: str
    review: StateBadge | None
    reason: str
    review_url: str


class FileForm(AidForm):
    """Which kind of file, what it belongs to, and the file."""

    def __init__(self, seat: AidSeat, data: Any = None, files: Any = None, **more: Any) -> None:
        super().__init__(data, files, **more)
        kinds = kinds_for(seat)
        self.fields["kind"] = chosen(gettext_lazy("What it is"), kinds)
        lines, acts = _lines(seat), _acts(seat)
        if lines:
            self.fields["line"] = chosen(
                gettext_lazy("About which line"),
                lines,
                empty=gettext_lazy("the whole consignment"),
                needed=False,
            )
        if acts:
            self.fields["of_act"] = chosen(
                gettext_lazy("Of which act"), acts, empty=gettext_lazy("none"), needed=False
            )
        self.fields["file"] = forms.FileField(
            label=gettext_lazy("The file"),
            help_text=gettext_lazy(
                "PDF, Word, Excel, JPEG, PNG or WebP, up to 25 megabytes. Of a photo the place "
                "and time where it was taken are cut out."
            ),
            widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.webp,.docx,.xlsx"}),
            allow_empty_file=True,
        )


class ReviewForm(AidForm):
    """Whether a photo may be shown to the giver."""

    shown = choice(
        gettext_lazy("May the giver see this photo?"),
        [
            ("yes", gettext_lazy("Yes: no plates, no buildings near hits, nobody unasked.")),
            ("no", gettext_lazy("No.")),
        ],
    )
    reason = line(gettext_lazy("Reason, if it may not"), most=400)


def files_page(seat: AidSeat) -> HttpResponse:
    """The files that this person's office may read, and the form for one more."""
    page = partial(_page, seat)
    if seat.request.method == "POST":
        return perform(seat.request, _every_act(seat), page)
    return page()


def file_bytes(seat: AidSeat, file_id: str) -> FileResponse:
    """The bytes of a file, to be saved. Raises NotFound alike for others' and for none."""
    found = _file(seat, file_id)
    ending = ENDINGS.get(found.content_type, "bin")
    # The name on the reader's disk tells nothing of what is in it.
    name = f"{found.kind}-{found.public_id}.{ending}"
    return sent(io.BytesIO(file_content(found)), found.content_type, name)


def _file(seat: AidSeat, file_id: str) -> AidFile:
    found = seat.consignment.files.filter(public_id=file_id[:40]).first()
    if found is None or not may_read(seat, found):
        raise NotFound(
            _("There is no file at this address that you may read. See the list of files."),
            code="aid_file_unknown",
        )
    return found


def may_read(seat: AidSeat, file: AidFile) -> bool:
    """The receiving office reads all; the giver its own kinds, and photos after a review."""
    if not seat.gives:
        return True
    return may_be_shown(file) if file.kind == Kind.PHOTO else file.kind in GIVERS


def kinds_for(seat: AidSeat) -> list[tuple[str, str]]:
    """Kinds of files that this person may add."""
    if seat.gives:
        allowed = frozenset(GIVERS) if seat.may(Permission.GIVE_AID) else frozenset()
    elif seat.may(Permission.WRITE_CONSIGNMENT):
        allowed = frozenset(Kind)
    else:
        allowed = frozenset(STOREKEEPERS) if seat.may(Permission.RECEIVE_GOODS) else frozenset()
    return [(kind.value, str(kind.label)) for kind in Kind if kind in allowed]


def _every_act(seat: AidSeat) -> dict[str, Act]:
    plain: dict[str, Any] = {
        "office": seat.office,
        "subject": seat.consignment.public_id,
        "version": seat.consignment.version,
    }
    acts: dict[str, Act] = {}
    if kinds_for(seat):
        acts["add"] = Act(
            title=_("Add a file"),
            button=_("Add the file"),
            make=partial(FileForm, seat),
            do=partial(_add, seat),
            right=_adding_right(seat),
            on=seat.consignment.state in OPEN,
            **plain,
        )
    asked = seat.request.GET.get("review", "")
    if asked and not seat.gives and seat.may(Permission.REVIEW_FILE):
        acts["review"] = Act(
            title=_("Review a photo"),
            button=_("Record the review"),
            make=ReviewForm,
            do=partial(_review, seat, _file(seat, asked)),
            right=Permission.REVIEW_FILE,
            follows=_("Look at the photo first. Only what is allowed here leaves your office."),
            **plain,
        )
    return acts


def _adding_right(seat: AidSeat) -> Permission:
    if seat.gives:
        return Permission.GIVE_AID
    writes = seat.may(Permission.WRITE_CONSIGNMENT)
    return Permission.WRITE_CONSIGNMENT if writes else Permission.RECEIVE_GOODS


def _add(seat: AidSeat, told: Told) -> Done:
    values, file = told.values, told.values["file"]
    acts = {one.public_id: one for one in seat.consignment.acts.all()}
    lines = {one.public_id: one for one in living_lines(seat.consignment)}
    add_file(
        actor=told.actor,
        consignment=seat.consignment,
        kind=values["kind"],
        name=file.name,
        # One byte more than is allowed is enough to refuse a file that is too large.
        data=file.read(MOST_BYTES + 1),
        act=acts.get(values.get("of_act", "")),
        line=lines.get(values.get("line", "")),
        key=told.key,
    )
    return Done(_("The file is kept with its fingerprint."))


def _review(seat: AidSeat, file: AidFile, told: Told) -> Done:
    allowed = told.values["shown"] == "yes"
    review_file(actor=told.actor, file=file, shown=allowed, reason=told.values["reason"])
    url = reverse("aid:files", args=[seat.consignment.public_id])
    if allowed:
        return Done(_("The giver may see this photo."), url)
    return Done(_("This photo stays inside your office."), url)


def _lines(seat: AidSeat) -> list[tuple[str, str]]:
    lines = (one for one in living_lines(seat.consignment) if _tells_of(seat, one))
    return [(one.public_id, f"{one.position}. {line_name(one)}") for one in lines]


def _tells_of(seat: AidSeat, line: AidLine | None) -> bool:
    """Whether a line may be named to this person: to the giver none that is restricted."""
    return line is not None and not (seat.gives and line.restricted)


def _acts(seat: AidSeat) -> list[tuple[str, str]]:
    if seat.gives:
        return []
    return [(one.public_id, act_title(one)) for one in seat.consignment.acts.order_by("pk")]


def _page(
    seat: AidSeat,
    *,
    typed: Mapping[str, forms.Form] | None = None,
    mistake: Mistake | None = None,
) -> HttpResponse:
    typed = typed or {}
    files = seat.consignment.files.select_related("line", "act").order_by("-pk")
    acts = shown(seat.request, _every_act(seat), typed, mistake=mistake)
    context = {
        **head_of(seat, "files"),
        "files": [_card(seat, one) for one in files if may_read(seat, one)],
        "acts": sorted(acts, key=lambda one: one.name != "review"),
        "reviewed": seat.request.GET.get("review", ""),
        **mistake_context(mistake, typed),
    }
    status = mistake.status if mistake else 200
    return render(seat.request, "aid/files.html", context, status=status)


def _card(seat: AidSeat, one: AidFile) -> FileCard:
    photo = one.kind == Kind.PHOTO and not seat.gives
    last = one.reviews.order_by("-pk").first() if photo else None
    reviews = photo and seat.may(Permission.REVIEW_FILE)
    here = reverse("aid:files", args=[seat.consignment.public_id])
    line = line_name(one.line) if one.line and _tells_of(seat, one.line) else ""
    about = [line, act_title(one.act) if one.act else ""]
    # How the other office calls its files is its own business.
    hers = not seat.gives or one.uploaded_by == str(seat.actor)
    name = one.name if hers else str(one.get_kind_display()).capitalize()
    return FileCard(
        name=name or one.public_id,
        kind=str(one.get_kind_display()),
        size=size_words(one.size),
        added=moment_words(one.uploaded_at),
        sha256=one.sha256,
        about=", ".join(filter(None, about)),
        url=reverse("aid:file", args=[seat.consignment.public_id, one.public_id]),
        review=_verdict(last.shown if last else None) if photo else None,
        reason=last.reason if last else "",
        review_url=f"{here}?review={one.public_id}#act-review" if reviews else "",
    )


def _verdict(allowed: bool | None) -> StateBadge:
    if allowed is None:
        return StateBadge("waiting", _("not reviewed yet"), "amber", "◐")
    if allowed:
        return StateBadge("shown", _("the giver may see it"), "moss", "✓")
    return StateBadge("kept", _("stays inside"), "clay", "✕")
