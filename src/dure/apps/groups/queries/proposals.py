"""Who reads what federations raised, and for whom it waits."""

from django.db.models import Q, QuerySet

from dure.apps.groups.kinds import Level
from dure.apps.groups.models import Group, Proposal
from dure.apps.groups.queries.bodies import groups_acted_for, groups_read_inside
from dure.apps.groups.stages import ProposalStage
from dure.apps.people.queries import Reader, roles_of

FEDERATIONS = (Level.REGION, Level.NATIONAL)


def proposals_visible_to(user: Reader) -> QuerySet[Proposal]:
    """What may be published and is answered: for members. The rest: the federation, owner, office.

    Units below a federation see what it raised.
    """
    proposals = Proposal.objects.select_related("group", "owner", "answered_by", "raised_by")
    roles = roles_of(user)
    if roles.is_officer:
        return proposals
    if not user.is_authenticated:
        return proposals.none()
    inside = groups_read_inside(user)
    seen = Q(owner=user.pk) | Q(group__in=inside) | Q(group__children__in=inside)
    if roles.is_member:
        seen |= Q(may_publish=True, stage=ProposalStage.ANSWERED)
    return proposals.filter(pk__in=Proposal.objects.filter(seen).order_by().values("pk"))


def proposals_to_take_up(user: Reader) -> QuerySet[Proposal]:
    """What nobody owns yet, for the office, the oldest first."""
    waiting = proposals_visible_to(user).filter(stage=ProposalStage.RAISED)
    return waiting.order_by("raised_at", "pk")


def proposals_owned_by(user: Reader) -> QuerySet[Proposal]:
    """What somebody owns and has not answered, the nearest day first."""
    if not user.is_authenticated:
        return Proposal.objects.none()
    owned = Proposal.objects.filter(owner=user.pk, stage=ProposalStage.TAKEN_UP)
    return owned.select_related("group").order_by("due_on", "pk")


def federations_acted_for(user: Reader, today: object) -> QuerySet[Group]:
    """The federations in whose name somebody may raise something."""
    groups = Group.objects.filter(level__in=FEDERATIONS)
    if roles_of(user).is_officer:
        return groups
    return groups.filter(pk__in=groups_acted_for(user, today).values("pk"))
