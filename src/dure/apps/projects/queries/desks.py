"""Whose desk something stands on."""

from django.db.models import QuerySet

from dure.apps.people.queries import Reader, roles_of
from dure.apps.projects.kinds import SPENDERS, MemberRole
from dure.apps.projects.models import Mark, Member, Milestone, Project


def spends_anywhere(user: Reader) -> bool:
    """True for people of an organisation that has a budget in some project."""
    own = roles_of(user).organisations
    return Member.objects.filter(organisation__in=own, role__in=SPENDERS).exists()


def examines_anywhere(user: Reader) -> bool:
    """True for people of an accounting firm."""
    return Project.objects.filter(accountant__in=roles_of(user).organisations).exists()


def demands_anywhere(user: Reader) -> bool:
    """True for people of a demand organisation of some project."""
    own = roles_of(user).organisations
    return Member.objects.filter(organisation__in=own, role=MemberRole.DEMAND).exists()


def own_marks(user: Reader, marks: QuerySet[Mark]) -> QuerySet[Mark]:
    """Marked rows that one's own organisation answers."""
    return marks.filter(expense__member__organisation__in=roles_of(user).organisations)


def examined_marks(user: Reader, marks: QuerySet[Mark]) -> QuerySet[Mark]:
    """Marked rows that one's own accounting firm decides."""
    return marks.filter(settlement__project__accountant__in=roles_of(user).organisations)


def demanded_by(user: Reader, milestones: QuerySet[Milestone]) -> QuerySet[Milestone]:
    """Milestones that one's own organisation confirms, as the demand side."""
    own = roles_of(user).organisations
    return milestones.filter(
        project__members__organisation__in=own, project__members__role=MemberRole.DEMAND
    ).distinct()
