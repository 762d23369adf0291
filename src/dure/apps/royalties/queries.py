"""Which royalties somebody reads, and what is open of them."""

from collections.abc import Collection
from datetime import date

from django.db.models import Min, Q, QuerySet, Sum

from dure.apps.calls.queries import programme_in
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, roles_of
from dure.apps.programmes.models import Version
from dure.apps.projects.kinds import MemberRole
from dure.apps.projects.models import Member, Project
from dure.apps.projects.roles import READERS
from dure.apps.projects.stages import ProjectStage
from dure.apps.royalties.models import Royalty, RoyaltyPayment
from dure.apps.royalties.stages import RoyaltyStage

TO_REPORT = (RoyaltyStage.ASKED, RoyaltyStage.REPORTED)


def royalties_visible_to(user: Reader) -> QuerySet[Royalty]:
    """Those of one's own organisations; all for who reads all projects."""
    known = Royalty.objects.select_related("project__version__programme", "organisation")
    known = known.prefetch_related("payments")
    roles = roles_of(user)
    return known if roles.holds(READERS) else known.filter(organisation__in=roles.organisations)


def royalties_in(project: Project, reader: Reader | None) -> QuerySet[Royalty]:
    """Those of one project; a reader of None sees all (the command line)."""
    known = Royalty.objects.filter(project=project).prefetch_related("payments").order_by("year")
    return (
        known if reader is None else known.filter(pk__in=royalties_visible_to(reader).values("pk"))
    )


def own(user: Reader, royalties: QuerySet[Royalty]) -> QuerySet[Royalty]:
    """Those that one's own organisations pay."""
    return royalties.filter(organisation__in=roles_of(user).organisations)


def pays_anywhere(user: Reader) -> bool:
    """True for people of an organisation that royalties were ever asked of."""
    return Royalty.objects.filter(organisation__in=roles_of(user).organisations).exists()


def closed_without(year: int, owed_for: int) -> QuerySet[Project]:
    """Closed projects that may owe a royalty for `year` of which it was not asked yet.

    They ended by then and at most `owed_for` years before, under a programme whose file names a
    royalty.
    """
    closed = Project.objects.filter(
        stage=ProjectStage.CLOSED,
        ends_on__year__range=(year - owed_for, year),
        version__in=_versions_with_royalty(),
    )
    return (
        closed.exclude(royalties__year=year)
        .select_related("version__programme", "agreement")
        .order_by("pk")
    )


def _versions_with_royalty() -> list[int]:
    """The versions of programmes, of those that have projects, that name a royalty."""
    used = Version.objects.filter(projects__stage=ProjectStage.CLOSED).distinct()
    return [
        pk
        for pk, content in used.values_list("pk", "content")
        if programme_in(content).rules.royalty is not None
    ]


def lead_of(project: Project) -> Member | None:
    """The organisation that leads a project."""
    return (
        Member.objects.filter(project=project, role=MemberRole.LEAD)
        .select_related("organisation")
        .first()
    )


def first_year_with_income(project: Project) -> int | None:
    """The first year for which income was reported."""
    with_income = Royalty.objects.filter(project=project).filter(
        Q(licence_income__gt=0) | Q(sales__gt=0, contribution__gt=0)
    )
    first: int | None = with_income.aggregate(first=Min("year"))["first"]
    return first


def billed_before(royalty: Royalty) -> int:
    """What was billed to the project for other years, in won: it counts against the cap."""
    others = Royalty.objects.filter(project=royalty.project_id).exclude(pk=royalty.pk)
    billed: int | None = others.aggregate(billed=Sum("amount"))["billed"]
    return billed or 0


def overdue(organisation: Organisation, on: date) -> QuerySet[Royalty]:
    """Bills of an organisation whose term ended before a day and that are not paid in full."""
    late = Royalty.objects.filter(
        organisation=organisation, stage=RoyaltyStage.BILLED, pay_by__lt=on
    )
    return late.select_related("project").order_by("pay_by", "pk")


def royalties_by_id(ids: Collection[int]) -> QuerySet[Royalty]:
    """For the ledger, which names what an entry is about."""
    return Royalty.objects.filter(pk__in=ids).select_related("project")


def payments_by_id(ids: Collection[int]) -> QuerySet[RoyaltyPayment]:
    """For the ledger, which names what an entry is about."""
    return RoyaltyPayment.objects.filter(pk__in=ids).select_related("royalty__project")
