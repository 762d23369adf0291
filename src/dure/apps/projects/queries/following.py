"""What closed projects are asked in later years: links, answers, promises to buy."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.core import signing
from django.db.models import QuerySet
from django.urls import reverse

from dure.apps.people.queries import Reader, roles_of
from dure.apps.projects.kinds import SPENDERS, MemberRole, PromiseKept
from dure.apps.projects.models import FollowUp, FollowUpFile, Member
from dure.apps.projects.queries.projects import projects_visible_to
from dure.apps.projects.roles import READERS

FOLLOW_UP_SALT = "projects.follow-up"


@dataclass(frozen=True, slots=True)
class PromiseCount:
    """How many buyers of a kind kept their promise to buy, in part or not at all."""

    kind: str
    kept: int
    in_part: int
    not_kept: int

    @property
    def all(self) -> int:
        """How many had promised and were asked."""
        return self.kept + self.in_part + self.not_kept


def follow_up_of(token: str) -> FollowUp | None:
    """The question that a signed link is for; None for a link that is not ours."""
    try:
        pk = int(signing.Signer(salt=FOLLOW_UP_SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    return FollowUp.objects.select_related("project__version__programme").filter(pk=pk).first()


def follow_up_link(follow_up: FollowUp) -> str:
    """The address at which a follow-up is answered without signing in."""
    token = signing.Signer(salt=FOLLOW_UP_SALT).sign(follow_up.pk)
    return reverse("projects:follow_up", args=[token])


def follow_ups_due(on: date) -> QuerySet[FollowUp]:
    """What is to be asked by a day and was not asked yet, oldest first."""
    return (
        FollowUp.objects.filter(asked_at=None, answered_at=None, due_on__lte=on)
        .select_related("project__version")
        .order_by("due_on", "pk")
    )


def follow_ups_visible_to(user: Reader) -> QuerySet[FollowUp]:
    """What is asked of closed projects, of those that `user` reads."""
    follow_ups = FollowUp.objects.filter(project__in=projects_visible_to(user))
    return follow_ups.select_related("project__version__programme").prefetch_related(
        "project__members__organisation"
    )


def answer_files_visible_to(user: Reader) -> QuerySet[FollowUpFile]:
    """The files with answers: for those who see the money of the project."""
    roles = roles_of(user)
    files = FollowUpFile.objects.select_related("follow_up")
    if roles.holds(READERS):
        return files
    return files.filter(
        follow_up__project__members__organisation__in=roles.organisations,
        follow_up__project__members__role__in=SPENDERS,
    ).distinct()


def promises() -> list[PromiseCount]:
    """How buyers kept their promise to buy, by what kind of buyer; of each project its latest answer.

    For everybody: counts alone, no names.
    """
    latest = FollowUp.objects.filter(answered_at__isnull=False).exclude(promise=PromiseKept.NONE)
    latest = latest.order_by("project", "-year").distinct("project")
    buyers = dict(
        Member.objects.filter(role=MemberRole.DEMAND).values_list("project", "organisation__kind")
    )
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for project_id, promise in latest.values_list("project", "promise"):
        if project_id in buyers:
            counts[buyers[project_id]][promise] += 1
    return [
        PromiseCount(
            kind,
            kept=count[PromiseKept.KEPT],
            in_part=count[PromiseKept.IN_PART],
            not_kept=count[PromiseKept.NOT_KEPT],
        )
        for kind, count in sorted(counts.items())
    ]
