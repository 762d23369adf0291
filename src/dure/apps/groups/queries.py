"""Who reads what of exchange groups."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from dure.apps.groups.kinds import Level
from dure.apps.groups.models import DORMANT_AFTER, Activity, Goal, Group, Member
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import Reader, roles_of

KSIC_DIVISION = 3  # digits of an industry in which two firms compete


def groups_visible_to(user: Reader) -> QuerySet[Group]:
    """All groups for members of the platform: people of verified organisations, and roles."""
    groups = Group.objects.select_related("parent")
    return groups if roles_of(user).is_member else groups.none()


def goals_visible_to(user: Reader) -> QuerySet[Goal]:
    """The goals of the groups that a reader sees."""
    return Goal.objects.select_related("group").filter(group__in=groups_visible_to(user))


def members_visible_to(user: Reader) -> QuerySet[Member]:
    """The members of the groups that a reader sees."""
    members = Member.objects.select_related("group", "organisation")
    return members.filter(group__in=groups_visible_to(user))


def activities_visible_to(user: Reader) -> QuerySet[Activity]:
    """Activities with their minutes: for the office and for people of the group itself."""
    roles = roles_of(user)
    if roles.is_officer:
        return Activity.objects.all()
    if not user.is_authenticated:
        return Activity.objects.none()
    own = Q(members__organisation__in=roles.organisations, members__left_on=None)
    own |= Q(officers__user=user.pk)
    return Activity.objects.filter(group__in=Group.objects.filter(own).values("pk"))


def dormant(groups: QuerySet[Group], today: date) -> QuerySet[Group]:
    """Those that have not met for a year, the longest silent first."""
    silent = Q(last_met_on=None) | Q(last_met_on__lt=today - DORMANT_AFTER)
    return groups.filter(silent, level__in=(Level.UNIT, Level.PROJECT)).order_by("last_met_on")


def acts_for(user: Reader, group: Group, today: date) -> bool:
    """True for who is chair or secretary on a day."""
    held = group.officers.filter(user=user.pk, starts_on__lte=today, ends_on__gte=today)
    return user.is_authenticated and held.exists()


def current_members(group: Group) -> QuerySet[Member]:
    """The firms that belong to a group now."""
    return group.members.filter(left_on=None).select_related("organisation")


def competitor_in(group: Group, organisation: Organisation) -> Organisation | None:
    """A member of the same industry (three digits of KSIC), if there is one."""
    division = organisation.industry[:KSIC_DIVISION]
    if len(division) < KSIC_DIVISION:
        return None
    same = current_members(group).filter(organisation__industry__startswith=division)
    found = same.exclude(organisation=organisation).first()
    return found.organisation if found else None


def counts_by(groups: QuerySet[Group], name: str) -> list[tuple[str, int]]:
    """How many groups there are of each value of a field, the most first."""
    found = groups.order_by().values_list(name).annotate(number=Count("pk"))
    return sorted(found, key=lambda each: (-each[1], each[0]))


def person_with(email: str) -> User | None:
    """Whoever has an account with this address."""
    return User.objects.filter(email__iexact=email, is_active=True).first()


def parents() -> QuerySet[Group]:
    """The federations."""
    return Group.objects.filter(level__in=(Level.REGION, Level.NATIONAL))
