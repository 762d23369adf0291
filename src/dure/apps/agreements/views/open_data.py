"""Agreements and payments in the formats of others, for the office and auditors."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from dure.apps.agreements import queries
from dure.apps.agreements.presenters.data_package import data_package
from dure.apps.agreements.presenters.releases import release_package


@login_required
@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    """A package of OCDS 1.1 releases: signed agreements with what was paid so far."""
    _readers_only(request)
    package = release_package(
        queries.signed_agreements(),
        prefix=settings.DURE_OCID_PREFIX,
        uri=request.build_absolute_uri(),
        publisher=settings.BASE_URL,
        at=timezone.now(),
    )
    return JsonResponse(package, json_dumps_params={"ensure_ascii": False})


@login_required
@require_safe
def package(request: HttpRequest) -> HttpResponse:
    """A tabular data package of signed agreements and their payments, as a ZIP file."""
    _readers_only(request)
    now = timezone.now()
    name = f"dure-agreements-{timezone.localdate(now).isoformat()}.zip"
    return HttpResponse(
        data_package(queries.signed_agreements(), at=now),
        content_type="application/zip",
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )


def _readers_only(request: HttpRequest) -> None:
    if not queries.reads_all(request.user):
        raise Http404
