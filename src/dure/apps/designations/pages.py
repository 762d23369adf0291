"""What the pages of registers share."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from dure.apps.designations.kinds import Register, register_of


def register_for(slug: str) -> Register:
    """The register of an address; 404 where there is none."""
    register = register_of(slug)
    if register is None:
        raise Http404
    return register


def crumbs(*labels: str, register: Register | None = None) -> list[dict[str, str]]:
    """The way up from a page."""
    way = [{"label": _("Registers"), "url": reverse("designations:registers")}]
    if register is not None:
        url = reverse("designations:register", args=[register.id])
        way.append({"label": str(register), "url": url})
    return [*way, *({"label": label} for label in labels)]
