"""Stages and their settlements, what is carried over, objections, draws of small projects."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django.db.models import (
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Sum,
)
from django.db.models.functions import Coalesce, Greatest

from dure.apps.people.queries import Reader, roles_of
from dure.apps.projects.kinds import SPENDERS, STAGE_DAYS, MemberRole, ReportKind
from dure.apps.projects.models import (
    CarryOver,
    DrawnProject,
    Expense,
    Objection,
    Project,
    Recovery,
    Report,
    SampleDraw,
    Settlement,
)
from dure.apps.projects.queries.projects import projects_visible_to
from dure.apps.projects.roles import READERS
from dure.apps.projects.stages import SPENDING, RecoveryStage


def stage_ends(project: Project) -> list[date]:
    """The last days of its stages as the office named them, in their order; not that of the last."""
    reports = project.reports.filter(kind=ReportKind.STAGE)
    ends = {report.stage_ends_on for report in reports}
    return sorted(end for end in ends if end < project.ends_on)


def settlement_in_work(project: Project) -> Settlement | None:
    """The settlement that is not concluded, if there is one."""
    return Settlement.objects.filter(project=project, concluded_at=None).first()


def settlement_of(expense: Expense) -> Settlement | None:
    """The settlement that an expense falls into, once it is opened."""
    settlements = Settlement.objects.filter(project=expense.project_id).order_by("opened_at", "pk")
    return next(
        (settlement for settlement in settlements if settlement.covers(expense.spent_on)), None
    )


def settled_until(project: Project) -> date | None:
    """The last day of the last stage whose settlement was opened; None without one."""
    ends = Settlement.objects.filter(project=project).values_list("ends_on", flat=True)
    return max((end for end in ends if end), default=None)


def next_stage_to_settle(project: Project) -> date | None:
    """The last day of the first stage whose settlement nobody has opened; None without one."""
    until = settled_until(project)
    return next(
        (stage_end for stage_end in stage_ends(project) if until is None or stage_end > until), None
    )


def settlements_visible_to(user: Reader) -> QuerySet[Settlement]:
    """The settlements of the projects whose money `user` reads."""
    settlements = Settlement.objects.select_related("project__version__programme")
    roles = roles_of(user)
    if roles.holds(READERS):
        return settlements
    own = roles.organisations
    spend = Q(project__members__organisation__in=own, project__members__role__in=SPENDERS)
    return settlements.filter(spend | Q(project__accountant__in=own)).distinct()


def objections_visible_to(user: Reader) -> QuerySet[Objection]:
    """The objections to settlements that `user` reads."""
    objections = Objection.objects.select_related("settlement__project", "raised_by")
    return objections.filter(settlement__in=settlements_visible_to(user))


def carry_overs_visible_to(user: Reader) -> QuerySet[CarryOver]:
    """What is carried over: all for those who read everything and for the accounting firm, else that
    of one's own organisation, and of the whole project for its lead."""
    carry_overs = CarryOver.objects.select_related(
        "member__project__version__programme", "member__organisation", "asked_by"
    )
    roles = roles_of(user)
    if roles.holds(READERS):
        return carry_overs
    own = roles.organisations
    return carry_overs.filter(
        Q(member__organisation__in=own, member__role__in=SPENDERS)
        | Q(member__project__accountant__in=own)
        | Q(
            member__project__members__organisation__in=own,
            member__project__members__role=MemberRole.LEAD,
        )
    ).distinct()


def carried_out_of(project: Project, ends_on: date | None) -> QuerySet[CarryOver]:
    """What is allowed to go on from the stage that ends on a day."""
    return CarryOver.objects.filter(member__project=project, ends_on=ends_on, allowed__gt=0)


def carry_overs_of(project: Project) -> QuerySet[CarryOver]:
    """All that was asked to go on in a project; ask for the reader's right before."""
    return CarryOver.objects.filter(member__project=project).select_related("member__organisation")


def carry_overs_in(project: Project, reader: Reader | None) -> QuerySet[CarryOver]:
    """What was asked to go on, as far as a reader sees it; a reader of None sees all."""
    carry_overs = carry_overs_of(project)
    if reader is not None:
        carry_overs = carry_overs.filter(pk__in=carry_overs_visible_to(reader).values("pk"))
    return carry_overs


def carry_overs_to_decide(project: Project, ends_on: date | None) -> QuerySet[CarryOver]:
    """What was asked for at the end of a stage and not decided."""
    return carry_overs_of(project).filter(ends_on=ends_on, allowed=None)


def is_concluded(project: Project, ends_on: date) -> bool:
    """True where the settlement of the stage that ends on a day is concluded."""
    settled = Settlement.objects.filter(project=project, ends_on__gte=ends_on)
    return settled.filter(concluded_at__isnull=False).exists()


def objections_of(project: Project) -> QuerySet[Objection]:
    """The objections to settlements of a project; ask for the reader's right before."""
    return Objection.objects.filter(settlement__project=project).select_related("settlement")


def open_objections(project: Project) -> QuerySet[Objection]:
    """The objections to settlements of a project that are not decided."""
    return Objection.objects.filter(settlement__project=project, decision="")


def stages_to_settle(user: Reader, on: date) -> QuerySet[Report]:
    """The stage reports of running projects whose stage is over and not in settlement."""
    ends = ExpressionWrapper(OuterRef("due_on") + timedelta(days=STAGE_DAYS), DateField())
    settled = Settlement.objects.filter(project=OuterRef("project"), ends_on__gte=ends)
    in_work = Settlement.objects.filter(project=OuterRef("project"), concluded_at=None)
    reports = Report.objects.filter(
        ~Exists(settled), ~Exists(in_work), kind=ReportKind.STAGE,
        due_on__lt=on - timedelta(days=STAGE_DAYS),
        project__in=projects_visible_to(user).filter(stage__in=SPENDING),
        project__ends_on__gt=ExpressionWrapper(
            F("due_on") + timedelta(days=STAGE_DAYS), DateField()
        ),
    )  # fmt: skip
    return reports.select_related("project__version").order_by("due_on", "pk")


def late_recoveries(user: Reader, on: date) -> QuerySet[Recovery]:
    """Recoveries that are due and not paid, the longest first; all for those who read everything."""
    if not roles_of(user).holds(READERS):
        return Recovery.objects.none()
    late = Recovery.objects.filter(due_on__lt=on)
    return (
        late.exclude(stage__in=[RecoveryStage.PAID, RecoveryStage.WRITTEN_OFF])
        .select_related("project", "organisation")
        .prefetch_related("payments")
        .order_by("due_on", "pk")
    )


def draws() -> QuerySet[SampleDraw]:
    """All draws of small projects, the newest first."""
    return SampleDraw.objects.select_related("drawn_by").order_by("-month")


def drawn_as(project: Project) -> DrawnProject | None:
    """What the draw of its month said of a project; None where there was none."""
    return DrawnProject.objects.filter(project=project).select_related("draw").first()


def ended_in(month: date) -> QuerySet[Project]:
    """Projects that ended in a month and whose settlement nobody has opened, by their numbers; with
    `won`, what they spent, and `doubtful`, what will be disallowed or is."""
    last = month + relativedelta(months=1)
    projects = Project.objects.filter(
        stage__in=SPENDING, ends_on__gte=month, ends_on__lt=last, settlements=None, drawn=None
    )
    return (
        projects.select_related("version__programme")
        .prefetch_related("members__organisation")
        .annotate(
            won=Coalesce(Sum("expenses__amount"), 0),
            doubtful=Coalesce(Sum(Greatest("expenses__expected", "expenses__disallowed")), 0),
        )
        .order_by("number")
    )
