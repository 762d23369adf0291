"""Decisions and objections: the applicant reads its own, never single votes or others'."""

from django.db.models import QuerySet

from dure.apps.applications.models import Application
from dure.apps.applications.queries import members_of
from dure.apps.people.queries import Reader, is_office, roles_of
from dure.apps.people.roles import Role
from dure.apps.selection.models import (
    Adjustment,
    Conflict,
    Decision,
    Member,
    Objection,
    Reviewer,
    Selection,
    Voter,
)
from dure.apps.selection.stages import MemberStage, ReviewerStage


def decisions_of(selection: Selection) -> QuerySet[Decision]:
    """All decisions of a selection, by rank: for the apps that go on with it."""
    return selection.decisions.select_related("application__organisation")


def judges_of(decision: Decision) -> QuerySet[Member]:
    """The members of the panel that judged an application."""
    found = Member.objects.filter(panel__items__application=decision.application)
    return found.exclude(stage=MemberStage.LEFT).select_related("reviewer__user")


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
    found = Decision.objects.select_related("application__organisation", "selection__call")
    if is_office(user) or roles_of(user).holds([Role.AUDITOR]):
        return found
    return found.filter(
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
    return any(each.organisation_id in managed for each in members_of(application))


def objections_of(selection: Selection) -> QuerySet[Objection]:
    """The objections to the decisions of a selection, the newest first."""
    return Objection.objects.filter(decision__selection=selection).select_related(
        "decision__application__organisation"
    )


def votes_of(user: Reader) -> QuerySet[Voter]:
    """The objections that somebody is asked to vote on."""
    found = Voter.objects.select_related("objection__decision__application", "reviewer__user")
    if not user.is_authenticated:
        return found.none()
    return found.filter(reviewer__user=user.pk).order_by("voted_at", "pk")


def objections_visible_to(user: Reader) -> QuerySet[Objection]:
    """All for the office; for reviewers those on which they are asked to vote."""
    found = Objection.objects.select_related("decision__application", "decision__selection__call")
    if is_office(user):
        return found
    if not user.is_authenticated:
        return found.none()
    return found.filter(voters__reviewer__user=user.pk)


def voters_among(objection: Objection) -> QuerySet[Reviewer]:
    """Who can be named to hear an objection: in the pool, and in no conflict with the application."""
    in_conflict = Conflict.objects.filter(
        application=objection.decision.application_id, ended_at=None
    )
    return Reviewer.objects.filter(stage=ReviewerStage.ACTIVE).exclude(
        pk__in=in_conflict.values("reviewer")
    )
