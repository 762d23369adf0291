"""What the pages of support services share."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dure.apps.support.kinds import Service, service_of
from dure.apps.support.models import SupportRequest


def service_for(slug: str) -> Service:
    """The service of an address; 404 where there is none."""
    service = service_of(slug)
    if service is None:
        raise Http404
    return service


def crumbs(*labels: str, request: SupportRequest | None = None) -> list[dict[str, str]]:
    """The way up from a page."""
    way = [{"label": _("Support services"), "url": reverse("support:services")}]
    if request is not None:
        way.append({"label": pgettext("support", "Requests"), "url": reverse("support:requests")})
        way.append({"label": str(request), "url": request.get_absolute_url()})
    return [*way, *({"label": label} for label in labels)]
