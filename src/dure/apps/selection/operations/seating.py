"""Who is asked to read: members of panels, reviewers of single applications, and those in their place."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.timezone import localdate, localtime

from dure.apps.notices.operations import tell
from dure.apps.selection import adapter
from dure.apps.selection.models import Assignment, Member, Panel
from dure.apps.selection.notices import items_given, panel_asked
from dure.apps.selection.stages import MemberStage

AT_LEAST = timedelta(days=7)
"""Whoever is asked after the term has so long."""


def ask(panel: Panel, members: Sequence[Member], at: datetime) -> None:
    """Ask members of a panel to take their seats."""
    tell(
        recipients=[member.reviewer.user for member in members],
        kind=panel_asked,
        facts={
            "call": str(panel.selection.call),
            "until": f"{localtime(panel.due_at):%Y-%m-%d %H:%M}",
        },
        url=reverse("selection:reviews"),
        at=at,
    )


def replaced(panel: Panel, member: Member, reason: str, at: datetime) -> list[Member] | None:
    """Let a member of a locked panel leave, and ask who fits best; None if there is nobody.

    Nobody else moves, and the panel keeps the kinds that it was formed with
    (engines.assigning.adjust). What a reviewer of single applications had goes to one or several.
    """
    on = localdate(at)
    newcomer = None if panel.reviews else adapter.newcomer_for(member, on)
    member.stage, member.left_reason, member.is_chair = MemberStage.LEFT, reason, False
    member.save()
    if panel.reviews:
        return given_anew(panel, at)
    if newcomer is None:
        return None
    _give_time(panel, at)
    seat = Member.objects.create(panel=panel, reviewer=newcomer)
    ask(panel, [seat], at)
    return [seat]


def given_anew(panel: Panel, at: datetime) -> list[Member] | None:
    """Give the applications of a locked panel to who is left, with the fewest changes.

    Returns those who were given something; None where too few are left.
    """
    given = adapter.reassigned(panel, (), localdate(at))
    if given is None:
        return None
    _give_time(panel, at)
    return give(panel, given, at)


def give(panel: Panel, given: Mapping[int, Collection[int]], at: datetime) -> list[Member]:
    """Give reviewers what they read, by item; ask those who are new. Returns whoever has more now."""
    seats = {seat.reviewer_id: seat for seat in panel.members.exclude(stage=MemberStage.LEFT)}
    known = set(seats)
    wanted = sorted({reviewer for those in given.values() for reviewer in those} - known)
    Member.objects.bulk_create(
        Member(panel=panel, reviewer_id=reviewer_id) for reviewer_id in wanted
    )
    members = panel.members.exclude(stage=MemberStage.LEFT).select_related("reviewer__user")
    seats = {seat.reviewer_id: seat for seat in members}
    pairs = {
        (item, seats[reviewer_id].pk) for item, those in given.items() for reviewer_id in those
    }
    before = Assignment.objects.filter(item__in=given)
    there = set(before.values_list("item", "member"))
    gone = there - pairs
    before.filter(
        pk__in=[
            assignment.pk
            for assignment in before
            if (assignment.item_id, assignment.member_id) in gone
        ]
    ).delete()
    new = sorted(pairs - there)
    Assignment.objects.bulk_create(Assignment(item_id=item, member_id=seat) for item, seat in new)
    more = {seat for _item, seat in new}
    asked = [seat for seat in seats.values() if seat.pk in more]
    ask(panel, [seat for seat in asked if seat.reviewer_id not in known], at)
    tell(
        recipients=[seat.reviewer.user for seat in asked if seat.reviewer_id in known],
        kind=items_given,
        facts={
            "call": str(panel.selection.call),
            "until": f"{localtime(panel.due_at):%Y-%m-%d %H:%M}",
        },
        url=reverse("selection:panel", args=[panel.pk]),
        at=at,
    )
    return asked


def _give_time(panel: Panel, at: datetime) -> None:
    """Put a term that is over off, so that nobody is asked for sheets until yesterday."""
    if panel.due_at <= at:
        panel.due_at = at + AT_LEAST
        panel.save(update_fields=["due_at"])
