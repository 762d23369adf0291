"""Who reads strengths, wants and pairs; which firms could fit across industries; packages."""

from datetime import date

from django.db.models import Q, QuerySet

from dure.apps.groups.models import Group, Member, Package, PackageStep, Pair, Strength
from dure.apps.groups.queries.bodies import division_of, groups_acted_for
from dure.apps.groups.stages import PairStage
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, roles_of
from dure.apps.people.roles import Role


def converges(user: Reader) -> bool:
    """True for coordinators and the office."""
    roles = roles_of(user)
    return roles.is_officer or roles.holds([Role.COORDINATOR])


def strengths_visible_to(user: Reader) -> QuerySet[Strength]:
    """For members of the platform: what firms of groups are good at and look for."""
    strengths = Strength.objects.select_related("organisation")
    return strengths if roles_of(user).is_member else strengths.none()


def firms_spoken_for(user: Reader, today: date) -> QuerySet[Organisation]:
    """Firms of groups for which somebody may say what they are good at, and answer."""
    members = Member.objects.filter(left_on=None)
    if not converges(user):
        own = Q(organisation__in=roles_of(user).organisations)
        acted = Q(group__in=groups_acted_for(user, today).values("pk"))
        members = members.filter(own | acted)
    firms = Organisation.objects.filter(pk__in=members.order_by().values("organisation"))
    return firms.order_by("name", "pk")


def pairs_visible_to(user: Reader) -> QuerySet[Pair]:
    """Pairs of one's own firms and of members of groups for which one acts; all for coordinators."""
    pairs = Pair.objects.select_related(
        "seeker__organisation", "helper__organisation", "coordinator", "project"
    )
    if not user.is_authenticated:
        return pairs.none()
    if converges(user):
        return pairs
    own = roles_of(user).organisations
    acted = Member.objects.filter(left_on=None, group__officers__user=user.pk).values(
        "organisation"
    )
    seen = Q(seeker__organisation__in=own) | Q(helper__organisation__in=own)
    seen |= Q(seeker__organisation__in=acted) | Q(helper__organisation__in=acted)
    return pairs.filter(seen)


def pairs_to_answer(user: Reader) -> QuerySet[Pair]:
    """Pairs for which one's own firm has not said whether it wants to meet, the oldest first."""
    own = roles_of(user).organisations
    asked = Q(seeker__organisation__in=own, seeker_says=None)
    asked |= Q(helper__organisation__in=own, helper_says=None)
    waiting = Pair.objects.filter(asked, stage=PairStage.PROPOSED)
    return waiting.select_related("seeker__organisation", "helper__organisation").order_by(
        "proposed_at", "pk"
    )


def pairs_to_plan(user: Reader) -> QuerySet[Pair]:
    """Pairs that both want and for which their coordinator has written no pre-plan."""
    waiting = pairs_visible_to(user).filter(stage=PairStage.AGREED)
    return waiting.filter(coordinator=user.pk).order_by("proposed_at", "pk")


def is_other_industry(firm: Organisation, other: Organisation) -> bool:
    """True unless both are of the same industry (three digits of KSIC) as far as known."""
    mine = division_of(firm)
    return not mine or mine != division_of(other)


def helpers_for(seeker: Strength) -> list[Strength]:
    """Members of other industries that could help: not of one group of companies, not asked yet."""
    firm = seeker.organisation
    strengths = Strength.objects.select_related("organisation").exclude(pk=seeker.pk)
    strengths = strengths.filter(organisation__is_opted_out=False).exclude(offered__seeker=seeker)
    members = Member.objects.filter(left_on=None).order_by().values("organisation")
    strengths = strengths.filter(organisation__in=members)
    if firm.group_id:
        strengths = strengths.exclude(organisation__group=firm.group_id)
    return [strength for strength in strengths if is_other_industry(firm, strength.organisation)]


def package_of(group: Group) -> Package | None:
    """The package of a project group, if it is open."""
    packages = Package.objects.select_related("group", "version").prefetch_related("steps")
    return packages.filter(group=group).first()


def steps_to_decide() -> QuerySet[PackageStep]:
    """Steps that a group has handed in and whose gate has not spoken."""
    waiting = PackageStep.objects.filter(shown_at__isnull=False, is_passed=None)
    return waiting.select_related("package__group", "package__version").order_by("shown_at", "pk")


def steps_visible_to(user: Reader) -> QuerySet[PackageStep]:
    """Steps of packages: for whoever sees the project group."""
    steps = PackageStep.objects.select_related("package__group", "package__version")
    return steps if roles_of(user).is_member else steps.none()
