"""Who is from abroad, and who sees whom of the other side."""

from django.db.models import QuerySet

from dure.apps.exchange.kinds import HOME
from dure.apps.exchange.models import Abroad
from dure.apps.exchange.roles import READERS, RUNNERS
from dure.apps.people.models import Language, Organisation, User
from dure.apps.people.queries import Reader, holders_of, organisations_visible_to, roles_of


def abroad_of(user: Reader) -> list[Abroad]:
    """The organisations from abroad that somebody belongs to; asked once per user object."""
    if not user.is_authenticated:
        return []
    known = getattr(user, "_abroad", None)
    if known is None:
        own = roles_of(user).organisations
        known = list(Abroad.objects.filter(organisation__in=own)) if own else []
        user._abroad = known  # noqa: SLF001 -- lives exactly as long as the request's user
    return known


def is_from_abroad(user: Reader) -> bool:
    """True for people of an organisation of another country."""
    return bool(abroad_of(user))


def works_in_english(user: Reader) -> bool:
    """True for people from abroad whose account is in English: asked on every page, so first what
    costs nothing."""
    return user.is_authenticated and user.language == Language.EN and is_from_abroad(user)


def country_of(organisation: Organisation) -> str:
    """The country of an organisation: that of its entry from abroad, else KR."""
    countries = Abroad.objects.filter(organisation=organisation).values_list("country", flat=True)
    return countries.first() or HOME


def abroad_visible_to(user: Reader) -> QuerySet[Abroad]:
    """All for `roles.READERS`; verified ones for Korean members; for others their own."""
    abroads = Abroad.objects.select_related("organisation")
    roles = roles_of(user)
    own = abroads.filter(organisation__in=roles.organisations)
    if roles.holds(READERS):
        return abroads
    if roles.verified and not is_from_abroad(user):
        return own | abroads.filter(organisation__verified_at__isnull=False)
    return own


def korean_organisations(user: Reader) -> QuerySet[Organisation]:
    """The verified organisations of this country that somebody sees."""
    seen = organisations_visible_to(user).filter(verified_at__isnull=False, abroad=None)
    return seen.order_by("name", "pk")


def runners() -> QuerySet[User]:
    """Whoever runs international exchange."""
    return holders_of(*RUNNERS)
