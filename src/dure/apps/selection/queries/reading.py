"""What a reviewer reads: the items of their panels, but those with which they are in conflict."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from dure.apps.people.queries import Reader, is_office, roles_of
from dure.apps.people.roles import Role
from dure.apps.selection.models import Assignment, Conflict, Draft, Item, Member, Panel, Sheet
from dure.apps.selection.stages import MemberStage, PanelStage


def seats_of(user: Reader) -> QuerySet[Member]:
    """The panels that somebody sits on or is asked to, the most urgent first."""
    members = Member.objects.select_related("panel__selection__call", "reviewer__user")
    if not user.is_authenticated:
        return members.none()
    return (
        members.filter(reviewer__user=user.pk)
        .exclude(stage=MemberStage.LEFT)
        .order_by("panel__closed_at", "panel__due_at", "pk")
    )


def seat_in(panel: Panel, user: Reader) -> Member | None:
    """The seat of somebody on a panel, pledged or not."""
    return seats_of(user).filter(panel=panel).first()


def chairs(user: Reader, panel: Panel) -> bool:
    """Whether somebody is the chair of a panel."""
    seat = seat_in(panel, user)
    return seat is not None and seat.is_chair


def panels_visible_to(user: Reader) -> QuerySet[Panel]:
    """Those one sits on after the pledge; all for the office."""
    panels = Panel.objects.select_related("selection__call")
    if is_office(user):
        return panels
    seats = seats_of(user).filter(stage=MemberStage.PLEDGED)
    return panels.filter(pk__in=seats.values("panel"))


def conflicts_of(items: QuerySet[Item] | Iterable[Item]) -> QuerySet[Conflict]:
    """The conflicts that stand with the applications of some items."""
    return Conflict.objects.filter(
        ended_at=None, application__in=[item.application_id for item in items]
    ).select_related("reviewer__user")


def without_conflict(items: QuerySet[Item], reviewer_id: int | OuterRef) -> QuerySet[Item]:
    """Those with whose application a reviewer is in no conflict."""
    conflict = Conflict.objects.filter(
        reviewer=reviewer_id, application=OuterRef("application"), ended_at=None
    )
    return items.filter(~Exists(conflict))


def items_read_by(user: Reader, panel: Panel | None = None) -> QuerySet[Item]:
    """What somebody reads as a reviewer, of one panel or of all.

    Nothing before the pledge, nothing with which they are in conflict; where applications have their
    own reviewers, only what one was given.
    """
    items = Item.objects.select_related("application", "submission", "panel__selection__call")
    seats = seats_of(user).filter(stage=MemberStage.PLEDGED)
    if panel is not None:
        seats = seats.filter(panel=panel)
    reviewer = seats.first()
    if reviewer is None:
        return items.none()
    given = Exists(Assignment.objects.filter(item=OuterRef("pk"), member__in=seats.values("pk")))
    items = items.filter(Q(panel__reviews=None) | given, panel__in=seats.values("panel"))
    return without_conflict(items, reviewer.reviewer_id)


def readers_of(item: Item) -> list[Member]:
    """The members of its panel who judge an item."""
    if item.panel is None:
        return []
    return [
        seat for judged_item, seat in _to_judge(item.panel, [item]) if judged_item.pk == item.pk
    ]


def _to_judge(panel: Panel, items: Iterable[Item]) -> list[tuple[Item, Member]]:
    """Who judges what of some items of a panel: everybody all of it, or what each was given."""
    listed = list(items)
    seats, barred = _seats(panel), _barred(listed)
    given = (
        None
        if panel.reviews is None
        else set(Assignment.objects.filter(item__in=listed).values_list("item", "member"))
    )
    return [
        (item, seat)
        for item in listed
        for seat in seats
        if (seat.reviewer_id, item.application_id) not in barred
        and (given is None or (item.pk, seat.pk) in given)
    ]


def recused_from(item: Item) -> list[Member]:
    """The members of its panel who are in conflict with an item and leave the room for it."""
    if item.panel is None:
        return []
    barred = {reviewer for reviewer, _application in _barred([item])}
    return [seat for seat in _seats(item.panel) if seat.reviewer_id in barred]


def _seats(panel: Panel) -> list[Member]:
    seats = panel.members.exclude(stage=MemberStage.LEFT)
    return list(seats.select_related("reviewer__user"))


def _barred(items: Iterable[Item]) -> set[tuple[int, int]]:
    """The reviewers and applications that are in conflict."""
    return set(conflicts_of(items).values_list("reviewer", "application"))


def newest_sheet(item: Item, member: Member) -> Sheet | Draft | None:
    """The sheet as it was saved last, a draft or one that was handed in."""
    draft = Draft.objects.filter(item=item, member=member).first()
    return draft or Sheet.objects.filter(item=item, member=member).order_by("-version").first()


def newest_of(member: Member) -> dict[int, Sheet | Draft]:
    """What a member saved last, by item."""
    newest: dict[int, Sheet | Draft] = {
        sheet.item_id: sheet for sheet in Sheet.objects.filter(member=member).order_by("version")
    }
    return newest | {draft.item_id: draft for draft in Draft.objects.filter(member=member)}


def final_sheets(items: QuerySet[Item] | Iterable[Item]) -> QuerySet[Sheet]:
    """The sheets that count: the newest of who judges the item, without a conflict."""
    given = Exists(Assignment.objects.filter(item=OuterRef("item"), member=OuterRef("member")))
    return sheets_to_pay(items).filter(
        Q(member__panel__reviews=None) | given, member__panel=F("item__panel")
    )


def sheets_to_pay(items: QuerySet[Item] | Iterable[Item]) -> QuerySet[Sheet]:
    """The newest sheets of members without a conflict, of panels before a second one too."""
    newest = Sheet.objects.filter(item=OuterRef("item"), member=OuterRef("member"))
    in_conflict = Conflict.objects.filter(
        reviewer=OuterRef("member__reviewer"),
        application=OuterRef("item__application"),
        ended_at=None,
    )
    return (
        Sheet.objects.filter(
            ~Exists(in_conflict),
            item__in=[item.pk for item in items],
            pk=Subquery(newest.order_by("-version").values("pk")[:1]),
        )
        .exclude(member__stage=MemberStage.LEFT)
        .select_related("member__reviewer__user", "item__application")
        .order_by("item", "member")
    )


def assignments_of(items: QuerySet[Item] | Iterable[Item]) -> QuerySet[Assignment]:
    """Who was given which of some items and has not left, where applications have their own reviewers."""
    assignments = Assignment.objects.filter(item__in=[item.pk for item in items])
    return assignments.exclude(member__stage=MemberStage.LEFT).select_related("member")


def missing_sheets(panel: Panel) -> list[tuple[Item, Member]]:
    """Who has not handed in what yet."""
    items = list(panel.items.select_related("application"))
    there = {(sheet.item_id, sheet.member_id) for sheet in final_sheets(items)}
    return [
        (item, seat) for item, seat in _to_judge(panel, items) if (item.pk, seat.pk) not in there
    ]


def presented_elsewhere(
    panel: Panel, items: Iterable[Item]
) -> dict[int, list[tuple[datetime, datetime]]]:
    """When the firms of some items are before other panels: from and until, by item."""
    spans: dict[int, list[tuple[datetime, datetime]]] = {item.pk: [] for item in items}
    firms = {item.pk: item.application.organisation_id for item in items}
    others = Item.objects.filter(
        presents_at__isnull=False, application__organisation__in=set(firms.values())
    ).exclude(panel=panel)
    for other in others.select_related("application", "panel"):
        if other.presents_at is None or other.panel is None:
            continue
        until = other.presents_at + timedelta(minutes=other.panel.minutes_each)
        for pk, firm in firms.items():
            if firm == other.application.organisation_id:
                spans[pk].append((other.presents_at, until))
    return spans


def panel_items(user: Reader, panel: Panel) -> QuerySet[Item]:
    """The items of a panel that somebody sees: all for the office, else those they judge."""
    if is_office(user):
        return panel.items.select_related("application", "submission")
    return items_read_by(user, panel)


def sheets_read_by(user: Reader, panel: Panel) -> QuerySet[Sheet]:
    """The sheets of a panel that somebody reads.

    Before everything is in, each reads their own alone, and the office none; then the panel reads
    those of the items that each judges, and the office all.
    """
    if is_office(user):
        items = panel.items.all() if panel.stage != PanelStage.SCORING else panel.items.none()
        return final_sheets(items)
    sheets = final_sheets(items_read_by(user, panel))
    if panel.stage == PanelStage.SCORING:
        return sheets.filter(Q(member__reviewer__user=user.pk))
    return sheets


def items_in_check(user: Reader) -> QuerySet[Item]:
    """Every item, for the office alone."""
    items = Item.objects.select_related("application__organisation", "selection__call")
    return items if is_office(user) else items.none()


def lines_visible_to(user: Reader) -> QuerySet[Item]:
    """The lines of the table, for the office and auditors."""
    items = Item.objects.select_related(
        "application__organisation", "application__challenge", "selection__call", "submission"
    )
    may_read = is_office(user) or roles_of(user).holds([Role.AUDITOR])
    return items if may_read else items.none()


def members_visible_to(user: Reader) -> QuerySet[Member]:
    """Every member of a panel, for the office alone."""
    members = Member.objects.select_related("panel__selection__call", "reviewer__user")
    return members if is_office(user) else members.none()
