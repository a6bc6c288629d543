"""Pages of comparing two lists. Load, call, answer; only for those who may bring in lists."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mistok.ingest.comparing.telling import told, unpacked, which
from mistok.ingest.comparing.writing import as_row, write_csv
from mistok.provenance.models import Judgement
from mistok.web.read.compare_page import asked, compared_page, comparison_of, narrowed
from mistok.web.read.compare_start import start_page

posted = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@login_required
@posted
def start(request: HttpRequest) -> HttpResponse:
    """Put two lists side by side, and see the comparisons that were made."""
    return start_page(request)


@never_cache
@login_required
@posted
def compared(request: HttpRequest, comparison_id: str) -> HttpResponse:
    """One comparison, to be judged row by row."""
    return compared_page(request, comparison_of(request, comparison_id))


@never_cache
@login_required
@require_safe
def compared_csv(request: HttpRequest, comparison_id: str) -> HttpResponse:
    """The pairs as a table, narrowed as the page is."""
    comparison = comparison_of(request, comparison_id)
    file = HttpResponse(content_type="text/csv; charset=utf-8")
    file["Content-Disposition"] = f'attachment; filename="{comparison.public_id}.csv"'
    file.write("\ufeff")
    write_csv(
        file,
        (
            as_row(
                which(pair.found),
                pair.left,
                pair.right,
                why=told(unpacked(pair.why)),
                score=pair.score,
                verdict=str(Judgement.Verdict(pair.verdict).label) if pair.verdict else _("open"),
            )
            for pair in narrowed(comparison, *asked(request)).iterator(chunk_size=500)
        ),
    )
    return file
