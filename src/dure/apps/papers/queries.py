"""What is in a document box, who reads it, and what soon runs out.

Higher apps ask `valid_paper(organisation, document, on)` for the paper that serves as a document of a
programme file, and open it with `operations.open_version(…, purpose="…")`, which keeps who looked.
"""

from datetime import date, timedelta

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from dure.apps.papers.kinds import kinds_serving, paper_kinds
from dure.apps.papers.models import Paper, PaperLook, PaperVersion
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, roles_of


def papers_visible_to(user: Reader) -> QuerySet[Paper]:
    """The papers in the boxes of one's own organisations; of nobody else, the office included."""
    return Paper.objects.filter(
        organisation__in=roles_of(user).organisations, removed_at__isnull=True
    ).select_related("organisation")


def versions_visible_to(user: Reader) -> QuerySet[PaperVersion]:
    """The versions of these papers."""
    return PaperVersion.objects.filter(paper__in=papers_visible_to(user)).select_related(
        "paper__organisation"
    )


def looks_visible_to(user: Reader) -> QuerySet[PaperLook]:
    """Who looked at the papers of one's own organisations, newest first."""
    return PaperLook.objects.filter(version__in=versions_visible_to(user)).select_related(
        "user", "version"
    )


def current_versions() -> QuerySet[PaperVersion]:
    """The newest version of every paper that was not removed."""
    newest = PaperVersion.objects.filter(paper=OuterRef("paper")).order_by("-number")
    return (
        PaperVersion.objects.filter(paper__removed_at__isnull=True)
        .annotate(newest=Subquery(newest.values("number")[:1]))
        .filter(number=F("newest"))
        .select_related("paper__organisation", "created_by")
    )


def box_of(user: Reader) -> QuerySet[PaperVersion]:
    """The newest version of each paper in the boxes of one's own organisations."""
    return current_versions().filter(paper__organisation__in=roles_of(user).organisations)


def narrowed(
    paper_versions: QuerySet[PaperVersion],
    *,
    on: date,
    organisation: Organisation | None = None,
    kind: str = "",
    state: str = "",
) -> QuerySet[PaperVersion]:
    """Papers of an organisation and kind; `state` is "valid", "soon" or "expired" on a day."""
    if organisation is not None:
        paper_versions = paper_versions.filter(paper__organisation=organisation)
    if kind:
        paper_versions = paper_versions.filter(paper__kind=kind)
    match state:
        case "valid":
            paper_versions = paper_versions.filter(
                Q(expires_on__isnull=True) | Q(expires_on__gte=on)
            )
        case "soon":
            paper_versions = paper_versions.filter(_soon(on), expires_on__gte=on)
        case "expired":
            paper_versions = paper_versions.filter(expires_on__lt=on)
    return paper_versions


def running_out(on: date) -> QuerySet[PaperVersion]:
    """Papers within the days of warning of their kind, or past their end, the most urgent first."""
    return current_versions().filter(_soon(on)).order_by("expires_on", "pk")


def to_renew(user: Reader, on: date) -> QuerySet[PaperVersion]:
    """What runs out, or has run out in the last 90 days, in the boxes of one's own organisations."""
    return running_out(on).filter(
        paper__organisation__in=roles_of(user).organisations,
        expires_on__gte=on - timedelta(days=90),
    )


def valid_paper(organisation: Organisation, document: str, on: date) -> PaperVersion | None:
    """The paper that serves an organisation as a document of a programme file on a day.

    `document` is the id in the file, such as "registration"; of several the newest. Whoever asks has
    to ask `permissions.may_use(user, organisation)` before it tells anybody.
    """
    versions = current_versions().filter(
        Q(expires_on__isnull=True) | Q(expires_on__gte=on),
        paper__organisation=organisation,
        paper__kind__in=kinds_serving(document),
        issued_on__lte=on,
    )
    return versions.order_by("-issued_on", "-pk").first()


def paper_of_kind(organisation: Organisation, kind: str, title: str) -> Paper | None:
    """The paper that an organisation has of a kind."""
    return Paper.objects.filter(
        organisation=organisation, kind=kind, title=title, removed_at__isnull=True
    ).first()


def _soon(on: date) -> Q:
    """Within the days of warning of its kind."""
    wanted = Q()
    for kind in paper_kinds().values():
        last = on + timedelta(days=kind.warn_days)
        wanted |= Q(paper__kind=kind.code, expires_on__lte=last)
    return wanted
