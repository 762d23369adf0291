"""Who reads what of the screening."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import ExtractYear

from dure.apps.agreements.models import PaymentHold
from dure.apps.people.models import User
from dure.apps.people.queries import Reader, holders_of, roles_of
from dure.apps.people.roles import Role
from dure.apps.projects.kinds import SPENDERS
from dure.apps.projects.models import Expense, Participation, Project
from dure.apps.projects.stages import SPENDING
from dure.apps.screening.kinds import Outcome
from dure.apps.screening.models import Case, Finding, Place, Question, Run
from dure.apps.screening.stages import CaseStage


def is_auditor(user: Reader) -> bool:
    """True for those who screen."""
    return roles_of(user).holds((Role.AUDITOR,))


def auditors() -> QuerySet[User]:
    """Everybody who screens."""
    return holders_of(Role.AUDITOR)


def latest_run(user: Reader) -> Run | None:
    """The last run, for those who screen."""
    return Run.objects.first() if is_auditor(user) else None


def places_visible_to(user: Reader) -> QuerySet[Place]:
    """Open signals are for auditors alone: who knows the list can avoid it."""
    if not is_auditor(user):
        return Place.objects.none()
    open_case = Case.objects.filter(project=OuterRef("project"), stage=CaseStage.OPEN)
    places = Place.objects.select_related("run", "project__version__programme")
    return places.annotate(signals=Count("findings"), has_case=Exists(open_case))


def running_with_fresh_signals(run: Run) -> QuerySet[Place]:
    """Projects under way with a signal on rows on which no earlier run had it."""
    seen = Finding.objects.filter(place__project=OuterRef("place__project"), place__run__lt=run.pk)
    fresh = Finding.objects.filter(place=OuterRef("pk")).exclude(
        Exists(seen.filter(digest=OuterRef("digest")))
    )
    running = Place.objects.filter(run=run, project__stage__in=SPENDING)
    return running.filter(Exists(fresh))


def cases_visible_to(user: Reader) -> QuerySet[Case]:
    """Cases are for auditors."""
    if not is_auditor(user):
        return Case.objects.none()
    cases = Case.objects.select_related("project", "opened_by", "recovery")
    return cases.prefetch_related("questions")


def hold_of(case: Case) -> PaymentHold | None:
    """What keeps the payments of a case's project back, if anybody does."""
    return PaymentHold.objects.filter(agreement__project=case.project_id, released_at=None).first()


def questions_visible_to(user: Reader) -> QuerySet[Question]:
    """All for auditors; for others those to organisations of theirs that spend in the project."""
    questions = Question.objects.select_related("case__project", "answered_by").prefetch_related(
        "expenses"
    )
    if is_auditor(user):
        return questions
    return questions.filter(pk__in=_asked_of(user))


def _asked_of(user: Reader) -> QuerySet[Question]:
    own = roles_of(user).organisations
    return Question.objects.filter(
        case__project__members__organisation__in=own, case__project__members__role__in=SPENDERS
    )


def is_asked(user: Reader, question: Question) -> bool:
    """True for people of an organisation that spends in the project."""
    return _asked_of(user).filter(pk=question.pk).exists()


def to_answer(user: Reader) -> QuerySet[Question]:
    """Questions to one's organisations that nobody has answered, the most urgent first."""
    questions = questions_visible_to(user).filter(
        pk__in=_asked_of(user), answered_at=None, verdict=""
    )
    return questions.order_by("due_on", "pk")


def to_judge(user: Reader, on: date) -> QuerySet[Question]:
    """Questions that are answered or whose term is over, for auditors."""
    if not is_auditor(user):
        return Question.objects.none()
    ripe = Q(answered_at__isnull=False) | Q(due_on__lt=on)
    return questions_visible_to(user).filter(ripe, verdict="").order_by("due_on", "pk")


def explained_before(project: Project) -> set[str]:
    """Digests of the findings of a project that were explained once."""
    questions = Question.objects.filter(case__project=project, verdict=Outcome.EXPLAINED)
    return set(questions.exclude(digest="").values_list("digest", flat=True))


def projects_without_case() -> QuerySet[Project]:
    """Projects with expenses and no open case, in the order of their ids."""
    taken = Case.objects.filter(stage=CaseStage.OPEN).values("project")
    spent = Expense.objects.values("project")
    return Project.objects.filter(pk__in=spent).exclude(pk__in=taken).order_by("pk")


def all_projects() -> QuerySet[Project]:
    """Every project with its members and plan."""
    return Project.objects.prefetch_related("members__organisation", "members__budget").order_by(
        "pk"
    )


def all_expenses(year: int | None = None) -> QuerySet[Expense]:
    """What was paid in cash, of one year or of all, in the order of its ids."""
    expenses = Expense.objects.exclude(paid_by="in_kind").select_related("member__organisation")
    return (expenses.filter(spent_on__year=year) if year else expenses).order_by("pk")


def all_pay(year: int | None = None) -> QuerySet[Participation]:
    """Every month's pay, of one year or of all."""
    participations = Participation.objects.filter(month_pay__gt=0).select_related("member")
    return (participations.filter(month__year=year) if year else participations).order_by("pk")


def expenses_of(keys: Iterable[int], project: Project) -> QuerySet[Expense]:
    """The expenses of a project with these ids."""
    return Expense.objects.filter(project=project, pk__in=list(keys)).order_by("spent_on", "pk")


def spent_by_month(project: Project) -> list[tuple[date, int]]:
    """What a project spent in each month."""
    months: dict[date, int] = {}
    for day, amount in project.expenses.order_by("spent_on").values_list("spent_on", "amount"):
        month = day.replace(day=1)
        months[month] = months.get(month, 0) + amount
    return list(months.items())


def spent_by_line(projects: QuerySet[Project]) -> dict[int, dict[str, int]]:
    """By project what it spent on each budget line."""
    spent: dict[int, dict[str, int]] = {}
    rows = Expense.objects.filter(project__in=projects).values_list("project", "line", "amount")
    for project, line, amount in rows:
        lines = spent.setdefault(project, {})
        lines[line] = lines.get(line, 0) + amount
    return spent


def like(project: Project) -> QuerySet[Project]:
    """Projects of the same programme."""
    return Project.objects.filter(version__programme=project.version.programme)


def verdicts_by_signal() -> list[dict[str, Any]]:
    """By year and signal how many questions were judged, and how many confirmed."""
    judged = Question.objects.exclude(verdict="").annotate(year=ExtractYear("judged_at"))
    return list(
        judged.values("year", "signal", cause=F("case__cause"))
        .annotate(judged=Count("pk"), confirmed=Count("pk", filter=Q(verdict=Outcome.CONFIRMED)))
        .order_by("-year", "signal", "cause")
    )


def projects_paying(vendors: Iterable[str], exclude: Project) -> dict[str, dict[int, str]]:
    """By business number or name of a vendor the other projects that pay it: title by id."""
    keys = list(vendors)
    named = Q(payee_number__in=keys) | Q(payee_number="", payee__in=keys)
    rows = Expense.objects.filter(named).exclude(project=exclude)
    paying: dict[str, dict[int, str]] = {}
    for number, name, project, title in rows.values_list(
        "payee_number", "payee", "project", "project__title"
    ).distinct():
        paying.setdefault(number or name, {})[project] = title
    return paying


def months_of_people(project: Project) -> list[dict[str, Any]]:
    """Who is paid in which month of a project, with their share over all projects of that month."""
    own = Participation.objects.filter(member__project=project)
    over_all = (
        Participation.objects.filter(researcher=OuterRef("researcher"), month=OuterRef("month"))
        .values("researcher")
        .annotate(whole=Sum("percent"))
        .values("whole")
    )
    return list(
        own.annotate(whole=Subquery(over_all))
        .values("name", "researcher", "month", "percent", "month_pay", "whole")
        .order_by("name", "researcher", "month")
    )


def checks_by_year() -> list[dict[str, Any]]:
    """By year of opening and cause: cases, closed ones, those with a confirmed question, hours."""
    confirmed = Question.objects.filter(case=OuterRef("pk"), verdict=Outcome.CONFIRMED)
    cases = Case.objects.annotate(year=ExtractYear("opened_at"), is_hit=Exists(confirmed))
    closed = Q(stage=CaseStage.CLOSED)
    return list(
        cases.values("year", "cause")
        .annotate(
            cases=Count("pk"),
            closed=Count("pk", filter=closed),
            hits=Count("pk", filter=closed & Q(is_hit=True)),
            hours=Sum("hours", filter=closed),
        )
        .order_by("-year", "cause")
    )


def unchecked_by_year() -> dict[int, int]:
    """By year how many projects had a signal in its last run and no case in that year."""
    by_year: dict[int, int] = {}
    for run in Run.objects.order_by("done_at").annotate(year=ExtractYear("done_at")):
        checked = Case.objects.filter(opened_at__year=run.year).values("project")
        flagged = run.places.filter(findings__isnull=False).exclude(project__in=checked)
        by_year[run.year] = flagged.distinct().count()
    return by_year
