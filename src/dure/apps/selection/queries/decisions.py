"""Decisions and objections: the applicant reads its own, never single votes or others'."""

from collections import Counter
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from dure.apps.applications.models import Application
from dure.apps.applications.queries import members_of
from dure.apps.people.queries import Reader, is_office, roles_of
from dure.apps.people.roles import Role
from dure.apps.selection.kinds import Outcome
from dure.apps.selection.models import (
    Adjustment,
    Conflict,
    Decision,
    Member,
    Objection,
    Reevaluation,
    Renewal,
    Reviewer,
    Selection,
    Voter,
)
from dure.apps.selection.queries.pool import active_reviewers, free_reviewers
from dure.apps.selection.stages import MemberStage


def decisions_of(selection: Selection) -> QuerySet[Decision]:
    """All decisions of a selection, by rank: for the apps that go on with it."""
    return selection.decisions.select_related("application__organisation")


def judges_of(decision: Decision) -> QuerySet[Member]:
    """The members of the panel that judged an application, the last one where there were several."""
    members = Member.objects.filter(
        Q(panel__reviews=None) | Q(assignments__item__application=decision.application),
        panel__items__application=decision.application,
    )
    return members.exclude(stage=MemberStage.LEFT).select_related("reviewer__user").distinct()


def next_in_line(selection: Selection) -> Decision | None:
    """The first of the reserve whose challenge has not as many selected as it may have."""
    taken = Counter(
        selection.decisions.filter(outcome=Outcome.SELECTED).values_list(
            "application__challenge", flat=True
        )
    )
    most = selection.most_of_a_challenge
    waiting = selection.decisions.filter(outcome=Outcome.RESERVE).order_by("rank", "pk")
    for decision in waiting.select_related("application"):
        challenge = decision.application.challenge_id
        if most is None or challenge is None or taken[challenge] < most:
            return decision
    return None


def all_judges_of(application: Application) -> set[int]:
    """The reviewers of every panel that judged an application."""
    whole = Q(panel__items__application=application) | Q(
        panel__reevaluated__item__application=application
    )
    members = Member.objects.filter(
        whole & Q(panel__reviews=None) | Q(assignments__item__application=application)
    )
    return set(members.exclude(stage=MemberStage.LEFT).values_list("reviewer", flat=True))


def second_judges(application: Application, on: date) -> list[Reviewer]:
    """Who can judge a decided application again: nobody in conflict, nobody who judged it."""
    away = all_judges_of(application) | set(
        Conflict.objects.filter(application=application, ended_at=None).values_list(
            "reviewer", flat=True
        )
    )
    free = free_reviewers(application.item.selection, on, 1)
    return [reviewer for reviewer in free if reviewer.pk not in away]


def reevaluations_of(application: Application) -> QuerySet[Reevaluation]:
    """How often an application was judged again, the first time first."""
    reevaluations = Reevaluation.objects.filter(item__application=application)
    return reevaluations.select_related("panel", "before")


def open_renewal(selection: Selection) -> Renewal | None:
    """The new ranking of a selection that waits for a second person."""
    return selection.renewals.filter(decided_at=None).select_related("proposed_by").first()


def renewals_of(selection: Selection) -> QuerySet[Renewal]:
    """The rankings that were made anew and decided, the newest first."""
    renewals = Renewal.objects.filter(selection=selection, decided_at__isnull=False)
    return renewals.select_related("proposed_by", "decided_by")


def renewals_proposed() -> QuerySet[Renewal]:
    """The new rankings that wait for a second person, the oldest first."""
    renewals = Renewal.objects.filter(decided_at=None).select_related(
        "selection__call", "proposed_by"
    )
    return renewals.order_by("proposed_at", "pk")


def applied_before(selection: Selection) -> set[int]:
    """The organisations of a selection that had an application opened before it began."""
    here = selection.items.values("application__organisation")
    earlier = Application.objects.filter(
        organisation__in=here, submissions__opened_at__lt=selection.created_at
    ).exclude(item__selection=selection)
    return set(earlier.values_list("organisation", flat=True))


def adjustments_of(selection: Selection) -> QuerySet[Adjustment]:
    """What is to be changed in the lines of a table when it is proposed."""
    return Adjustment.objects.filter(item__selection=selection)


def decisions_visible_to(user: Reader) -> QuerySet[Decision]:
    """All for the office and auditors; for others those of their own applications."""
    decisions = Decision.objects.select_related("application__organisation", "selection__call")
    if is_office(user) or roles_of(user).holds([Role.AUDITOR]):
        return decisions
    return decisions.filter(
        application__participants__organisation__in=roles_of(user).organisations,
        application__participants__stage="JOINED",
    ).distinct()


def results_for(user: Reader) -> QuerySet[Decision]:
    """The results of one's own organisations, the newest first."""
    return (
        decisions_visible_to(user)
        .filter(application__organisation__in=roles_of(user).organisations)
        .order_by("-decided_at", "-pk")
    )


def is_applicant(user: Reader, application: Application) -> bool:
    """Whether somebody speaks for an organisation that takes part in an application."""
    managed = roles_of(user).managed
    return any(member.organisation_id in managed for member in members_of(application))


def objections_of(selection: Selection) -> QuerySet[Objection]:
    """The objections to the decisions of a selection, the newest first."""
    return Objection.objects.filter(decision__selection=selection).select_related(
        "decision__application__organisation"
    )


def votes_of(user: Reader) -> QuerySet[Voter]:
    """The objections that somebody is asked to vote on."""
    voters = Voter.objects.select_related("objection__decision__application", "reviewer__user")
    if not user.is_authenticated:
        return voters.none()
    barred = Conflict.objects.filter(
        reviewer=OuterRef("reviewer"), application=OuterRef("objection__decision__application"),
        ended_at=None,
    )  # fmt: skip
    own = voters.filter(~Exists(barred), reviewer__user=user.pk, left_reason="")
    return own.order_by("voted_at", "pk")


def objections_visible_to(user: Reader) -> QuerySet[Objection]:
    """All for the office; for reviewers those on which they are asked to vote, without a conflict."""
    objections = Objection.objects.select_related(
        "decision__application", "decision__selection__call"
    )
    if is_office(user):
        return objections
    if not user.is_authenticated:
        return objections.none()
    return objections.filter(pk__in=votes_of(user).order_by().values("objection"))


def voters_among(objection: Objection, on: date) -> QuerySet[Reviewer]:
    """Who can be named to hear an objection: in the pool, not away, in no conflict, not named yet."""
    in_conflict = Conflict.objects.filter(
        application=objection.decision.application_id, ended_at=None
    )
    return active_reviewers(on, on).exclude(
        Q(pk__in=in_conflict.values("reviewer")) | Q(pk__in=objection.voters.values("reviewer"))
    )


def voters_visible_to(user: Reader) -> QuerySet[Voter]:
    """Who is or was on panels of objections, for the office alone."""
    voters = Voter.objects.select_related(
        "objection__decision__application", "objection__decision__selection__call", "reviewer__user"
    )
    return voters if is_office(user) else voters.none()


def standing_voters(objection: Objection) -> QuerySet[Voter]:
    """The panel that hears an objection as it is: who was replaced is not on it."""
    return objection.voters.filter(left_reason="").select_related("reviewer__user")


def voters_to_replace(objection: Objection, on: date) -> list[Voter]:
    """Who of the panel of an objection cannot vote: in conflict, or away and has not voted."""
    barred = set(
        Conflict.objects.filter(
            application=objection.decision.application_id, ended_at=None
        ).values_list("reviewer", flat=True)
    )
    there = set(active_reviewers(on, on).values_list("pk", flat=True))
    return [
        voter for voter in standing_voters(objection)
        if voter.reviewer_id in barred
        or (voter.voted_at is None and voter.reviewer_id not in there)
    ]  # fmt: skip
