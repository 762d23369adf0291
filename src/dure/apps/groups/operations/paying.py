"""Dues and bookings of groups: who owes what, what came in and went out, receipts, the account."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from dure.apps.groups import permissions, queries
from dure.apps.groups.kinds import INCOME, BookingKind
from dure.apps.groups.models import Booking, Due, DuesRate, Group, Meeting, Member, YearAccount
from dure.apps.groups.operations.telling import tell_people
from dure.apps.groups.reasons import Reason
from dure.apps.people.models import User
from dure.apps.people.queries import people_in_any
from dure.foundation.verdict import Refused


@transaction.atomic
def set_dues(
    *, group: Group, year: int, amount: int, due_on: date, by: User, at: datetime
) -> DuesRate:
    """Set the dues of a year in won: from then on each member owes them. Raises Refused."""
    group = locked(group)
    permissions.may_act_for(by, group, localdate(at)).require()
    if group.rates.filter(year=year).exists():
        raise Refused(Reason.DUES_SET)
    members = list(queries.current_members(group))
    if not members:
        raise Refused(Reason.NO_MEMBER_YET)
    rate = DuesRate.objects.create(
        group=group, year=year, amount=amount, due_on=due_on, set_by=by, set_at=at
    )
    Due.objects.bulk_create(Due(rate=rate, member=member, amount=amount) for member in members)
    for member in members:
        settle(member)
    tell_people(
        people_in_any([member.organisation_id for member in members]), "DUES", by=by,
        url=group.get_absolute_url(), at=at, group=group, amount=f"{amount:,}",
        day=due_on.isoformat(),
    )  # fmt: skip
    return rate


@transaction.atomic
def book(*, group: Group, values: dict[str, Any], by: User, at: datetime) -> Booking:
    """Book money that came in or went out; `values` are fields of it. Raises Refused."""
    group = locked(group)
    permissions.may_act_for(by, group, localdate(at)).require()
    made = Booking(group=group, **values, entered_by=by, entered_at=at)
    made.is_income = made.kind in INCOME
    if not made.is_income or made.kind != BookingKind.DUES:
        made.member = None
    if made.on > localdate(at):
        raise Refused(Reason.DAY_TO_COME)
    require_open_year(group, made.on.year)
    made.save()
    if made.member:
        settle(made.member)
    return made


@transaction.atomic
def assign(
    *, booking: Booking, kind: str, member: Member | None, by: User, at: datetime
) -> Booking:
    """Say what money was for, and of dues which member paid them. Raises Refused."""
    group = locked(booking.group)
    permissions.may_act_for(by, group, localdate(at)).require()
    booking = Booking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
    require_open_year(group, booking.on.year)
    if booking.receipt or (kind in INCOME) is not booking.is_income:
        raise Refused(Reason.STAGE_CLOSED)
    before = booking.member
    booking.kind = kind
    booking.member = member if kind == BookingKind.DUES else None
    booking.save(update_fields=["kind", "member"])
    for touched in {before, booking.member} - {None}:
        settle(touched)
    return booking


@transaction.atomic
def give_receipt(*, booking: Booking, by: User, at: datetime) -> Booking:
    """Number the receipt for what a member has paid; once given it stays. Raises Refused."""
    group = locked(booking.group)
    permissions.may_act_for(by, group, localdate(at)).require()
    booking = Booking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
    if booking.kind != BookingKind.DUES or booking.member_id is None:
        raise Refused(Reason.NO_RECEIPT)
    if not booking.receipt:
        year = booking.on.year
        given = group.bookings.filter(on__year=year).exclude(receipt="").count()
        booking.receipt = f"{group.pk}-{year}-{given + 1:03d}"
        booking.save(update_fields=["receipt"])
    return booking


@transaction.atomic
def approve_account(
    *, group: Group, year: int, meeting: Meeting, by: User, at: datetime
) -> YearAccount:
    """Keep the account of a year as a meeting after its end approved it. Raises Refused."""
    group = locked(group)
    permissions.may_act_for(by, group, localdate(at)).require()
    if year >= localdate(at).year:
        raise Refused(Reason.YEAR_OPEN)
    if year <= queries.last_closed_year(group):
        raise Refused(Reason.ACCOUNT_APPROVED)
    if not queries.meetings_for_account(group, year).filter(pk=meeting.pk).exists():
        raise Refused(Reason.MEETING_TOO_EARLY)
    if waiting := queries.unassigned(group).filter(on__year__lte=year).count():
        raise Refused(Reason.UNASSIGNED, number=waiting)
    account = queries.account(group, year)
    return YearAccount.objects.create(
        group=group, year=year, opening=account.opening, income=account.came_in,
        spending=account.went_out, meeting=meeting, entered_by=by, entered_at=at,
    )  # fmt: skip


def locked(group: Group) -> Group:
    """The group, so that nobody else changes its money meanwhile."""
    return Group.objects.select_for_update().get(pk=group.pk)


def require_open_year(group: Group, year: int) -> None:
    """Raises Refused where the account of a year, or of a later one, is approved."""
    if year <= queries.last_closed_year(group):
        raise Refused(Reason.YEAR_CLOSED, year=year)


def settle(member: Member) -> None:
    """Share what a member has paid over its dues, the oldest first."""
    dues = list(member.dues.select_for_update(of=("self",)).order_by("rate__due_on", "pk"))
    total = sum(member.payments.values_list("amount", flat=True))
    for due, paid in zip(dues, shared(total, [due.amount for due in dues]), strict=True):
        if due.paid != paid:
            due.paid = paid
            due.save(update_fields=["paid"])


def shared(total: int, amounts: Sequence[int]) -> list[int]:
    """How much of each of the `amounts` a `total` pays, one after the other; all in won.

    >>> shared(450, [300, 300])
    [300, 150]
    """
    shares = []
    for amount in amounts:
        shares.append(min(total, amount))
        total -= shares[-1]
    return shares


def owe_open_dues(member: Member, today: date) -> None:
    """Who joins owes the dues of this year, where they are set and not yet late."""
    for rate in member.group.rates.filter(year=today.year, due_on__gte=today):
        Due.objects.create(rate=rate, member=member, amount=rate.amount)


def forgive_open_dues(member: Member) -> None:
    """Who leaves no longer owes what is not late yet and of which nothing was paid."""
    member.dues.filter(paid=0, rate__due_on__gt=F("member__left_on")).delete()
