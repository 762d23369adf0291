"""Lists of needs and technologies: filtered, sorted, searched, and as an Excel workbook."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from dure.apps.catalog import operations, queries
from dure.apps.catalog.forms.filters import ArrangeForm, FilterForm
from dure.apps.catalog.presenters import words
from dure.apps.catalog.presenters.exports import as_workbook
from dure.apps.catalog.presenters.hits import CLOSE_SHOWN, rows_of
from dure.apps.catalog.presenters.kinds import KINDS, EntryPages
from dure.apps.catalog.presenters.tabs import tabs_for
from dure.apps.people.models import User
from dure.apps.people.queries import people_in_any
from dure.foundation.ui.answers import workbook_response
from dure.foundation.ui.listing import letter_to

EXPORTED = 20_000
# Never needed for a line of a list, and large.
HEAVY = {"needs": ("search", "body_en", "requirements"), "technologies": ("search", "track_record")}


@require_safe
@vary_on_headers("HX-Request")
def entry_list(request: HttpRequest, kind: str) -> HttpResponse:
    """The list page; with htmx only what changes with the filters."""
    shelf = KINDS[kind]
    is_fragment = request.htmx and not request.htmx.history_restore_request
    page = "catalog/_entry_results.html" if is_fragment else "catalog/entry_list.html"
    context = _list_context(request, shelf)
    if letter := letter_to(request, lambda: _owners(request, shelf), context):
        return letter
    response = render(request, page, context)
    if is_fragment:
        response["HX-Push-Url"] = _address(request, KINDS[kind])
    return response


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The whole filtered list as an Excel workbook, as far as its reader may see it."""
    entry_kind = KINDS[kind]
    entries = _found(request, entry_kind)[: EXPORTED + 1]
    rows = list(entries.defer("search"))
    if len(rows) > EXPORTED:
        messages.error(request, _("More than 20,000 rows. Narrow the list, then export it."))
        return redirect(f"{entry_kind.url('list')}?{request.GET.urlencode()}")
    operations.note_access(entries=rows, by=request.user, at=timezone.now())
    name = f"{entry_kind.plural}-{timezone.localdate().isoformat()}"
    return workbook_response(as_workbook(entry_kind, rows, request.user), name)


def _address(request: HttpRequest, kind: EntryPages) -> str:
    """The address of this list, without the filters that were left empty."""
    query = request.GET.copy()
    for name, values in list(query.lists()):
        query.setlist(name, [value for value in values if value])
    return f"{kind.url('list')}?{query.urlencode()}"


def _found(request: HttpRequest, kind: EntryPages):
    filters = FilterForm(request.GET, kind=kind, reader=request.user)
    narrowed = filters.narrow(kind.visible_to(request.user))
    return ArrangeForm(request.GET, reader=request.user).arrange(narrowed, filters.found)


def _owners(request: HttpRequest, kind: EntryPages) -> QuerySet[User]:
    """The people of the organisations whose entries were found."""
    return people_in_any(_found(request, kind).order_by().values("organisation"))


def _close(request: HttpRequest, kind: EntryPages, filters: FilterForm) -> list[words.Row]:
    return rows_of(kind, filters.search.close[:CLOSE_SHOWN], request.user, filters.words)


def _list_context(request: HttpRequest, kind: EntryPages) -> dict:
    filters = FilterForm(request.GET, kind=kind, reader=request.user)
    arrange = ArrangeForm(request.GET, reader=request.user)
    listed = arrange.arrange(filters.narrow(kind.visible_to(request.user)), filters.found)
    page = arrange.page(listed.defer(*HEAVY[kind.path]), request.GET.get("page"))
    rows = [
        words.row(
            queries.redacted_for(request.user, entry), kind.url("detail", entry.pk), filters.words
        )
        for entry in page
    ]
    return {
        "kind": kind,
        "title": kind.plural,
        "breadcrumb": [{"label": kind.plural}],
        "tabs": tabs_for(request.user, kind, "mine" if filters.cleaned_data["mine"] else "list"),
        "filters": filters,
        "arrange": arrange,
        "chips": filters.chips(),
        "page": page,
        "rows": rows,
        "close": _close(request, kind, filters) if page.number == 1 else [],
        "sources": sorted({row.entry.source for row in rows} - {""}),
        "has_invented": any(entry.organisation.is_invented for entry in page),
        "list_url": kind.url("list"),
        "new_url": kind.url("new"),
        "export_url": f"{kind.url('export')}?{request.GET.urlencode()}",
    }
