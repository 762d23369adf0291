"""Outcomes, their evidence, and pairs that may be one: who reads which."""

from datetime import datetime, timedelta

from django.db.models import F, Model, Q, QuerySet

from dure.apps.catalog.models import Need
from dure.apps.outcomes.models import Evidence, Outcome, Twins
from dure.apps.outcomes.roles import READERS
from dure.apps.outcomes.stages import ALIVE, OPEN, OutcomeStage
from dure.apps.people.queries import Reader, roles_of
from dure.apps.projects.models import Project

PATIENCE = timedelta(days=14)
"""How long the other side has before the programme office looks at a report itself."""


def outcomes_visible_to(user: Reader) -> QuerySet[Outcome]:
    """All for the office, centres and auditors, for others those of their own organisations."""
    outcomes = Outcome.objects.select_related(
        "organisation", "counterpart", "reported_for", "reported_by", "merged_into",
        "chain__programme", "chain__need", "chain__project",
    ).defer("chain__need__search")  # fmt: skip
    roles = roles_of(user)
    if roles.holds(READERS):
        return outcomes
    own = roles.organisations
    return outcomes.filter(Q(organisation__in=own) | Q(counterpart__in=own))


def evidence_visible_to(user: Reader) -> QuerySet[Evidence]:
    """The files of the outcomes that `user` reads."""
    return Evidence.objects.filter(outcome__in=outcomes_visible_to(user))


def twins_visible_to(user: Reader) -> QuerySet[Twins]:
    """The pairs that may be one, for the office: those to answer first, the oldest before."""
    if not roles_of(user).is_officer:
        return Twins.objects.none()
    pairs = Twins.objects.select_related(
        "first__organisation", "first__counterpart", "first__reported_for",
        "second__organisation", "second__counterpart", "second__reported_for", "answered_by",
    )  # fmt: skip
    return pairs.order_by(F("answered_at").asc(nulls_first=True), "found_at", "pk")


def twins_to_answer(user: Reader) -> QuerySet[Twins]:
    """The pairs on which nobody has decided and of which both still stand."""
    twins = twins_visible_to(user).filter(answer="")
    return twins.filter(first__stage__in=ALIVE, second__stage__in=ALIVE)


def twins_of_outcome(user: Reader, outcome: Outcome) -> QuerySet[Twins]:
    """The pairs of which an outcome is one."""
    return twins_visible_to(user).filter(Q(first=outcome) | Q(second=outcome))


def concerns_anywhere(user: Reader) -> bool:
    """True for people of an organisation that is one side of an outcome."""
    own = roles_of(user).organisations
    if not own:
        return False
    return Outcome.objects.filter(Q(organisation__in=own) | Q(counterpart__in=own)).exists()


def to_confirm(user: Reader) -> QuerySet[Outcome]:
    """What the other side or the office reported of one's own organisations, the oldest first."""
    own = roles_of(user).organisations
    outcomes = outcomes_visible_to(user).filter(stage=OutcomeStage.CLAIMED)
    outcomes = outcomes.filter(Q(organisation__in=own) | Q(counterpart__in=own))
    return outcomes.exclude(reported_for__in=own).order_by("reported_at", "pk")


def to_check(user: Reader, at: datetime) -> QuerySet[Outcome]:
    """What the office has to look at, the oldest first: disputes, and reports with evidence that no
    other side on the platform confirms or none has within two weeks; not one's own."""
    outcomes = outcomes_visible_to(user).filter(stage__in=OPEN)
    is_silent = Q(counterpart__isnull=True) | Q(reported_at__lt=at - PATIENCE)
    is_shown = Q(stage=OutcomeStage.CLAIMED, evidence__isnull=False)
    outcomes = outcomes.filter(Q(stage=OutcomeStage.DISPUTED) | is_shown & is_silent)
    return outcomes.exclude(reported_by=user.pk).distinct().order_by("reported_at", "pk")


def of_thing(user: Reader, link: str, thing: Model) -> QuerySet[Outcome]:
    """What came of a need, a project or any other link of the chain, as far as `user` reads it.

    Of a need also what came of those that were merged into it.
    """
    here = Q(**{f"chain__{link}": thing})
    if isinstance(thing, Need):
        here |= Q(chain__need__merged_into=thing)
    return outcomes_visible_to(user).filter(here, stage__in=ALIVE)


def of_project(project: Project, reader: Reader | None) -> QuerySet[Outcome]:
    """What came of a project, in the order of days; a reader of None sees all (the command line)."""
    if reader is not None:
        return of_thing(reader, "project", project).order_by("on", "pk")
    came = Outcome.objects.filter(chain__project=project, stage__in=ALIVE)
    return came.select_related("organisation", "counterpart").order_by("on", "pk")


def with_unfound_way(limit: int) -> QuerySet[Outcome]:
    """Outcomes that nobody tied to anything and that lead to no need yet, the newest first."""
    outcomes = Outcome.objects.filter(stage__in=ALIVE, chain__anchor="", chain__need__isnull=True)
    return outcomes.order_by("-pk")[:limit]
