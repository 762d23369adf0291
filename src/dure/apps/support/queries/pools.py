"""Pools of experts: who is in them, and how far invitations led."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from dure.apps.people.queries import Reader, roles_of
from dure.apps.support.kinds import ProfileKind, pools
from dure.apps.support.models import ExchangeProgramme, Invitation, Profile, Task
from dure.apps.support.queries.partners import reads_profiles


def experts_in(pool: str) -> QuerySet[Profile]:
    """The experts of a pool."""
    return Profile.objects.filter(kind=ProfileKind.EXPERT, pool=pool).order_by("name", "pk")


def programmes_visible_to(user: Reader) -> QuerySet[ExchangeProgramme]:
    """Exchange programmes are known to all members of the platform."""
    exchange_programmes = ExchangeProgramme.objects.select_related("host")
    return exchange_programmes if roles_of(user).is_member else exchange_programmes.none()


def invitations_visible_to(user: Reader) -> QuerySet[Invitation]:
    """Those who propose read all, an expert the own ones."""
    invitations = Invitation.objects.select_related("profile", "programme")
    if reads_profiles(user):
        return invitations
    if not user.is_authenticated:
        return invitations.none()
    return invitations.filter(profile__kind=ProfileKind.EXPERT, profile__email__iexact=user.email)


def tasks_visible_to(user: Reader) -> QuerySet[Task]:
    """Those who propose read all, others those of their own organisations and their own."""
    tasks = Task.objects.select_related("programme", "expert", "organisation", "request")
    if reads_profiles(user):
        return tasks
    if not user.is_authenticated:
        return tasks.none()
    own = Q(organisation__in=roles_of(user).organisations) | Q(expert__email__iexact=user.email)
    return tasks.filter(own)


def figures_of_pools() -> dict[str, dict[str, int]]:
    """Of each pool: experts, those invited, those who accepted, programmes, tasks, linked tasks."""
    experts = Profile.objects.filter(kind=ProfileKind.EXPERT)
    accepted = Q(invitations__answer=Invitation.Answer.ACCEPTED)
    counts = experts.order_by().values("pool").annotate(
        experts=Count("pk", distinct=True),
        invited=Count("pk", filter=Q(invitations__isnull=False), distinct=True),
        accepted=Count("pk", filter=accepted, distinct=True),
    )  # fmt: skip
    figures: dict[str, dict[str, int]] = {code: dict.fromkeys(STEPS, 0) for code in pools()}
    _note(figures, counts)
    _note(figures, _programmes())
    return figures


STEPS = ("experts", "invited", "accepted", "programmes", "tasks", "linked")
"""The steps of the funnel, in order."""


def _programmes() -> Any:
    return ExchangeProgramme.objects.order_by().values("pool").annotate(
        programmes=Count("pk", distinct=True),
        linked=Count("tasks", filter=Q(tasks__linked_on__isnull=False), distinct=True),
        tasks=Count("tasks", distinct=True),
    )  # fmt: skip


def _note(figures: dict[str, dict[str, int]], counts: Any) -> None:
    for row in counts:
        if row["pool"] in figures:
            figures[row["pool"]].update({name: row[name] for name in row if name != "pool"})


def tasks_ever() -> QuerySet[Task]:
    """Every task that was found: for figures."""
    return Task.objects.select_related("programme", "organisation").order_by("pk")
