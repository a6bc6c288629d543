"""Pages on which anybody checks a letter. Load, call, answer; what is uploaded is not kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mistok.kernel.errors import NotFound
from mistok.needs.appeals import published_keys, verify
from mistok.web.verify.asking import answer_form, answer_letter
from mistok.web.verify.limiting import count_lookup, count_miss
from mistok.web.verify.present import asked_context, verdict_context

posted = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@posted
def verify_page(request: HttpRequest) -> HttpResponse:
    """Type a code or upload a file; and the published keys."""
    if request.method == "POST":
        return answer_form(request)
    return render(request, "verify/verify.html", asked_context(request.GET.get("code", "")[:100]))


@never_cache
@posted
def letter(request: HttpRequest, code: str) -> HttpResponse:
    """What became of the letter with a code."""
    count_lookup(request)
    verdict = verify(code)
    if verdict.letter is None:
        count_miss(request)
    if request.method == "POST" and verdict.letter is not None:
        return answer_letter(request, verdict)
    status = 200 if verdict.letter is not None else 404
    return render(request, "verify/verdict.html", verdict_context(verdict), status=status)


@require_safe
def key(request: HttpRequest, key_id: str) -> HttpResponse:
    """A published key as a file."""
    found = next((one for one in published_keys() if one.id == key_id), None)
    if found is None:
        raise NotFound(
            _("There is no key with this name. The published ones stand on the page of letters."),
            code="key_unknown",
        )
    answer = HttpResponse(found.pem, content_type="application/x-pem-file")
    answer["Content-Disposition"] = f'attachment; filename="{found.id}.pem"'
    return answer
