"""Support services of the demonstration: `demo/support.toml`, through the operations people use."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import cycle, islice
from typing import Any

import pghistory
from django.utils import timezone

from dure.apps.people.demo import join, officers, person, take_part
from dure.apps.people.models import DEMAND_KINDS, Organisation, OrganisationKind, User
from dure.apps.people.queries import people_of
from dure.apps.support import adapter, operations, queries
from dure.apps.support.kinds import ProfileKind, pools, services
from dure.apps.support.models import (
    Candidate,
    ExchangeProgramme,
    Invitation,
    Profile,
    SupportRequest,
    Task,
)
from dure.apps.support.stages import CandidateStage
from dure.foundation.demo import Demonstration, demonstrates

Told = Mapping[str, Any]
PERCENT = 100


@demonstrates("support")
def load(demonstration: Demonstration) -> None:
    """Name bodies, enter experts and partners, and play the requests, unless there is one."""
    if SupportRequest.objects.exists():
        return
    script = tomllib.loads((demonstration.folder / "support.toml").read_text(encoding="utf-8"))
    firms = _invented(OrganisationKind.SME, OrganisationKind.STARTUP)
    buyers = _invented(*DEMAND_KINDS)
    if not (firms and buyers):
        return
    owners = _bodies(demonstration, script["bodies"])
    person(demonstration, script["experts"]["email"], "김해솔")
    Profile.objects.bulk_create([*_experts(script["experts"]), *_partners(script["partners"])])
    _pools(script["pools"], firms)
    for request in script["requests"]:
        _play(request, firms[request["firm"] % len(firms)], buyers, owners[request["service"]])
    count = Profile.objects.filter(kind=ProfileKind.EXPERT).count()
    demonstration.say(f"{count} experts, {SupportRequest.objects.count()} requests for support")


def _invented(*kinds: OrganisationKind) -> list[Organisation]:
    organisations = Organisation.objects.filter(
        is_invented=True, verified_at__isnull=False, kind__in=kinds, memberships__role="MANAGER"
    )
    return list(organisations.distinct().order_by("pk")[:40])


def _bodies(demonstration: Demonstration, script: list[Told]) -> dict[str, User]:
    """Name who answers which service; who owns its requests, by service."""
    owners = {}
    for part in script:
        values = {name: part[name] for name in part if name not in ("colleague", "services")}
        body = take_part(demonstration, values)
        owner = person(demonstration, **part["person"])
        join(person(demonstration, **part["colleague"]), body)
        for code in part["services"]:
            _as(
                officers()[0], operations.name_body, service=services()[code], organisation=body,
                region="", at=timezone.now(),
            )  # fmt: skip
            owners[code] = owner
    return owners


def _experts(script: Told) -> Iterator[Profile]:
    """So many experts, spread over the pools; the first one can sign in."""
    names = [f"{surname}{two}" for two in script["given"] for surname in script["surnames"]]
    codes, schools = cycle(script["pools"]), script["schools"]
    for number, code in enumerate(islice(codes, script["count"])):
        skills, turn = script["pools"][code], number // len(script["pools"])
        first, second = skills[turn % len(skills)], skills[(turn + turn // 7 + 1) % len(skills)]
        industry = script["industries"][turn % len(script["industries"])]
        yield Profile(
            kind=ProfileKind.EXPERT, number=f"EX-{number + 1:04}", name=names[number % len(names)],
            affiliation=schools[number % len(schools)], pool=code, keywords=[industry],
            text=f"{first}. {industry} 기업을 {3 + turn % 20}년 도왔어요. 함께 다루는 일: {second}.",
            email=script["email"] if number == 0 else "", entered_at=timezone.now(),
        )  # fmt: skip


def _partners(script: Mapping[str, list[list[str]]]) -> Iterator[Profile]:
    for kind, rows in script.items():
        for number, (name, text) in enumerate(rows, 1):
            yield Profile(
                kind=kind, number=f"{kind[:2]}-{number:03}", name=name, text=text,
                entered_at=timezone.now(),
            )  # fmt: skip


def _pools(script: Told, firms: list[Organisation]) -> None:
    """Invitations, exchange programmes and tasks; what is many is written at once."""
    by, at, today = officers()[0], timezone.now(), timezone.localdate()
    experts = list(Profile.objects.filter(kind=ProfileKind.EXPERT).order_by("number"))
    answers = Invitation.Answer
    Invitation.objects.bulk_create(
        Invitation(
            profile=expert, invited_on=_day(200), by=by, answered_on=_day(180),
            answer=answers.ACCEPTED if place % PERCENT < script["accepted_percent"] else answers.DECLINED,
        )
        for place, expert in enumerate(experts)
    )  # fmt: skip
    codes = list(pools())
    programmes = ExchangeProgramme.objects.bulk_create(
        ExchangeProgramme(
            pool=codes[place % len(codes)], on=_day(5 + 3 * place),
            title=f"{script['titles'][place % len(script['titles'])]} {place // 4 + 1}회",
            place=script["places"][place % len(script["places"])], by=by, at=at,
        )
        for place in range(script["programmes"])
    )  # fmt: skip
    Task.objects.bulk_create(
        Task(
            programme=programmes[place % len(programmes)],
            title=script["words"][place % len(script["words"])],
            organisation=firms[place % len(firms)], found_on=today, by=by, at=at,
            linked_to=script["other"][place % len(script["other"])] if place < script["linked"] else "",
            linked_on=today if place < script["linked"] else None,
        )
        for place in range(script["tasks"])
    )  # fmt: skip


def _play(script: Told, firm: Organisation, buyers: list[Organisation], owner: User) -> None:
    """Bring a request as far as it is told."""
    speaker = people_of(firm)[0]
    counterpart = buyers[script["counterpart"]] if "counterpart" in script else None
    request = _as(
        speaker, operations.ask, service=services()[script["service"]], organisation=firm,
        title=script["title"], values=script["values"], counterpart=counterpart, at=_noon(script["days"]),
    )  # fmt: skip
    if not (script["way"] or script.get("owned")):
        return
    days = max(script["days"] - 2, 1)
    request = _as(owner, operations.take_on, request=request, at=_noon(days))
    if "partner" in script:
        _find_partner(request, script, speaker, owner, days - 1)
    for name, affiliation, profession in script.get("panel", ()):
        _as(
            owner, operations.name_panelist, request=request, name=name, affiliation=affiliation,
            profession=profession, is_chair=profession == "lawyer", at=_noon(days - 1),
        )  # fmt: skip
    for place, code in enumerate(script["way"]):
        step = request.file.step(code)
        if step.closes and "report" in script:
            _as(owner, operations.report, request=request, text=script["report"], at=_noon(1))
        request = _as(
            owner, operations.take, request=request, step=step, values=script["values"],
            outcome=script.get("outcome", "") if step.closes else "", at=_noon(1 if place else days - 2),
        )  # fmt: skip
        if step.visits:
            _visits(request, script, owner)
    if "satisfaction" in script:
        _as(
            speaker, operations.rate, request=request, satisfaction=script["satisfaction"], text="",
            at=_noon(1),
        )  # fmt: skip


def _find_partner(
    request: SupportRequest, script: Told, speaker: User, owner: User, days: int
) -> Candidate:
    """The engine's first proposal is wanted, introduced and agrees."""
    wanted = queries.profiles_to_propose(request).filter(kind=script["partner"])
    best = adapter.proposals_for(request, wanted)[0]
    made = _as(
        owner, operations.propose, request=request, profile=best.profile, strength=best.strength,
        reasons=best.reasons, at=_noon(days),
    )  # fmt: skip
    stages = CandidateStage
    for stage, by in (
        (stages.WANTED, speaker), (stages.INTRODUCED, owner), (stages.ACCEPTED, owner),
    ):  # fmt: skip
        role = script["role"] if stage == stages.ACCEPTED else ""
        made = _as(by, operations.answer, candidate=made, stage=stage, role=role, at=_noon(days))
    return made


def _visits(request: SupportRequest, script: Told, owner: User) -> None:
    partner = request.candidates.filter(stage=CandidateStage.ACCEPTED).first()
    for days, hours, text in script.get("visits", ()):
        _as(
            owner, operations.note_visit, request=request, on=_day(days), hours=Decimal(hours),
            text=text, candidate=partner, at=_noon(days),
        )  # fmt: skip


def _day(days_ago: int) -> date:
    return timezone.localdate() - timedelta(days=days_ago)


def _noon(days_ago: int) -> datetime:
    return timezone.make_aware(datetime.combine(_day(days_ago), time(12)))


def _as(user: User, act: Any, **arguments: Any) -> Any:
    with pghistory.context(user=user.pk):
        return act(by=user, **arguments)
