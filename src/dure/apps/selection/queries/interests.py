"""What either side declared to tie it to the other."""

from datetime import date

from django.db.models import Q, QuerySet

from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, is_office, roles_of
from dure.apps.selection.models import Interest, PossibleConflict, Selection
from dure.apps.selection.stages import SelectionStage


def interests_visible_to(user: Reader) -> QuerySet[Interest]:
    """One's own as a reviewer and those of organisations that one manages; all for the office."""
    interests = Interest.objects.select_related("reviewer__user", "organisation", "other")
    if is_office(user):
        return interests
    if not user.is_authenticated:
        return interests.none()
    return interests.filter(Q(reviewer__user=user.pk) | Q(organisation__in=roles_of(user).managed))


def standing_interests() -> QuerySet[Interest]:
    """Those that count: nobody has ended them."""
    return Interest.objects.filter(ended_at=None).select_related("reviewer__user")


def organisations_to_declare_for(user: Reader) -> QuerySet[Organisation]:
    """The organisations that somebody manages, which may apply."""
    return Organisation.objects.filter(pk__in=roles_of(user).managed).order_by("name")


def selections_touched_by(interest: Interest) -> QuerySet[Selection]:
    """Those that go on, and those decided in which who declares it has judged or applied."""
    if interest.reviewer_id is not None:
        here = Q(panels__members__reviewer=interest.reviewer_id)
    else:
        here = Q(items__application__participants__organisation=interest.organisation_id)
    selections = Selection.objects.filter(here | ~Q(stage=SelectionStage.DECIDED))
    return Selection.objects.filter(pk__in=selections.values("pk")).order_by("pk")


def selections_to_look_through(on: date) -> QuerySet[Selection]:
    """Those that go on, and those decided whose term for objections is not over on a day."""
    open_ones = ~Q(stage=SelectionStage.DECIDED) | Q(decisions__objections_until__gte=on)
    selections = Selection.objects.filter(open_ones)
    return Selection.objects.filter(pk__in=selections.values("pk")).order_by("pk")


def possible_conflicts_visible_to(user: Reader) -> QuerySet[PossibleConflict]:
    """Who may be meant by a name in a reviewer's list of works, for the office alone."""
    possible_conflicts = PossibleConflict.objects.select_related(
        "reviewer__user", "application__organisation", "application__item__selection__call"
    )
    return possible_conflicts if is_office(user) else possible_conflicts.none()


def possible_conflicts_open(selection: Selection | None = None) -> QuerySet[PossibleConflict]:
    """Those that nobody has confirmed or dismissed, of one selection or of all; the oldest first."""
    possible_conflicts = PossibleConflict.objects.filter(is_confirmed=None).select_related(
        "reviewer__user", "application__organisation", "application__item__selection__call"
    )
    if selection is not None:
        possible_conflicts = possible_conflicts.filter(application__item__selection=selection)
    return possible_conflicts.order_by("created_at", "pk")
