"""Researchers and secondments of the demonstration: `demo/researchstaff.toml`."""

import tomllib
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

import pghistory
from django.utils import timezone

from dure.apps.people.demo import person
from dure.apps.people.models import Organisation, OrganisationKind, User
from dure.apps.people.queries import people_of
from dure.apps.researchstaff import operations
from dure.apps.researchstaff.models import Application
from dure.apps.support import operations as support
from dure.apps.support.kinds import services
from dure.apps.support.models import Candidate, SupportRequest
from dure.apps.support.queries import body_for
from dure.apps.support.stages import CandidateStage
from dure.foundation.demo import Demonstration, demonstrates

SERVICE = "secondment"
CHOSEN_AFTER = 5  # days from a request to the introduction of its researcher
SMALL = (OrganisationKind.SME, OrganisationKind.STARTUP)
KEPT_MONTHS = 12
Told = Mapping[str, Any]


@demonstrates("researchstaff")
def load(demonstration: Demonstration) -> None:
    """Let researchers apply and play the secondments, unless somebody applied."""
    if Application.objects.exists():
        return
    owner = _owner()
    firms = _firms()
    if owner is None or not firms:
        return
    file = demonstration.folder / "researchstaff.toml"
    script = tomllib.loads(file.read_text(encoding="utf-8"))
    known = {part["email"]: _apply(demonstration, part) for part in script["researchers"]}
    for part in script["secondments"]:
        _play(part, firms[part["firm"] % len(firms)], owner, known)
    demonstration.say(f"{len(known)} researchers, {len(script['secondments'])} secondments")


def _owner() -> User | None:
    """Somebody of the body that answers secondments."""
    body = body_for(SERVICE, "")
    return people_of(body).first() if body else None


def _firms() -> list[Organisation]:
    firms = Organisation.objects.filter(
        is_invented=True, verified_at__isnull=False, kind__in=SMALL, memberships__role="MANAGER"
    )
    return list(firms.distinct().order_by("pk")[:40])


def _apply(demonstration: Demonstration, script: Told) -> Application:
    user = person(demonstration, script["email"], script["name"])
    demonstration.sign_ins.setdefault(user.email, f"{user.name}  연구자")
    values = {name: script[name] for name in ("level", "degree", "wish", "name")}
    values |= {"telephone": "", "free_from": timezone.localdate() - timedelta(days=script["days"])}
    made: Application = _as(
        user, operations.apply, script["days"], values=values, text=script["text"],
        region=script["region"], months=KEPT_MONTHS, agrees=True,
    )  # fmt: skip
    if script["days"] >= 365:
        _as(user, operations.change, 20, application=made, values=values, text=script["text"],
            region=script["region"], months=KEPT_MONTHS)  # fmt: skip
    return made


def _play(script: Told, firm: Organisation, owner: User, known: Mapping[str, Application]) -> None:
    """Bring a request as far as it is told."""
    days, speaker = script["days"], people_of(firm)[0]
    first = timezone.localdate() - timedelta(days=script.get("works_since", days - 60))
    values = {name: script[name] for name in ("work", "degree", "place", "months")} | {
        "pay": 54_000_000, "contact": "인사 담당 (내선 21)", "outside_capital": "yes",
        "starts_on": first.isoformat(),
    }  # fmt: skip
    request = _as(
        speaker, support.ask, days, service=services()[SERVICE], organisation=firm,
        title=script["title"], values=values, counterpart=None,
    )  # fmt: skip
    if script["way"] == "asked":
        return
    request = _as(owner, support.take_on, days - 1, request=request)
    days -= CHOSEN_AFTER
    candidate = _introduce(request, known[script["researcher"]], speaker, owner, days)
    if script["way"] == "introduced":
        return
    researcher = known[script["researcher"]].user
    candidate = _as(
        researcher, support.answer, days, candidate=candidate, stage=CandidateStage.ACCEPTED,
        role=script["role"],
    )  # fmt: skip
    _as(researcher, operations.consent, days, candidate=candidate)
    request = _step(request, "working", owner, days - 1, values)
    if script["way"] == "closed":
        _as(owner, support.report, 10, request=request, text=script["report"])
        request = _step(request, "closed", owner, 10, values, outcome=script["outcome"])
        _as(
            speaker, support.rate, 5, request=request, satisfaction=script["satisfaction"], text=""
        )  # fmt: skip


def _introduce(
    request: SupportRequest, application: Application, speaker: User, owner: User, days: int
) -> Candidate:
    """Proposed by the owner, wanted by the firm, introduced."""
    made: Candidate = _as(
        owner, support.propose, days, request=request, profile=application.profile
    )
    for stage, by in ((CandidateStage.WANTED, speaker), (CandidateStage.INTRODUCED, owner)):
        made = _as(by, support.answer, days, candidate=made, stage=stage)
    return made


def _step(
    request: SupportRequest, code: str, by: User, days: int, values: Told, **more: str
) -> SupportRequest:
    taken: SupportRequest = _as(
        by, support.take, days, request=request, step=request.file.step(code), values=values, **more
    )
    return taken


def _as(user: User, act: Any, days_ago: int, **arguments: Any) -> Any:
    day = timezone.localdate() - timedelta(days=days_ago)
    with pghistory.context(user=user.pk):
        return act(by=user, at=timezone.make_aware(datetime.combine(day, time(12))), **arguments)
