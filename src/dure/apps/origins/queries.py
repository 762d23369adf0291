"""Who sees which registered originals, and which one a number names."""

import re

from django.db.models import Q, QuerySet

from dure.apps.origins.models import Origin
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, organisations_of, roles_of

_NUMBER = re.compile(r"ORG-(\d{4})-(\d{6,18})")


def origins_visible_to(user: Reader) -> QuerySet[Origin]:
    """Those of one's own organisations, the newest first; no role opens what others registered."""
    origins = Origin.objects.filter(organisation__in=roles_of(user).organisations)
    return origins.select_related("organisation", "created_by").order_by("-created_at", "-pk")


def narrowed(origins: QuerySet[Origin], words: str) -> QuerySet[Origin]:
    """Those of `origins` whose title or file name has `words` in it, or whose fingerprint begins so."""
    if not words:
        return origins
    named = Q(title__icontains=words) | Q(file_name__icontains=words)
    return origins.filter(named | Q(sha256__istartswith=words))


def organisations_to_register_for(user: Reader) -> QuerySet[Organisation]:
    """The verified organisations of `user`."""
    return organisations_of(user).filter(verified_at__isnull=False)


def origin_matching(user: Reader, *, number: str, sha256: str) -> Origin | None:
    """The original with this fingerprint: the one that `number` names, or one of `user`'s own.

    Whoever knows neither the number nor belongs to the organisation learns nothing.
    """
    known = Origin.objects.select_related("organisation", "created_by").filter(sha256=sha256)
    if not number:
        return origins_visible_to(user).filter(sha256=sha256).first()
    match = _NUMBER.fullmatch(number.strip().upper())
    origin = known.filter(pk=int(match[2])).first() if match else None
    return origin if origin and origin.number == number.strip().upper() else None
