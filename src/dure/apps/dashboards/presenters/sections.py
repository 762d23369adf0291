"""The parts of the start page: one for each standing that a person has, in order."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dure.apps.dashboards.presenters import figures, own, waiting
from dure.apps.dashboards.queries import figures as counted
from dure.apps.dashboards.queries import own as mine
from dure.apps.dashboards.queries.waiting import waiting_counts, waiting_for
from dure.apps.jobs.queries import failed_jobs, running_jobs
from dure.apps.matches.models import Direction, NotForUs, Side
from dure.apps.matches.queries import last_matched_at
from dure.apps.ndas.queries import (
    ndas_visible_to,
    overdue,
)
from dure.apps.people.models import User
from dure.apps.people.permissions import may_run_programmes
from dure.apps.people.queries import holders_by_role, organisations_of
from dure.apps.people.roles import role_choices
from dure.foundation import desk, vocabularies

WAITING_SHOWN = 12
NEEDS_SHOWN = 6
TECHNOLOGIES_SHOWN = 5
NEWEST_SHOWN = 5
NDAS_SHOWN = 5
CHANGES_SHOWN = 6
Section = dict[str, Any]


def sections_for(user: User, now: datetime) -> Iterator[Section]:
    """The sections of the start page of `user`, each with the name of its template."""
    for section in sorted(desk.SECTIONS, key=lambda section: section.place):
        content = section.content(user, now)
        if content is not None:
            yield {"template": section.template, **content}


def queues(user: User, now: datetime) -> Section | None:
    """What waits for a person; None for those to whom no app offers work.

    The office reads that nothing waits; to others the section comes when something does.
    """
    counts = waiting_counts(user, now)
    if not any(count for _queue, count in counts) and not (counts and may_run_programmes(user)):
        return None
    return {
        "total": sum(count for _queue, count in counts),
        "waiting": [
            waiting.line(entry, user, now) for entry in waiting_for(user, now, limit=WAITING_SHOWN)
        ],
        "queues": [
            {"label": queue.label, "count": count, "url": waiting.queue_url(queue)}
            for queue, count in counts
            if count
        ],
    }


def office(user: User, now: datetime) -> Section:
    """The figures of today, and their shapes."""
    matching = counted.matching_counts()
    by_stage = counted.needs_by_stage()
    late = overdue(ndas_visible_to(user), localdate(now)).count()
    return {
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
    failed = list(failed_jobs(user, now - timedelta(days=7))[:5])
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


def centre(user: User) -> Section:
    """The needs and technologies by region, one's own region first."""
    regions = {o.region for o in organisations_of(user)} - {""}
    technologies = counted.technologies_by_region()
    return {
        "needs_by_region": figures.region_bars(counted.needs_by_region(), limit=20),
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


def demand(user: User) -> Section | None:
    """Own needs: those with new matches as cards, what came back, what is not handed in yet."""
    counts = mine.own_counts(user)
    if not (any(o.is_demand for o in organisations_of(user)) or any(counts.values())):
        return None
    needs = mine.own_needs(user)
    rows = mine.unanswered_by_need(user)
    best = mine.best_unanswered(user, [row["need_id"] for row in rows[:NEEDS_SHOWN]])
    drafts = list(needs.filter(stage="DRAFT").order_by("return_reason", "-updated_at")[:6])
    return {
        "counts": counts,
        "cards": [
            own.need_card(row, best[row["need_id"]])
            for row in rows[:NEEDS_SHOWN]
            if row["need_id"] in best
        ],
        "fresh": sum(row["fresh"] for row in rows),
        "wanted": sum(row["wanted"] for row in rows),
        "returned": [own.card(need, user) for need in drafts if need.return_reason],
        "drafts": [own.card(need, user) for need in drafts if not need.return_reason],
        "list_url": figures.needs_url(mine="on"),
    }


def firm(user: User) -> Section | None:
    """One need to answer tonight, one's technologies, and what would make them easier to find."""
    organisations = list(organisations_of(user))
    is_firm = any(not o.is_demand for o in organisations)
    if not (is_firm or mine.own_technologies(user).exists()):
        return None
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
        "why_not": NotForUs.choices_of(Side.SUPPLY),
        "list_url": figures.technologies_url(mine="on"),
    }
