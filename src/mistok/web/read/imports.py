"""A table of ties or a list of partners brought in on a page: sent, looked at, taken.

Works without a script: the file is kept for an hour for who sent it, and every look reads it anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mistok.accounts.actors import Actor
from mistok.ingest.agreements import fits, import_agreements
from mistok.ingest.agreements.columns import count_of as agreement_headings
from mistok.ingest.agreements.importing import LIST, AgreementImport
from mistok.ingest.runs import ImportReport, refused_csv
from mistok.ingest.runs.scope import Scope
from mistok.ingest.tables import Choices, Cited, Opened, TableImport, choices_of, import_table
from mistok.ingest.tables.headings import count_of
from mistok.ingest.tables.opening import table_of
from mistok.ingest.tables.template import template_csv
from mistok.kernel.errors import Invalid, Refusal
from mistok.needs.importing.limits import MOST_BYTES, MOST_ROWS
from mistok.web.needs import keeping
from mistok.web.read.import_forms import ListForm, SourceForm
from mistok.web.read.import_words import column_rows, previews, report_context
from mistok.web.refusals import sentence

SHOWN: Final = 20
MOST_COLUMNS: Final = 60
posted = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@login_required
@posted
def import_page(request: HttpRequest) -> HttpResponse:
    """Send a table; look at what was understood; take it."""
    Scope(Actor(user=request.user))
    if request.method != "POST":
        return first_page(request)
    try:
        sheet = _sheet(request)
        match request.POST.get("act"):
            case "report":
                return _report(request, sheet)
            case "take":
                return _take(request, sheet)
        return _look(request, sheet)
    except Refusal as refusal:
        return first_page(request, mistake=_told(refusal), status=refusal.status)


@never_cache
@login_required
@require_safe
def template_file(request: HttpRequest) -> HttpResponse:
    """The table to fill in."""
    return _file(template_csv(), "ties-template.csv")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that was sent, with how its reader wants it understood."""

    token: str
    name: str
    table: Opened
    form: SourceForm
    choices: Choices

    @property
    def is_official(self) -> bool:
        """Whether it is the Ukrainian list of agreements, which brings its own columns."""
        return fits(self.table.headings)


def first_page(
    request: HttpRequest,
    *,
    mistake: str = "",
    status: int = 200,
    source: SourceForm | None = None,
    listed: ListForm | None = None,
) -> HttpResponse:
    """The page with both forms: a table, and a list as text."""
    context = {
        "mistake": mistake,
        "source": source or SourceForm(auto_id="table-%s"),
        "listed": listed or ListForm(auto_id="list-%s"),
        "megabytes": MOST_BYTES // 1024 // 1024,
    }
    return render(request, "read/import.html", context, status=status)


def person_of(request: HttpRequest) -> str:
    """By whose id a file is kept."""
    person = Actor(user=request.user).person
    return person.public_id if person is not None else ""


def _sheet(request: HttpRequest) -> Sheet:
    token, name = request.POST.get("token", ""), request.POST.get("name", "")[:200]
    if not token:
        file = request.FILES.get("file")
        if file is None or not file.name:
            raise Invalid(_("Choose a file first: XLSX, ODS or CSV."), code="file_missing")
        name = file.name[:200]
        token = keeping.keep(bytes(file.read(MOST_BYTES + 1)), person_of(request))
    data = keeping.kept(token, person_of(request))
    table = table_of(data, name=name, most_rows=MOST_ROWS, most_bytes=MOST_BYTES, count=_headings)
    form = SourceForm(request.POST, auto_id="table-%s")
    if not form.is_valid():
        raise Invalid(form.told(), code="form_invalid")
    chosen = {
        str(place + 1): str(request.POST[f"column_{place}"])
        for place in range(min(MOST_COLUMNS, len(table.headings)))
        if f"column_{place}" in request.POST
    }
    choices = choices_of({"columns": chosen, "source": form.source(), "told": form.held()})
    return Sheet(token, name, table, form, choices)


def _headings(texts: Sequence[str]) -> int:
    return max(count_of(texts), agreement_headings(texts))


def _adapter(sheet: Sheet) -> TableImport | AgreementImport:
    if sheet.is_official:
        return AgreementImport.of(sheet.table, _edition(sheet))
    return TableImport.of(sheet.table, sheet.choices)


def _edition(sheet: Sheet) -> Cited:
    told = sheet.choices.source
    return replace(LIST, published=told.published, url=told.url)


def _import(request: HttpRequest, sheet: Sheet, **how: Any) -> ImportReport:
    actor = Actor(user=request.user)
    if sheet.is_official:
        return import_agreements(actor=actor, table=sheet.table, cited=_edition(sheet), **how)
    return import_table(actor=actor, table=sheet.table, choices=sheet.choices, **how)


def _look(
    request: HttpRequest, sheet: Sheet, *, mistake: str = "", status: int = 200
) -> HttpResponse:
    """What was understood of the columns and of the first rows."""
    rows = list(islice(sheet.table.rows(), SHOWN))
    context: dict[str, Any] = {
        "sheet": sheet,
        "count": sheet.table.count(),
        "columns": () if sheet.is_official else column_rows(sheet.table, sheet.choices, rows),
        "mistake": mistake,
        "hidden": sheet.form.hidden(),
    }
    try:
        context["previews"] = previews(_adapter(sheet), rows)
    except Refusal as refusal:
        context["mistake"] = mistake or _told(refusal)
    context["taken"] = sum(1 for one in context.get("previews", ()) if not one.sentence)
    return render(request, "read/import_look.html", context, status=status)


def _report(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """What would be set aside, row by row, as a file; nothing is written."""
    try:
        report = _import(request, sheet, dry_run=True)
    except Refusal as refusal:
        return _look(request, sheet, mistake=_told(refusal), status=refusal.status)
    return _file(refused_csv(report.set_aside), "rows-set-aside.csv")


def _take(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """The good rows become statements; the others are told."""
    try:
        report = _import(request, sheet)
    except Refusal as refusal:
        return _look(request, sheet, mistake=_told(refusal), status=refusal.status)
    keeping.drop(sheet.token, person_of(request))
    return render(request, "read/import_done.html", report_context(report))


def _told(refusal: Refusal) -> str:
    if refusal.code in ("table_too_many_rows", "table_too_large"):
        return _(
            "The file is too large for this page, which takes %(rows)s rows and %(megabytes)s MB. "
            "Whoever runs this server can bring it in: mistok ingest table."
        ) % {"rows": MOST_ROWS, "megabytes": MOST_BYTES // 1024 // 1024}
    return sentence(refusal)


def _file(text: str, name: str) -> HttpResponse:
    file = HttpResponse(f"\ufeff{text}", content_type="text/csv; charset=utf-8")
    file["Content-Disposition"] = f'attachment; filename="{name}"'
    return file
