"""What either side declared to tie it to the other."""

from django.db.models import Q, QuerySet

from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, is_office, roles_of
from dure.apps.selection.models import Interest, Selection
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


def undecided_selections() -> QuerySet[Selection]:
    """The selections that go on, the oldest first: for what becomes known meanwhile."""
    return Selection.objects.exclude(stage=SelectionStage.DECIDED).order_by("pk")
