"""The parts of the start page: one for each standing that a person has, in order."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dure.apps.dashboards.presenters import fairs, figures, own, waiting
from dure.apps.dashboards.queries import figures as counted
from dure.apps.dashboards.queries import own as mine
from dure.apps.dashboards.queries.office import FAILURES_SHOWN, waiting_counts, waiting_for
from dure.apps.jobs.queries import failed_jobs, running_jobs
from dure.apps.matches.models import Direction, NotForUs
from dure.apps.matches.queries import last_matched_at
from dure.apps.ndas.queries import (
    ndas_to_sign,
    ndas_visible_to,
    overdue,
    returns_to_confirm,
)
from dure.apps.people.models import User
from dure.apps.people.permissions import may_run_programmes
from dure.apps.people.queries import holders_by_role, joins_to_answer, organisations_of, standing_of
from dure.apps.people.roles import Role, role_choices
from dure.apps.trail.queries import recent_changes, recorded_models
from dure.foundation import vocabularies

WAITING_SHOWN = 12
NEEDS_SHOWN = 6
TECHNOLOGIES_SHOWN = 5
NEWEST_SHOWN = 5
NDAS_SHOWN = 5
CHANGES_SHOWN = 6
Section = dict[str, Any]


def sections_for(user: User, now: datetime) -> Iterator[Section]:
    """The sections of the start page of `user`, each with the name of its template."""
    standing = standing_of(user)
    if Role.ADMINISTRATOR in standing.roles:
        yield {"template": "_administrator.html", **administrator(user, now)}
    if may_run_programmes(user):
        yield {"template": "_office.html", **office(user, now)}
    if Role.AUDITOR in standing.roles:
        yield {"template": "_auditor.html", **auditor()}
    if Role.CENTRE_OFFICER in standing.roles:
        yield {"template": "_centre.html", **centre(user)}
    if Role.REVIEWER in standing.roles:
        yield {"template": "_reviewer.html"}
    if Role.COORDINATOR in standing.roles:
        yield {"template": "_coordinator.html"}
    if fair := fairs.section(user, now):
        yield {"template": "_fairs.html", **fair}
    if standing.organisations:
        yield from _organisation_sections(user, now)
    elif not standing.roles:
        yield {"template": "_newcomer.html"}


def office(user: User, now: datetime) -> Section:
    """What waits for an officer, the figures of today, and their shapes."""
    counts = waiting_counts(user, now)
    matching = counted.matching_counts()
    by_stage = counted.needs_by_stage()
    late = overdue(ndas_visible_to(user), localdate(now)).count()
    return {
        "total": sum(counts.values()),
        "waiting": [
            waiting.line(each, user, now) for each in waiting_for(user, now, limit=WAITING_SHOWN)
        ],
        "queues": [
            {"label": kind.label, "count": count, "url": waiting.queue_url(kind)}
            for kind, count in counts.items()
            if count
        ],
        "figures": [
            figures.figure(
                matching["unmatched"],
                _("Needs without a match"),
                reverse("dashboards:behind", args=["unmatched"]),
            ),
            figures.figure(
                matching["unanswered"],
                _("Needs whose matches nobody answered"),
                reverse("dashboards:behind", args=["unanswered"]),
            ),
            figures.figure(
                matching["introduced"],
                _("Pairs introduced"),
                f"{reverse('matches:answers')}?kind=INTRODUCED",
            ),
            *([_late_returns(late)] if late else []),
        ],
        "funnel": figures.stage_funnel(by_stage),
        "fields": figures.field_bars(counted.needs_by_field()),
        "answers": figures.answer_shares(counted.answers_by_kind()),
        "last_matched_at": last_matched_at(),
    }


def _late_returns(count: int) -> dict[str, Any]:
    url = f"{reverse('ndas:ndas')}?state=OVERDUE"
    return figures.figure(count, _("Agreements whose return is overdue"), url)


def administrator(user: User, now: datetime) -> Section:
    """Who holds which role, what runs and what failed, and the search index."""
    held = holders_by_role()
    running = list(running_jobs()[:5])
    failed = list(failed_jobs(user, now - FAILURES_SHOWN)[:5])
    return {
        "roles": [
            {
                "label": label,
                "count": held.get(code, 0),
                "url": f"{reverse('people:appointments')}?role={code}",
            }
            for code, label in role_choices()
        ],
        "running": [
            {"job": job, "title": _(job.title) if job.title else job.kind} for job in running
        ],
        "failed": [
            {"job": job, "title": _(job.title) if job.title else job.kind} for job in failed
        ],
        "index": settings.DURE_INDEX,
        "embedder": settings.DURE_EMBEDDER,
        "last_matched_at": last_matched_at(),
    }


def auditor() -> Section:
    """What changed last, whoever did it."""
    return {"changes": recent_changes(of=recorded_models(), limit=CHANGES_SHOWN)}


def centre(user: User) -> Section:
    """The needs and technologies by region, one's own region first."""
    regions = {o.region for o in organisations_of(user)} - {""}
    technologies = counted.technologies_by_region()
    return {
        "needs_by_region": figures.region_bars(counted.needs_by_region(), most=20),
        "own_regions": [
            {
                "name": vocabularies.name_of("regions", code, get_language()),
                "needs": counted.needs_by_region().get(code, 0),
                "technologies": technologies.get(code, 0),
                "needs_url": figures.needs_url(region=code),
                "technologies_url": figures.technologies_url(region=code),
            }
            for code in sorted(regions)
        ],
        "newest": [own.card(need, user) for need in mine.newest_needs(user, NEWEST_SHOWN)],
    }


def _organisation_sections(user: User, now: datetime) -> Iterator[Section]:
    organisations = list(organisations_of(user))
    joins = list(joins_to_answer(user)[:5]) if not may_run_programmes(user) else []
    unverified = [o for o in organisations if o.verified_at is None]
    if joins or unverified:
        yield {"template": "_membership.html", "joins": joins, "unverified": unverified}
    ndas = list(ndas_to_sign(user)[:NDAS_SHOWN])
    returns = list(returns_to_confirm(user, localdate(now))[:NDAS_SHOWN])
    if ndas or returns:
        yield {"template": "_ndas.html", "ndas": ndas, "returns": returns}
    counts = mine.own_counts(user)
    technologies = mine.own_technologies(user)
    is_firm = any(not o.is_demand for o in organisations)
    if any(o.is_demand for o in organisations) or any(counts.values()):
        yield {"template": "_demand.html", **demand(user, counts)}
    if is_firm or technologies[:1]:
        yield {"template": "_firm.html", **firm(user, organisations)}


def demand(user: User, counts: dict[str, int]) -> Section:
    """Own needs: those with new matches as cards, what came back, what is not handed in yet."""
    needs = mine.own_needs(user)
    rows = mine.unanswered_by_need(user)
    best = mine.best_unanswered(user, [row["need_id"] for row in rows[:NEEDS_SHOWN]])
    drafts = list(needs.filter(stage="DRAFT").order_by("returned_because", "-updated_at")[:6])
    return {
        "counts": counts,
        "cards": [
            own.need_card(row, best[row["need_id"]])
            for row in rows[:NEEDS_SHOWN]
            if row["need_id"] in best
        ],
        "fresh": sum(row["fresh"] for row in rows),
        "wanted": sum(row["wanted"] for row in rows),
        "returned": [own.card(need, user) for need in drafts if need.returned_because],
        "drafts": [own.card(need, user) for need in drafts if not need.returned_because],
        "list_url": figures.needs_url(mine="on"),
    }


def firm(user: User, organisations: list[Any]) -> Section:
    """One need to answer tonight, one's technologies, and what would make them easier to find."""
    open_suggestions = mine.unanswered(user, Direction.FOR_TECHNOLOGY)
    first = open_suggestions.first()
    technologies = [own.completeness(t) for t in mine.own_technologies(user)[:TECHNOLOGIES_SHOWN]]
    firms = [o for o in organisations if not o.is_demand]
    return {
        "tonight": own.tonight(first, user) if first else None,
        "left": open_suggestions.count() if first else 0,
        "technologies": technologies,
        "gaps": [
            {"organisation": o, "missing": missing} for o in firms if (missing := own.missing_of(o))
        ],
        "why_not": NotForUs.choices,
        "list_url": figures.technologies_url(mine="on"),
    }
