"""What every page of exchange does: 404 for who sees nothing, breadcrumbs, the tabs."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from dure.apps.exchange.pages import crumbs, tabs
from dure.apps.exchange.permissions import may_see_exchange
from dure.foundation.ui.answers import or_404
from dure.foundation.ui.form_page import form_page
from dure.foundation.ui.listing import in_order

ON_A_PAGE = 30
SORTS: dict[str, dict[str, list[str]]] = {
    "meetings": {"day": ["starts_at", "pk"], "status": ["stage", "-starts_at", "pk"]},
    "organisations": {
        "name": ["organisation__name", "pk"],
        "country": ["country", "organisation__name", "pk"],
    },
    "contacts": {
        "home": ["home__name", "pk"],
        "abroad": ["abroad__name", "pk"],
        "opened": ["opened_at", "pk"],
    },
    "requests": {
        "asked": ["created_at", "pk"],
        "due": ["due_on", "created_at", "pk"],
        "status": ["stage", "created_at", "pk"],
    },
    "accords": {
        "day": ["on", "pk"],
        "kind": ["kind", "-on", "pk"],
        "country": ["abroad__abroad__country", "-on", "pk"],
    },
}
"""What each list can be sorted by."""


def seen(request: HttpRequest, records: QuerySet[Any], pk: int) -> Any:
    """One of the records that the reader sees; 404 for any other."""
    or_404(may_see_exchange(request.user))
    return get_object_or_404(records, pk=pk)


def sorted_as_asked(
    request: HttpRequest, records: QuerySet[Any], name: str, default: str
) -> QuerySet[Any]:
    """A list in the order that the reader wishes for, else by `default`."""
    return in_order(records, request.GET.get("sort"), SORTS[name], default)


def listed(request: HttpRequest, current: str, title: str) -> dict[str, Any]:
    """What the template of every list is given."""
    return {
        "tabs": tabs(request.user, current),
        "title": title,
        "breadcrumb": crumbs((title, "")),
    }


def asked(
    request: HttpRequest,
    form: BaseForm,
    act: Callable[[dict[str, Any]], object],
    *,
    title: str,
    button: str,
    back: str,
    done: str,
    under: tuple[str, str] | None = None,
    lead: str = "",
) -> HttpResponse:
    """A page with one form, under the record `under` (its name and address)."""
    return form_page(
        request,
        form,
        act,
        title=title,
        button=button,
        back=back,
        breadcrumb=crumbs(*([under] if under else []), (title, "")),
        done=done,
        lead=lead,
    )
