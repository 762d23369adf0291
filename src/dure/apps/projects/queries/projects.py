"""Who takes part in a project, and what each of them reads of it."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from dure.apps.agreements.models import Agreement
from dure.apps.agreements.queries import in_force
from dure.apps.calls.queries import programme_in
from dure.apps.people.models import User
from dure.apps.people.queries import Reader, people_of, roles_of
from dure.apps.projects.kinds import SPENDERS, MemberRole
from dure.apps.projects.models import (
    Evidence,
    Expense,
    Mark,
    Member,
    Milestone,
    Paper,
    Payment,
    Project,
    Recovery,
    Report,
    SampledRow,
    Sanction,
    Settlement,
)
from dure.apps.projects.roles import READERS
from dure.apps.projects.stages import SPENDING, RecoveryStage
from dure.engines.funding import Role
from dure.foundation.programmes import SettlementRules, rule_sets
from dure.foundation.workdays import term_ends


def projects_visible_to(user: Reader) -> QuerySet[Project]:
    """All for the office and auditors, for others those they take part in or examine."""
    projects = Project.objects.select_related("version__programme", "officer", "accountant")
    return projects if roles_of(user).holds(READERS) else projects.filter(_own(user)).distinct()


def project_by_number(number: str) -> Project | None:
    """The project of a number, for the command line, which sees all."""
    projects = Project.objects.select_related("version__programme", "officer", "accountant")
    return projects.filter(number=number).first()


def _own(user: Reader, path: str = "") -> Q:
    own = roles_of(user).organisations
    return Q(**{f"{path}members__organisation__in": own}) | Q(**{f"{path}accountant__in": own})


def sees_money(user: Reader, project: Project) -> bool:
    """True for who reads expenses: all of a project but the people of its demand organisation."""
    roles = roles_of(user)
    if roles.holds(READERS) or is_accountant(user, project):
        return True
    spenders = project.members.filter(role__in=SPENDERS)
    return spenders.filter(organisation__in=roles.organisations).exists()


def expenses_visible_to(user: Reader) -> QuerySet[Expense]:
    """All for those who read everything and for the accounting firm, else one's organisation's."""
    expenses = Expense.objects.select_related(
        "project__version__programme", "member__organisation", "created_by"
    )
    roles = roles_of(user)
    if roles.holds(READERS):
        return expenses
    own = roles.organisations
    return expenses.filter(
        Q(member__organisation__in=own, member__role__in=SPENDERS)
        | Q(project__accountant__in=own)
        | Q(
            project__members__organisation__in=own, project__members__role=MemberRole.LEAD
        )  # the lead answers for the whole
    ).distinct()


def evidence_visible_to(user: Reader) -> QuerySet[Evidence]:
    """The evidence of the expenses that `user` reads."""
    return Evidence.objects.filter(expense__in=expenses_visible_to(user))


def milestones_visible_to(user: Reader) -> QuerySet[Milestone]:
    """The milestones of the projects that `user` reads."""
    milestones = Milestone.objects.select_related("project")
    return milestones.filter(project__in=projects_visible_to(user))


def reports_visible_to(user: Reader) -> QuerySet[Report]:
    """The reports of the projects that `user` reads."""
    reports = Report.objects.select_related("project__version", "submitted_by")
    return reports.filter(project__in=projects_visible_to(user))


def papers_visible_to(user: Reader) -> QuerySet[Paper]:
    """The files of the projects that `user` reads."""
    return Paper.objects.filter(project__in=projects_visible_to(user))


def marks_visible_to(user: Reader) -> QuerySet[Mark]:
    """The marked rows of the expenses that `user` reads."""
    marks = Mark.objects.select_related(
        "settlement__project__version", "expense__member__organisation", "answered_by"
    )
    return marks.filter(expense__in=expenses_visible_to(user))


def sampled_expenses() -> QuerySet[SampledRow, int]:
    """The ids of expenses in samples that hold, to narrow a list by."""
    return SampledRow.objects.filter(settlement__is_sampled=True).values_list("expense", flat=True)


def why_sampled(expense: Expense) -> SampledRow | None:
    """The place of an expense in the sample of its settlement, if it has one."""
    return SampledRow.objects.filter(expense=expense, settlement__is_sampled=True).first()


def recoveries_visible_to(user: Reader) -> QuerySet[Recovery]:
    """All for the office and auditors, for others those of their own organisations."""
    roles = roles_of(user)
    recoveries = Recovery.objects.select_related(
        "project__version", "organisation"
    ).prefetch_related("payments", "instalments")
    return (
        recoveries
        if roles.holds(READERS)
        else recoveries.filter(organisation__in=roles.organisations)
    )


def with_open_money(recoveries: QuerySet[Recovery]) -> QuerySet[Recovery]:
    """Recoveries of which something is still to come."""
    return recoveries.exclude(stage__in=[RecoveryStage.PAID, RecoveryStage.WRITTEN_OFF]).annotate(
        open_won=F("amount") - Coalesce(Sum("payments__amount"), 0)
    )


def sanctions_visible_to(user: Reader) -> QuerySet[Sanction]:
    """All for the office and auditors, for others those of their own organisations."""
    roles = roles_of(user)
    sanctions = Sanction.objects.select_related("project__version", "organisation")
    return (
        sanctions
        if roles.holds(READERS)
        else sanctions.filter(organisation__in=roles.organisations)
    )


def is_member(user: Reader, project: Project) -> bool:
    """True for people of an organisation that takes part."""
    own = roles_of(user).organisations
    return project.members.filter(organisation__in=own).exists()


def is_accountant(user: Reader, project: Project) -> bool:
    """True for people of the accounting firm."""
    return project.accountant_id in roles_of(user).organisations


def members_acted_for(user: Reader, project: Project) -> QuerySet[Member]:
    """The organisations of a project for which `user` files expenses."""
    own = roles_of(user).organisations
    return project.members.filter(organisation__in=own, role__in=SPENDERS).select_related(
        "organisation"
    )


def people_of_project(project: Project, *roles: MemberRole) -> QuerySet[User]:
    """The people of those who take part, in some roles or in all."""
    members = project.members.filter(role__in=roles) if roles else project.members.all()
    ids: set[int] = set()
    for member in members.select_related("organisation"):
        ids |= set(people_of(member.organisation).values_list("pk", flat=True))
    return User.objects.filter(pk__in=ids)


def agreements_without_project() -> QuerySet[Agreement]:
    """The agreements in force with a lead organisation that have become no project yet."""
    return in_force().filter(project=None, parties__role=Role.LEAD)


def names_rules(project: Project, kind: str) -> bool:
    """True where the programme of a project names rules of a kind, such as "settlement"."""
    return getattr(programme_in(project.version.content).rules, kind) is not None


def names_stages(project: Project) -> bool:
    """True where the rules that bind a project settle each stage."""
    rules = _settlement_rules(project)
    return rules is not None and rules.settles_stages


def objections_until(settlement: Settlement) -> date | None:
    """The last day on which a concluded settlement can be objected to; a day off moves it."""
    rules = _settlement_rules(settlement.project)
    if rules is None or settlement.concluded_at is None:
        return None
    return term_ends(localdate(settlement.concluded_at) + timedelta(days=rules.objection_days))


def _settlement_rules(project: Project) -> SettlementRules | None:
    name = programme_in(project.version.content).rules.settlement
    rules: SettlementRules | None = rule_sets().rule_set("settlement", name, project.agreed_on)
    return rules


def projects_by_agreement(user: Reader, agreement: Agreement) -> QuerySet[Project]:
    """The project that an agreement became, if the reader sees it."""
    return projects_visible_to(user).filter(agreement=agreement)


def expenses_by_id(ids: Collection[int]) -> QuerySet[Expense]:
    """The expenses of some ids, for what names them."""
    return Expense.objects.filter(pk__in=ids)


def members_by_id(ids: Collection[int]) -> QuerySet[Member]:
    """The members of some ids, for what names them."""
    return Member.objects.filter(pk__in=ids).select_related("project", "organisation")


def settlements_by_id(ids: Collection[int]) -> QuerySet[Settlement]:
    """The settlements of some ids, for what names them."""
    return Settlement.objects.filter(pk__in=ids).select_related("project")


def recoveries_by_id(ids: Collection[int]) -> QuerySet[Recovery]:
    """The recoveries of some ids, for what names them."""
    return Recovery.objects.filter(pk__in=ids).select_related("project", "organisation")


def repayments_by_id(ids: Collection[int]) -> QuerySet[Payment]:
    """Payments of recoveries of some ids, for what names them."""
    return Payment.objects.filter(pk__in=ids).select_related("recovery__project")


def projects_ended(user: Reader, on: date) -> QuerySet[Project]:
    """Projects past their end whose settlement nobody has opened, the earliest first."""
    projects = projects_visible_to(user).filter(stage__in=SPENDING, ends_on__lt=on)
    return projects.order_by("ends_on", "pk")
