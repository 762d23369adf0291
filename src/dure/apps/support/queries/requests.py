"""Requests: who reads them, on which side somebody stands, who answers, what is due."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import F, Q, QuerySet, Sum

from dure.apps.groups.models import Group
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import Reader, holders_of, people_of, roles_of
from dure.apps.rooms.models import Item
from dure.apps.rooms.queries import items_visible_to
from dure.apps.support.kinds import AskedAs, Service, services
from dure.apps.support.models import Body, PersonalValues, Report, SupportRequest, Visit
from dure.apps.support.roles import ACTING, OFFICE, READS


@dataclass(frozen=True, slots=True)
class Capacity:
    """In which capacity somebody asks for a firm, and through which group."""

    asked_as: AskedAs
    group: Group | None = None


def requests_visible_to(user: Reader) -> QuerySet[SupportRequest]:
    """Own ones, those that one's body answers, those that were shown to one as the other side.

    The office reads all, other roles what a service's file opens to them. Of a private service the
    firm's managers, whoever asked, the owner and the managers of the body read; its other people
    do so only until somebody owns it.
    """
    support_requests = SupportRequest.objects.select_related(
        "organisation", "body", "owner", "asked_by", "group", "counterpart"
    )
    roles = roles_of(user)
    if roles.is_officer:
        return support_requests
    if not user.is_authenticated:
        return support_requests.none()
    private = [service.id for service in services().values() if service.is_private]
    own, managed = roles.organisations, roles.managed
    seen = Q(asked_by=user.pk) | Q(owner=user.pk)
    seen |= Q(organisation__in=managed) | Q(body__in=managed)
    seen |= Q(organisation__in=own) & ~Q(service__in=private)
    seen |= Q(body__in=own) & (~Q(service__in=private) | Q(owner=None, closed_at=None))
    seen |= Q(counterpart__in=own, served_at__isnull=False)
    seen |= Q(service__in=_opened_to(roles.roles))
    return support_requests.filter(seen)


def _opened_to(held: frozenset[str]) -> list[str]:
    return [
        service.id
        for service in services().values()
        if any(READS[name].value in held for name in service.reads)
    ]


def sides_of(user: Reader, request: SupportRequest) -> set[str]:
    """On which sides somebody acts: `firm`, `body` (the owner, and the office), `counterpart`."""
    if not user.is_authenticated:
        return set()
    roles, sides = roles_of(user), set()
    is_of_firm = request.organisation_id in (
        roles.managed if request.file.is_private else roles.organisations
    )
    if is_of_firm or request.asked_by_id == user.pk:
        sides.add("firm")
    if request.owner_id == user.pk or (roles.is_officer and "firm" not in sides):
        sides.add("body")
    if request.served_at and request.counterpart_id in roles.organisations:
        sides.add("counterpart")
    return sides


def is_of_body(user: Reader, request: SupportRequest) -> bool:
    """True for people of the body that answers; where there is none yet, for the office."""
    roles = roles_of(user)
    if request.body_id is None:
        return roles.is_officer
    return request.body_id in roles.organisations


def capacity_of(
    user: Reader, service: Service, organisation: Organisation, on: date
) -> Capacity | None:
    """How somebody speaks for a firm on a day; None where not at all.

    Its own people; the chair or secretary of an exchange group that it belongs to, a coordinator of
    such members, and the office. For private services nobody but its own people.
    """
    if not user.is_authenticated:
        return None
    roles = roles_of(user)
    if organisation.pk in roles.organisations:
        return Capacity(AskedAs.SELF)
    if service.is_private:
        return None
    of_firm = Group.objects.filter(members__organisation=organisation, members__left_on=None)
    held = of_firm.filter(
        officers__user=user.pk, officers__starts_on__lte=on, officers__ends_on__gte=on
    )
    if group := held.order_by("pk").first():
        return Capacity(AskedAs.GROUP, group)
    if roles.holds(ACTING) and (group := of_firm.order_by("pk").first()):
        return Capacity(AskedAs.COORDINATOR, group)
    return Capacity(AskedAs.OFFICE) if roles.is_officer else None


def firms_to_ask_for(user: Reader, service: Service, on: date) -> QuerySet[Organisation]:
    """The verified firms of a kind that may ask and for which somebody speaks; the office: all."""
    verified = Organisation.objects.filter(verified_at__isnull=False, kind__in=service.asked_by)
    roles = roles_of(user)
    own = Q(pk__in=roles.organisations)
    if service.is_private:
        return verified.filter(own).order_by("name")
    if roles.is_officer:
        return verified.order_by("name")
    groups = Group.objects.all()
    if not roles.holds(ACTING):
        groups = groups.filter(
            officers__user=user.pk, officers__starts_on__lte=on, officers__ends_on__gte=on
        )
    members = Organisation.objects.filter(
        exchange_groups__group__in=groups, exchange_groups__left_on=None
    )
    return verified.filter(own | Q(pk__in=members.values("pk"))).order_by("name")


def bodies_now() -> QuerySet[Body]:
    """Who answers which service today."""
    return Body.objects.filter(ended_on=None).select_related("organisation")


def body_for(service: str, region: str) -> Organisation | None:
    """Who answers a service in a region: the body named for it, else the one for everywhere."""
    named = bodies_now().filter(service=service, region__in={region, ""})
    responsible = named.order_by(F("region").desc()).first()
    return responsible.organisation if responsible else None


def people_of_body(request: SupportRequest) -> QuerySet[User]:
    """Who may own a request: people of the body, or of the office where there is no body."""
    if request.body is not None:
        return people_of(request.body)
    return holders_of(*OFFICE)


def requests_to_take_on(user: Reader) -> QuerySet[SupportRequest]:
    """What nobody owns, of the bodies of `user`; what has no body yet waits for the office."""
    roles = roles_of(user)
    waiting = Q(body__in=roles.organisations)
    if roles.is_officer:
        waiting |= Q(body=None)
    support_requests = SupportRequest.objects.filter(waiting, owner=None, closed_at=None)
    return support_requests.select_related("organisation", "body").order_by("due_on", "pk")


def requests_owned_by(user: Reader) -> QuerySet[SupportRequest]:
    """What somebody owns and has not closed, what is due first in front."""
    if not user.is_authenticated:
        return SupportRequest.objects.none()
    support_requests = SupportRequest.objects.filter(owner=user.pk, closed_at=None)
    return support_requests.select_related("organisation", "body").order_by(
        F("due_on").asc(nulls_last=True), "pk"
    )


def due_for_warning(today: date, days: int) -> QuerySet[SupportRequest]:
    """Open requests that are due within so many days or were due; each term is warned of once
    before and once after."""
    due = Q(due_on__lte=today + timedelta(days=days), due_on__gte=today, warned_of=None)
    over = Q(due_on__lt=today) & (Q(warned_of=None) | Q(warned_of__lte=F("due_on")))
    return SupportRequest.objects.filter(due | over, closed_at=None).order_by("pk")


def forgettable(service: Service, closed_before: date) -> QuerySet[PersonalValues]:
    """Personal details of requests of a service that were closed before a day."""
    return PersonalValues.objects.filter(
        request__service=service.id, request__closed_at__date__lt=closed_before
    )


def hours_noted(request: SupportRequest) -> Decimal:
    """The hours of all visits."""
    return Visit.objects.filter(request=request).aggregate(sum=Sum("hours"))["sum"] or Decimal(0)


def reports_visible_to(user: Reader) -> QuerySet[Report]:
    """The reports on the requests that one sees."""
    return Report.objects.select_related("request").filter(
        request__in=requests_visible_to(user).order_by().values("pk")
    )


def room_entries_with(
    user: Reader, firm: Organisation, counterpart: Organisation
) -> QuerySet[Item]:
    """What the registers of the rooms of a firm with another say, in order, as `user` reads it."""
    between = Q(room__demand=firm, room__supply=counterpart)
    between |= Q(room__demand=counterpart, room__supply=firm)
    entries = items_visible_to(user).filter(between)
    return entries.prefetch_related("files").order_by("said_on", "created_at", "pk")


def requests_ever() -> QuerySet[SupportRequest]:
    """Every request there was: for figures, not for pages."""
    return SupportRequest.objects.select_related("organisation").order_by("pk")


def request_by_id(pk: int) -> SupportRequest:
    """A request, for jobs. Raises SupportRequest.DoesNotExist."""
    return SupportRequest.objects.get(pk=pk)
