"""The days of panels, and when applicants present."""

from datetime import date

from django.db.models import QuerySet

from dure.apps.people.models import User
from dure.apps.people.queries import Reader, managers_of, roles_of
from dure.apps.selection.models import Item, Panel
from dure.apps.selection.queries.reading import panels_visible_to
from dure.apps.selection.stages import MemberStage


def planned_panels_visible_to(user: Reader) -> QuerySet[Panel]:
    """The panels whose day is planned, of those that somebody sits on or that the office runs."""
    return panels_visible_to(user).filter(meets_at__isnull=False)


def presentations_visible_to(user: Reader) -> QuerySet[Item]:
    """When the applications of organisations that somebody manages are presented, the next first."""
    items = Item.objects.filter(
        application__organisation__in=roles_of(user).managed, presents_at__isnull=False
    )
    return items.select_related("application", "panel", "selection__call").order_by(
        "presents_at", "pk"
    )


def presentations_to_come(user: Reader, today: date) -> QuerySet[Item]:
    """Those of today, and later."""
    return presentations_visible_to(user).filter(presents_at__date__gte=today, panel__isnull=False)


def invited(
    panel_id: int, user_id: int, item_id: int | None
) -> tuple[Panel, Item | None, User] | None:
    """A planned panel, what is presented before it, and who is invited; None if it is so no more."""
    panel = Panel.objects.select_related("selection__call", "selection__round").filter(
        pk=panel_id, meets_at__isnull=False
    ).first()  # fmt: skip
    person = User.objects.filter(pk=user_id, is_active=True).first()
    if panel is None or person is None:
        return None
    if item_id is None:
        seats = panel.members.exclude(stage=MemberStage.LEFT)
        return (panel, None, person) if seats.filter(reviewer__user=person).exists() else None
    item = panel.items.select_related("application__organisation").filter(
        pk=item_id, presents_at__isnull=False
    ).first()  # fmt: skip
    if item is None or person not in managers_of(item.application.organisation):
        return None
    return panel, item, person
