"""Requests asked and what came of them, and tasks of pools of experts, for figures."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.people.queries import traits_of_organisations
from dure.apps.support.kinds import pools, services
from dure.apps.support.models import SupportRequest
from dure.apps.support.queries import (
    requests_ever,
    requests_visible_to,
    tasks_ever,
    tasks_visible_to,
)
from dure.foundation.measures import (
    REGION,
    SIZE,
    Dimension,
    Measure,
    Record,
    Row,
    offer_measure,
    opened,
)

OPEN = "open"


def _service(code: str) -> str:
    service = services().get(code)
    return str(service) if service else code


def _outcome(code: str) -> str:
    """An outcome is written `service:outcome`, since two services may have one of a name."""
    service, _colon, outcome = code.partition(":")
    service_file = services().get(service)
    known = service_file.outcome(outcome) if service_file else None
    return str(known) if known else _now("still open") if outcome == OPEN else outcome


def _pool(code: str) -> str:
    pool = pools().get(code)
    return str(pool) if pool else code


def _requests() -> Iterator[Row]:
    """A request counts as open from the day it was made, and with its outcome from its last day."""
    traits = traits_of_organisations()
    for request in requests_ever():
        known = {"service": request.service, **traits.get(request.organisation_id, {})}
        asked = localdate(request.asked_at)
        closed = localdate(request.closed_at) if request.closed_at else None
        as_open = {"outcome": f"{request.service}:{OPEN}", **known}
        if closed is None or closed > asked:
            yield Row(request.pk, asked, asked, closed, dimensions=as_open)
        if closed is not None:
            ended = {"outcome": f"{request.service}:{request.outcome}", **known}
            yield Row(request.pk, asked, closed, dimensions=ended)


def _request_records(user: Any, ids: Collection[str]) -> Mapping[str, Record]:
    return opened(requests_visible_to(user), ids, SupportRequest.get_absolute_url)


def _tasks() -> Iterator[Row]:
    """A task found counts from its day on, and once more as linked from that day on."""
    for task in tasks_ever():
        known = {"pool": task.programme.pool}
        days = {"reached": "found", **known}
        yield Row(task.pk, task.found_on, task.found_on, dimensions=days)
        if task.linked_on:
            linked = {"reached": "linked", **known}
            yield Row(task.pk, task.linked_on, task.linked_on, dimensions=linked)


def _task_records(user: Any, ids: Collection[str]) -> Mapping[str, Record]:
    return opened(
        tasks_visible_to(user),
        ids,
        lambda task: reverse("support:pool", args=[task.programme.pool]),
    )


def _reached(code: str) -> str:
    return {"found": _now("Tasks found"), "linked": _now("Linked to support")}.get(code, code)


offer_measure(
    Measure(
        "support_requests",
        _("Requests for support"),
        (
            Dimension("service", _("Service"), _service),
            Dimension("outcome", pgettext_lazy("support", "What came of it"), _outcome),
            REGION,
            SIZE,
        ),
        _requests,
        _request_records,
    )
)
offer_measure(
    Measure(
        "expert_tasks",
        _("Tasks found by experts"),
        (
            Dimension("pool", pgettext_lazy("experts", "Pool"), _pool),
            Dimension("reached", _("How far"), _reached),
        ),
        _tasks,
        _task_records,
    )
)
