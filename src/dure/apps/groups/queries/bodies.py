"""Who reads what of exchange groups."""

from datetime import date, timedelta
from string import ascii_uppercase

from django.db.models import Count, Q, QuerySet

from dure.apps.groups.kinds import Level
from dure.apps.groups.models import DORMANT_AFTER, Activity, Goal, Group, Member, Officer
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import Reader, people_in_any, roles_of

SURVEYED_EVERY = timedelta(days=365)
MANY_MEETINGS = 3  # in a year: from then on somebody asks what came of them
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
    return Activity.objects.filter(group__in=groups_read_inside(user))


def own_groups(user: Reader) -> QuerySet[Group]:
    """The groups to which one's firm belongs, and those of which one is or was an officer."""
    if not user.is_authenticated:
        return Group.objects.none()
    firms = Member.objects.filter(organisation__in=roles_of(user).organisations, left_on=None)
    offices = Officer.objects.filter(user=user.pk)
    return Group.objects.filter(Q(pk__in=firms.values("group")) | Q(pk__in=offices.values("group")))


def groups_acted_for(user: Reader, today: date) -> QuerySet[Group]:
    """The groups of which one is chair or secretary on a day."""
    if not user.is_authenticated:
        return Group.objects.none()
    held = Officer.objects.filter(user=user.pk, starts_on__lte=today, ends_on__gte=today)
    return Group.objects.filter(pk__in=held.values("group"))


def groups_read_inside(user: Reader) -> QuerySet[Group]:
    """The groups whose minutes and money one reads: one's own, for the office all; only ids."""
    groups = Group.objects.all() if roles_of(user).is_officer else own_groups(user)
    return groups.order_by().values("pk")


def belongs_to(user: Reader, group: Group) -> bool:
    """True for people of a member, and for who is or was an officer."""
    return own_groups(user).filter(pk=group.pk).exists()


def acts_for_member(user: Reader, organisation: Organisation, today: date) -> bool:
    """True for the chair or secretary of a group to which a firm belongs."""
    acted = groups_acted_for(user, today)
    return acted.filter(members__organisation=organisation, members__left_on=None).exists()


def people_of_group(group: Group) -> QuerySet[User]:
    """The people of the members, and the officers."""
    people = people_in_any(current_members(group).order_by().values("organisation"))
    return (people | User.objects.filter(pk__in=group.officers.values("user"))).order_by("pk")


def officers_on(group: Group, today: date) -> QuerySet[User]:
    """Who is chair or secretary on a day."""
    held = group.officers.filter(starts_on__lte=today, ends_on__gte=today)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk")


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


def division_of(organisation: Organisation) -> str:
    """The industry in which a firm competes, without the letter before it; empty where unknown."""
    digits = organisation.industry.lstrip(ascii_uppercase)
    return digits[:KSIC_DIVISION] if len(digits) >= KSIC_DIVISION else ""


def competitor_in(group: Group, organisation: Organisation) -> Organisation | None:
    """A member of the same industry (three digits of KSIC), if there is one."""
    division = division_of(organisation)
    others = (member.organisation for member in current_members(group))
    return next(
        (
            other
            for other in others
            if division and other != organisation and division_of(other) == division
        ),
        None,
    )


def unanswered(groups: QuerySet[Group], today: date) -> QuerySet[Group]:
    """Units whose last survey is more than a year old, or that never answered one."""
    old = Q(surveyed_on=None) | Q(surveyed_on__lt=today - SURVEYED_EVERY)
    return groups.filter(old, level=Level.UNIT)


def busy_without_result(groups: QuerySet[Group], today: date) -> QuerySet[Group]:
    """Groups that met three times and more within a year and noted nothing that came of it."""
    lately = Q(activities__on__gt=today - DORMANT_AFTER)
    counted = groups.annotate(
        met=Count("activities", filter=lately),
        with_result=Count("activities", filter=lately & ~Q(activities__result="")),
    )
    return counted.filter(met__gte=MANY_MEETINGS, with_result=0)


def goals_to_review(user: Reader, today: date) -> QuerySet[Goal]:
    """Goals of years that are over, of groups for which one acts, that nobody has reviewed."""
    goals = Goal.objects.filter(group__in=groups_acted_for(user, today).values("pk"))
    return (
        goals.filter(year__lt=today.year, reached=None)
        .select_related("group")
        .order_by("year", "pk")
    )


def counts_by(groups: QuerySet[Group], name: str) -> list[tuple[str, int]]:
    """How many groups there are of each value of a field, the most first."""
    counted = groups.order_by().values_list(name).annotate(number=Count("pk"))
    return sorted(counted, key=lambda row: (-row[1], row[0]))


def person_with(email: str) -> User | None:
    """Whoever has an account with this address."""
    return User.objects.filter(email__iexact=email, is_active=True).first()


def parents() -> QuerySet[Group]:
    """The federations."""
    return Group.objects.filter(level__in=(Level.REGION, Level.NATIONAL))


def regions() -> QuerySet[Group]:
    """The regional federations."""
    return Group.objects.filter(level=Level.REGION)


def group_by_id(pk: int) -> Group:
    """A group that a job is about."""
    return Group.objects.get(pk=pk)
