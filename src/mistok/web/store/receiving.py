"""Receiving: what is on the way is counted, and the act is recorded once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mistok.aid.acts import accept, add_file
from mistok.aid.lifecycle import ActKind
from mistok.aid.models import AidAct, AidFile, Consignment
from mistok.kernel.errors import Invalid, NotFound, Refusal, Unavailable
from mistok.web.acting import key_of, new_key
from mistok.web.aid.seats import DeskSeat, unknown
from mistok.web.aid.words import giver_of
from mistok.web.needs.sentences import told
from mistok.web.store.answering import done, refused, wants_json
from mistok.web.store.desk import frame
from mistok.web.store.receive_form import ActForm, CountForm, forms_of, row_of

MOST_PHOTOS = 12
MOST_BYTES = 25 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The form of one consignment, empty or as it was sent."""

    seat: DeskSeat
    consignment: Consignment
    counts: Sequence[CountForm]
    act: ActForm
    key: str

    @property
    def mistakes(self) -> dict[str, str]:
        """Sentences by field; one of its own where nothing was counted."""
        forms = [*self.counts, self.act]
        found = {
            form.add_prefix(name): " ".join(str(error) for error in errors)
            for form in forms
            for name, errors in form.errors.items()
        }
        if not found and not any(count.is_counted for count in self.counts):
            found[""] = _("Write how many came of at least one thing.")
        return found


def consignment_of(seat: DeskSeat, public_id: str) -> Consignment:
    """The consignment of this office. Raises NotFound, alike for none and for another's."""
    rows = Consignment.objects.of(seat.office).select_related("office", "donor_office")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise unknown()
    return found


def receive_page(seat: DeskSeat, consignment: Consignment) -> HttpResponse:
    """The form; the sums of what was typed; or the act, recorded."""
    request = seat.request
    data = request.POST if request.method == "POST" else None
    filled = Filled(
        seat=seat,
        consignment=consignment,
        counts=forms_of(consignment, data),
        act=ActForm(data),
        key=new_key() if data is None else key_of(request),
    )
    if data is None:
        return _page(filled)
    if data.get("act") == "look":
        return _page(filled, looked=True)
    mistakes = filled.mistakes
    if mistakes:
        return _refuse(filled, incomplete(mistakes), mistakes)
    try:
        return _record(filled)
    except Refusal as refusal:
        return _refuse(filled, refusal)


def incomplete(mistakes: dict[str, str]) -> Invalid:
    """The refusal of a form in which something is missing."""
    message = mistakes.get("") or _(
        "Something is missing or cannot be read. Nothing was recorded yet."
    )
    return Invalid(message, code="form_incomplete")


def _record(filled: Filled) -> HttpResponse:
    """The act first, then its photos: each of them once, however often the form is sent."""
    seat, values = filled.seat, filled.act.cleaned_data
    photos = _photos(seat.request)
    already = AidAct.objects.filter(office=seat.office, key=filled.key).exists()
    act = accept(
        actor=seat.actor,
        consignment=filled.consignment,
        day=values["day"],
        counted=[count.counted() for count in filled.counts if count.is_counted],
        commission=filled.act.commission(),
        remarks=values["remarks"],
        signed_by=values["signed_by"],
        key=filled.key,
    )
    trouble = _keep_photos(filled, act, photos)
    sentence = _sentence(act)
    if wants_json(seat.request):
        return done(sentence, already=already, act=act.public_id, trouble=trouble)
    messages.success(seat.request, sentence)
    for line in trouble:
        messages.warning(seat.request, line)
    return redirect("store:store", seat.office.public_id)


def _photos(request: HttpRequest) -> "list[UploadedFile[Any]]":
    """The photos that were sent. Raises Invalid (`photos_too_many`) before anything is recorded."""
    photos = request.FILES.getlist("photo")
    if len(photos) > MOST_PHOTOS:
        raise Invalid(
            _("More than %(most)s photos were sent at once. Send fewer; nothing was recorded yet.")
            % {"most": MOST_PHOTOS},
            code="photos_too_many",
        )
    return photos


def _keep_photos(filled: Filled, act: AidAct, photos: "Sequence[UploadedFile[Any]]") -> list[str]:
    """Sentences of the photos that could not be kept; the act stands without them.

    Raises Unavailable where they can be sent again later: the same key finds the act again.
    """
    trouble = []
    for number, photo in enumerate(photos, 1):
        try:
            add_file(
                actor=filled.seat.actor,
                consignment=filled.consignment,
                kind=AidFile.Kind.PHOTO,
                name=f"photo-{number}",
                # A byte more than may be: the service tells that it is too large.
                data=photo.read(MOST_BYTES + 1),
                act=act,
                key=f"{filled.key}-{number}",
            )
        except Unavailable:
            raise
        except Refusal as refusal:
            line = _("The act is recorded. Photo %(number)s was not kept: %(why)s")
            trouble.append(line % {"number": number, "why": told(refusal)})
    return trouble


def _sentence(act: AidAct) -> str:
    """What was recorded, with the act that tells of a surplus, shortage or damage."""
    said = _("Recorded: acceptance act %(number)s/%(year)s.")
    sentence = said % {"number": act.number, "year": act.year}
    other = AidAct.objects.filter(follows=act, kind=ActKind.DISCREPANCY).first()
    if other is None:
        return sentence
    more = _("What differs from the papers stands in discrepancy act %(number)s/%(year)s.")
    return f"{sentence} {more % {'number': other.number, 'year': other.year}}"


def _refuse(
    filled: Filled, refusal: Refusal, mistakes: dict[str, str] | None = None
) -> HttpResponse:
    """Why nothing was recorded, with everything that was typed."""
    if wants_json(filled.seat.request):
        return refused(refusal, mistakes)
    if isinstance(refusal, NotFound):
        raise refusal
    return _page(filled, mistake=refusal)


def _page(filled: Filled, *, mistake: Refusal | None = None, looked: bool = False) -> HttpResponse:
    request, consignment = filled.seat.request, filled.consignment
    used = mistake is not None and mistake.code == "key_reused"
    context = frame(request) | {
        "office": filled.seat.office,
        "consignment": consignment,
        "giver": giver_of(consignment),
        "rows": [row_of(count) for count in filled.counts],
        "form": filled.act,
        "key": new_key() if used else filled.key,
        "mistake": told(mistake) if mistake is not None else "",
        "looked": looked,
        "most_photos": MOST_PHOTOS,
        "chosen": request.GET.get("lot", ""),
    }
    status = mistake.status if mistake is not None else 200
    return render(request, "store/receive.html", context, status=status)
