"""Pages of files that come in."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from callcenter.access import require
from callcenter.errors import DomainError
from callcenter.imports import kinds, selectors, services
from callcenter.imports.columns import check, unused
from callcenter.imports.enums import Mode, State
from callcenter.imports.forms import ColumnsForm, RunForm
from callcenter.imports.models import Import
from callcenter.imports.preview import preview as preview_of
from callcenter.imports.preview import samples
from callcenter.imports.work import sentence
from callcenter.pages import page_of
from callcenter.saving import attempt
from callcenter.sheets import write

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show which files this person may send."""
    allowed = [kind for kind in kinds.every() if request.user.has_perm(kind.permission)]
    return render(request, "imports/index.html", {"kinds": allowed})


@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, kind: str) -> HttpResponse:
    """Take a file of a kind; below, what came in before."""
    of_kind = kinds.get(kind)
    require(request.user, of_kind.permission)
    form = of_kind.form(request.POST or None, request.FILES or None, person=request.user)
    batch, status = attempt(form, lambda: _send(request, of_kind, form))
    if batch:
        return redirect("imports:columns", batch.pk)
    page = page_of(selectors.imports_of(of_kind, request.user), request.GET.get("page"))
    context = {"kind": of_kind, "back": of_kind.back_of(request.user), "form": form, "page": page}
    return render(request, "imports/send.html", context, status=status)


def _send(request: HttpRequest, kind: kinds.Kind, form: Any) -> Import:
    given = dict(form.cleaned_data)
    file = given.pop("file")
    return services.send_file(
        actor=request.user,
        kind=kind,
        file=file,
        file_name=file.name,
        sheet=given.pop("sheet"),
        given=given,
        now=timezone.now(),
    )


@require_GET
def template(request: HttpRequest, kind: str, form: str) -> StreamingHttpResponse:
    """Hand out an empty file of a kind: the header and one row as an example."""
    of_kind = kinds.get(kind)
    require(request.user, of_kind.permission)
    header = [str(field.label) for field in of_kind.fields]
    return _file(f"{kind}.{form}", header, [[str(field.example) for field in of_kind.fields]])


def _file(name: str, header: list[str], rows: Iterable[list[str]]) -> StreamingHttpResponse:
    if name.endswith(".xlsx"):
        content: Any = write.xlsx(header, rows)
        answer = StreamingHttpResponse(content, content_type=XLSX)
    else:
        answer = StreamingHttpResponse(write.csv_lines(header, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _batch(request: HttpRequest, pk: int) -> Import:
    batch = get_object_or_404(Import.objects.select_related("by", "job"), pk=pk)
    if not batch.of_kind.visible(Import.objects.filter(pk=pk), request.user).exists():
        raise Http404
    return batch


@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what each column holds; then try the file, or bring it in."""
    batch = _batch(request, pk)
    require(request.user, "imports.run", batch)
    if not batch.may_run:
        return redirect(batch)
    form = _columns_form(batch, request.POST or None)
    done, status = attempt(form, lambda: _choose(request, batch, form))
    if done:
        return redirect(batch)
    chosen = form.columns if form.is_bound else batch.columns
    context = {
        "batch": batch,
        "back": batch.of_kind.back_of(request.user),
        "form": form,
        "lines": zip(form.column_fields(), samples(batch), strict=True),
        "preview": preview_of(batch, chosen),
        # A form that was sent says it itself.
        "problem": None if form.is_bound else _problem(batch, chosen),
        "before": services.same_content(batch.of_kind, batch.sha256).first(),
    }
    return render(request, "imports/columns.html", context, status=status)


def _columns_form(batch: Import, given: Any) -> ColumnsForm:
    known = {f"column_{place}": key for place, key in enumerate(batch.columns)} | {"mode": batch.mode}
    return ColumnsForm(given, initial=known, header=batch.header, fields=batch.of_kind.fields)


def _choose(request: HttpRequest, batch: Import, form: ColumnsForm) -> Import:
    services.choose_columns(actor=request.user, batch=batch, columns=form.columns, now=timezone.now())
    return _start(request, batch, form)


def _start(request: HttpRequest, batch: Import, form: RunForm) -> Import:
    asked = form.cleaned_data
    return services.start(
        actor=request.user,
        batch=batch,
        mode=Mode(asked["mode"]),
        trial=asked["trial"],
        now=timezone.now(),
    )


@require_POST
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the first rows as the columns chosen in the form would have them understood; nothing is written."""
    batch = _batch(request, pk)
    require(request.user, "imports.run", batch)
    form = _columns_form(batch, request.POST)
    form.full_clean()
    context = {"preview": preview_of(batch, form.columns), "problem": _problem(batch, form.columns)}
    return render(request, "imports/_preview.html", context)


def _problem(batch: Import, columns: Sequence[str]) -> DomainError | None:
    """Return why the columns will not do."""
    try:
        check(batch.of_kind, batch.header, columns)
    except DomainError as refusal:
        return refusal
    return None


@require_POST
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Try the file, or bring it in, with the columns as they were chosen."""
    batch = _batch(request, pk)
    form = RunForm(request.POST)
    if form.is_valid():
        _start(request, batch, form)
    else:
        messages.error(request, _("Choose what is done with bad rows."))
    return redirect(batch)


@require_GET
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what became of a file: its counts and, to whoever may read them, the rows refused."""
    batch = _batch(request, pk)
    if batch.state == State.OPEN and request.user.has_perm("imports.run", batch):
        return redirect("imports:columns", batch.pk)
    may_read = request.user.has_perm("imports.read_rejects", batch)
    context = {
        "batch": batch,
        "back": batch.of_kind.back_of(request.user),
        "page": page_of(batch.rejects.all() if may_read else batch.rejects.none(), request.GET.get("page")),
        "may_read_rejects": may_read,
        "link": batch.of_kind.link(batch, request.user) if batch.state == State.DONE else None,
        "unused": unused(batch.header, batch.columns),
        "sentence": sentence(batch),
        "described": batch.of_kind.describe(batch),
        "is_running": batch.stands == State.RUNNING,
        "run_form": RunForm(initial={"mode": batch.mode}),
    }
    return render(request, "imports/result.html", context)


@require_GET
def rejects(request: HttpRequest, pk: int, form: str) -> StreamingHttpResponse:
    """Hand out the refused rows as they came, with what is wrong, to be mended and sent again."""
    batch = _batch(request, pk)
    require(request.user, "imports.take_rejects", batch)
    header, rows = selectors.rejects_file(batch)
    return _file(f"rejects-{batch.pk}.{form}", header, rows)
