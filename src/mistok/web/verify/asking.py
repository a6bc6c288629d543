"""The answer to a form: a code, a file, or both."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mistok.kernel.errors import Invalid
from mistok.needs.appeals import Verdict, verify
from mistok.web.verify.limiting import count_lookup, count_miss
from mistok.web.verify.present import (
    asked_context,
    code_of_file,
    compared_with,
    verdict_context,
)

LONGEST_CODE = 100


def answer_form(request: HttpRequest) -> HttpResponse:
    """From the form without a code in the address: on to the letter, or the form again."""
    typed = request.POST.get("code", "").strip()[:LONGEST_CODE]
    file = request.FILES.get("file")
    if not typed and file is None:
        return _again(request, "", _("Type the code of the letter, or choose its PDF."))
    count_lookup(request)
    try:
        verdict = verify(typed) if typed or file is None else _found(file)
        if verdict is None or verdict.letter is None:
            count_miss(request)
            return _unknown(request, verdict)
        if file is None:
            return redirect("verify:letter", verdict.code)
        file.seek(0)
        return _verdict(request, verdict_context(verdict, compared_with(verdict.code, file)), 200)
    except Invalid as refusal:
        return _again(request, typed, str(refusal))


def _found(file: "UploadedFile[Any]") -> Verdict | None:
    """The letter whose file this is, if it is one of ours. Raises Invalid."""
    code = code_of_file(file)
    return verify(code) if code else None


def answer_letter(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    """From the form on the page of a letter: its file beside the one that was sent."""
    file = request.FILES.get("file")
    if file is None:
        refusal = _("Choose the PDF that you got.")
        return _verdict(request, verdict_context(verdict, refusal=refusal), 400)
    try:
        standing = compared_with(verdict.code, file)
    except Invalid as refused:
        return _verdict(request, verdict_context(verdict, refusal=str(refused)), 400)
    return _verdict(request, verdict_context(verdict, standing), 200)


def _verdict(request: HttpRequest, context: dict[str, object], status: int) -> HttpResponse:
    return render(request, "verify/verdict.html", context, status=status)


def _unknown(request: HttpRequest, verdict: Verdict | None) -> HttpResponse:
    """A code that leads nowhere, or a file that is none of our letters."""
    if verdict is not None:
        return _verdict(request, verdict_context(verdict), 404)
    told = _(
        "This file is none of the letters that were sent from here: it was altered, or it comes "
        "from elsewhere. If a code stands on it, type the code too."
    )
    return render(request, "verify/verify.html", asked_context(unknown_file=told), status=404)


def _again(request: HttpRequest, typed: str, refusal: str) -> HttpResponse:
    return render(request, "verify/verify.html", asked_context(typed, refusal), status=400)
