"""Who reads questions to applicants, opinions of challenges' owners, and what waits for whom."""

from django.db.models import Q, QuerySet

from dure.apps.people.models import User
from dure.apps.people.queries import Reader, is_office, roles_of
from dure.apps.selection.models import (
    Clarification,
    Item,
    Member,
    Objection,
    OwnerPledge,
    Panel,
    Selection,
    Supplement,
)
from dure.apps.selection.queries.reading import items_read_by, missing_sheets, seats_of
from dure.apps.selection.stages import (
    ItemStage,
    MemberStage,
    ObjectionStage,
    PanelStage,
    SelectionStage,
)


def owned_items(user: Reader, selection: Selection | None = None) -> QuerySet[Item]:
    """The admitted applications to challenges of the organisations that somebody manages."""
    items = Item.objects.filter(
        application__challenge__organisation__in=roles_of(user).managed, stage=ItemStage.ADMITTED
    ).select_related("application__organisation", "submission", "selection__call", "panel")
    return items if selection is None else items.filter(selection=selection)


def selections_owned_by(user: Reader) -> QuerySet[Selection]:
    """The selections in which a challenge of one's own is answered, until they are decided."""
    items = owned_items(user)
    return (
        Selection.objects.filter(pk__in=items.values("selection"))
        .exclude(stage=SelectionStage.DECIDED)
        .select_related("call", "round")
    )


def has_pledged_as_owner(user: Reader, selection: Selection) -> bool:
    """Whether somebody of a challenge's owner promised to keep secret what they read."""
    return OwnerPledge.objects.filter(selection=selection, user=user.pk).exists()


def clarifications_visible_to(user: Reader) -> QuerySet[Clarification]:
    """All for the office; for reviewers those of items they judge; for applicants what was passed on."""
    clarifications = Clarification.objects.select_related(
        "item__application", "item__selection__call"
    )
    if is_office(user):
        return clarifications
    if not user.is_authenticated:
        return clarifications.none()
    own = Q(
        item__application__participants__organisation__in=roles_of(user).managed,
        item__application__participants__stage="JOINED",
        passed_on_at__isnull=False,
    )
    judged = Q(item__in=items_read_by(user).values("pk"))
    return clarifications.filter(own | judged).distinct()


def questions_to_pass_on() -> QuerySet[Clarification]:
    """What reviewers asked and nobody has passed on or declined, the oldest first."""
    return (
        Clarification.objects.filter(passed_on_at=None, declined_because="")
        .select_related("item__application", "item__selection__call")
        .order_by("asked_at", "pk")
    )


def questions_to_answer(user: Reader) -> QuerySet[Clarification]:
    """What the panel asks one's own organisations and nobody has answered."""
    return (
        clarifications_visible_to(user)
        .filter(
            passed_on_at__isnull=False,
            answer="",
            item__application__participants__organisation__in=roles_of(user).managed,
            item__panel__closed_at=None,
        )
        .distinct()
        .order_by("passed_on_at", "pk")
    )


def items_to_complete(user: Reader) -> QuerySet[Item]:
    """The applications of one's own organisations of which something is missing, by their term."""
    return (
        Item.objects.filter(
            stage=ItemStage.INCOMPLETE,
            application__participants__organisation__in=roles_of(user).managed,
            application__participants__stage="JOINED",
        )
        .select_related("application__organisation", "selection__call")
        .distinct()
        .order_by("missing_until", "pk")
    )


def supplements_visible_to(user: Reader) -> QuerySet[Supplement]:
    """Papers handed in later: all for the office; for reviewers those of items they judge; one's own."""
    supplements = Supplement.objects.select_related("item__application", "item__selection")
    if is_office(user):
        return supplements
    if not user.is_authenticated:
        return supplements.none()
    own = Q(
        item__application__participants__organisation__in=roles_of(user).managed,
        item__application__participants__stage="JOINED",
    )
    judged = Q(item__in=items_read_by(user).values("pk"))
    return supplements.filter(own | judged).distinct()


def waited_for(panel: Panel) -> list[User]:
    """The members whose sheets are missing or who have not confirmed the minutes."""
    if panel.stage == PanelStage.SCORING:
        waited = {seat.pk: seat for _item, seat in missing_sheets(panel)}
        return [seat.reviewer.user for seat in waited.values()]
    if panel.stage != PanelStage.CONSENSUS or not panel.minutes:
        return []
    seats = panel.members.filter(stage=MemberStage.PLEDGED, confirmed_at=None)
    return [seat.reviewer.user for seat in seats.select_related("reviewer__user")]


def seats_waiting(user: Reader) -> QuerySet[Member]:
    """The panels on which somebody has a pledge to give or may have sheets to hand in."""
    return seats_of(user).filter(panel__stage=PanelStage.SCORING)


def selections_proposed() -> QuerySet[Selection]:
    """The selections that wait for a second person, the oldest first."""
    selections = Selection.objects.filter(stage=SelectionStage.PROPOSED)
    return selections.select_related("call", "round", "proposed_by").order_by("proposed_at", "pk")


def objections_open() -> QuerySet[Objection]:
    """The objections that have no answer yet, the oldest first."""
    objections = Objection.objects.filter(stage__in=[ObjectionStage.RECEIVED, ObjectionStage.HEARD])
    return objections.select_related("decision__application__organisation").order_by(
        "created_at", "pk"
    )


def panels_to_remind() -> QuerySet[Panel]:
    """The panels whose members score."""
    return Panel.objects.filter(stage=PanelStage.SCORING).select_related("selection__call")
