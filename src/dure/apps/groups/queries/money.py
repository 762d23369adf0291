"""The money of groups: who owes, what came in and went out, the account of a year."""

from dataclasses import dataclass
from datetime import date

from django.db.models import BigIntegerField, F, Max, Q, QuerySet, Sum

from dure.apps.groups.kinds import BookingKind
from dure.apps.groups.models import Booking, Due, Group, Member
from dure.apps.groups.queries.bodies import groups_acted_for, groups_read_inside
from dure.apps.people.queries import Reader, roles_of


@dataclass(frozen=True, slots=True)
class Account:
    """The account of a year in won: what was carried over, and sums by kind."""

    year: int
    opening: int
    income: tuple[tuple[str, int], ...]
    spending: tuple[tuple[str, int], ...]

    @property
    def came_in(self) -> int:
        """All income."""
        return sum(amount for _, amount in self.income)

    @property
    def went_out(self) -> int:
        """All spending."""
        return sum(amount for _, amount in self.spending)

    @property
    def closing(self) -> int:
        """What is left."""
        return self.opening + self.came_in - self.went_out


def bookings_visible_to(user: Reader) -> QuerySet[Booking]:
    """The money of groups whose minutes one reads."""
    bookings = Booking.objects.select_related("group", "member__organisation")
    return bookings.filter(group__in=groups_read_inside(user))


def dues_visible_to(user: Reader, today: date) -> QuerySet[Due]:
    """All dues of groups for which one acts, and those of one's own firm."""
    dues = Due.objects.select_related("rate__group", "member__organisation")
    roles = roles_of(user)
    if roles.is_officer:
        return dues
    acted = Q(rate__group__in=groups_acted_for(user, today).values("pk"))
    return dues.filter(acted | Q(member__organisation__in=roles.organisations))


def receipts_visible_to(user: Reader, today: date) -> QuerySet[Booking]:
    """Receipts that were given: for the member who paid, and for who acts for the group."""
    given = Booking.objects.select_related("group", "member__organisation").exclude(receipt="")
    roles = roles_of(user)
    if roles.is_officer:
        return given
    own = Q(member__organisation__in=roles.organisations)
    return given.filter(own | Q(group__in=groups_acted_for(user, today).values("pk")))


def dues_to_collect(user: Reader, today: date) -> QuerySet[Due]:
    """Dues that are late, of groups for which one acts, the longest late first."""
    dues = Due.objects.select_related("rate__group", "member__organisation")
    late = dues.filter(rate__due_on__lt=today, paid__lt=F("amount"))
    acted = groups_acted_for(user, today).values("pk")
    return late.filter(rate__group__in=acted).order_by("rate__due_on", "pk")


def own_dues(user: Reader) -> QuerySet[Due]:
    """What one's firms owe their groups, the nearest day first."""
    firms = roles_of(user).organisations
    dues = Due.objects.select_related("rate__group", "member__organisation")
    open_ones = dues.filter(member__organisation__in=firms, paid__lt=F("amount"))
    return open_ones.order_by("rate__due_on", "pk")


def owed(group: Group) -> int:
    """What the members still owe, in won."""
    dues = Due.objects.filter(rate__group=group)
    open_one = Sum(F("amount") - F("paid"), default=0, output_field=BigIntegerField())
    total: int = dues.aggregate(total=open_one)["total"]
    return total


def unassigned(group: Group) -> QuerySet[Booking]:
    """Payments that came in from a bank's file and belong to nobody yet."""
    waiting = group.bookings.filter(is_income=True, kind=BookingKind.DUES, member=None)
    return waiting.order_by("on", "pk")


def all_members(group: Group) -> QuerySet[Member]:
    """Members of now and before: who has left may still pay."""
    return group.members.select_related("organisation").order_by("organisation__name", "pk")


def account(group: Group, year: int) -> Account:
    """The account of a year, from everything that is booked."""
    before = group.bookings.filter(on__year__lt=year).aggregate(
        came=Sum("amount", filter=Q(is_income=True), default=0),
        went=Sum("amount", filter=Q(is_income=False), default=0),
    )
    booked = group.bookings.filter(on__year=year).order_by().values_list("kind", "is_income")
    sums = sorted(booked.annotate(total=Sum("amount")))
    return Account(
        year,
        before["came"] - before["went"],
        tuple((kind, total) for kind, is_income, total in sums if is_income),
        tuple((kind, total) for kind, is_income, total in sums if not is_income),
    )


def years_of(group: Group, today: date) -> list[int]:
    """The years of which there is an account, the newest first."""
    days = group.bookings.order_by().dates("on", "year")
    return sorted({today.year, *(day.year for day in days)}, reverse=True)


def last_closed_year(group: Group) -> int:
    """The last year whose account is approved; 0 where there is none."""
    return group.accounts.aggregate(last=Max("year"))["last"] or 0
