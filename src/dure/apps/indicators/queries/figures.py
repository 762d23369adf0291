"""Who sees which figures and revisions."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from dure.apps.indicators.models import Figure, FigureFile, Plan, Revision
from dure.apps.indicators.roles import READERS, WORKERS
from dure.apps.indicators.stages import OPEN, RevisionStage
from dure.apps.people.models import User
from dure.apps.people.queries import Reader, roles_of

_PUBLISHED = Revision.objects.filter(figure=OuterRef("pk"), stage=RevisionStage.PUBLISHED)


def is_worker(user: Reader) -> bool:
    """True for those who keep the figures: analysts and the programme office."""
    return roles_of(user).holds(WORKERS)


def reads_inside(user: Reader) -> bool:
    """True for those who read drafts, and the records behind figures."""
    return roles_of(user).holds(READERS)


def figures_visible_to(user: Reader) -> QuerySet[Figure]:
    """Those with something published; all for readers of figures; those asked of one's own body."""
    figures = Figure.objects.select_related("indicator__plan", "asked_of")
    if reads_inside(user):
        return figures
    asked = Q(asked_of__in=roles_of(user).organisations) if user.is_authenticated else Q()
    return figures.filter(Exists(_PUBLISHED) | asked if asked else Exists(_PUBLISHED))


def revisions_of(figure: Figure, user: Reader) -> QuerySet[Revision]:
    """What was published of a figure, and drafts for those who work on it; the newest first."""
    revisions = figure.revisions.select_related("drafted_by", "confirmed_by", "published_by")
    is_asked = figure.asked_of_id in roles_of(user).organisations
    if reads_inside(user) or is_asked:
        return revisions
    return revisions.filter(stage=RevisionStage.PUBLISHED)


def revisions_visible_to(user: Reader) -> QuerySet[Revision]:
    """Every revision for readers of figures, for others what was published."""
    revisions = Revision.objects.select_related("figure__indicator__plan")
    return revisions if reads_inside(user) else revisions.filter(stage=RevisionStage.PUBLISHED)


def revisions_to_report(user: Reader) -> QuerySet[Revision]:
    """Revisions of figures that a reader keeps, or that are asked of a body whom the reader manages."""
    revisions = Revision.objects.select_related("figure__indicator__plan")
    if is_worker(user):
        return revisions
    return revisions.filter(figure__asked_of__in=roles_of(user).managed)


def files_visible_to(user: Reader) -> QuerySet[FigureFile]:
    """The files that show reported figures: for readers of figures, and the body that was asked."""
    files = FigureFile.objects.select_related("added_by")
    if reads_inside(user):
        return files
    if not user.is_authenticated:
        return files.none()
    return files.filter(revision__figure__asked_of__in=roles_of(user).organisations)


def drafts() -> QuerySet[Revision]:
    """Drafts that wait for a second person, the oldest first."""
    return _open().filter(stage=RevisionStage.DRAFT)


def in_force(plan: str = "", code: str = "", year: int | None = None) -> QuerySet[Revision]:
    """The published revision of every figure, narrowed; public."""
    published = Revision.objects.filter(stage=RevisionStage.PUBLISHED)
    newest = published.filter(figure=OuterRef("figure")).order_by("-number").values("pk")[:1]
    revisions = published.filter(pk=Subquery(newest)).select_related("figure__indicator__plan")
    if plan:
        revisions = revisions.filter(figure__indicator__plan__slug=plan)
    if code:
        revisions = revisions.filter(figure__indicator__code=code)
    if year is not None:
        revisions = revisions.filter(figure__year=year)
    return revisions.order_by(
        "figure__indicator__plan",
        "figure__indicator__place",
        "figure__year",
        "figure__period",
        "pk",
    )


def published_in(plan: Plan, codes: Iterable[str] | None = None) -> list[Revision]:
    """The published figures of a plan, one for each indicator and period, in the plan's order."""
    revisions = Revision.objects.filter(
        figure__indicator__plan=plan, stage=RevisionStage.PUBLISHED
    ).select_related("figure__indicator__plan", "published_by")
    if codes is not None:
        revisions = revisions.filter(figure__indicator__code__in=list(codes))
    newest = {revision.figure_id: revision for revision in revisions.order_by("number")}
    return sorted(
        newest.values(),
        key=lambda revision: (
            revision.figure.indicator.place,
            revision.figure.year,
            revision.figure.period,
        ),
    )


def open_revisions(user: User) -> QuerySet[Revision]:
    """Drafts that somebody else made and that wait for a second person, the oldest first."""
    return drafts().exclude(drafted_by=user)


def to_publish() -> QuerySet[Revision]:
    """What was confirmed and waits to be published, the oldest first."""
    return _open().filter(stage=RevisionStage.CONFIRMED)


def _open() -> QuerySet[Revision]:
    return (
        Revision.objects.filter(stage__in=OPEN)
        .select_related("figure__indicator__plan", "drafted_by")
        .order_by("drafted_at", "pk")
    )


def unanswered(on: date) -> QuerySet[Figure]:
    """Figures that a body was asked for until a day before `on`, and of which nothing came."""
    return _silent().filter(due_on__lt=on)


def asked_of(user: Reader) -> QuerySet[Figure]:
    """Figures that are asked of a body whom somebody manages, and of which nothing came yet."""
    return _silent().filter(asked_of__in=roles_of(user).managed)


def is_asked(user: Reader) -> bool:
    """True for managers of a body of which figures are asked."""
    return user.is_authenticated and asked_of(user).exists()


def _silent() -> QuerySet[Figure]:
    any_word = Revision.objects.filter(figure=OuterRef("pk")).exclude(stage=RevisionStage.DROPPED)
    return (
        Figure.objects.filter(asked_of__isnull=False)
        .exclude(Exists(any_word))
        .select_related("indicator__plan", "asked_of")
        .order_by("due_on", "pk")
    )
