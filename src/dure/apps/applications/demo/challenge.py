"""Thirty applications to the announced challenges, in the rounds of the call that are over."""

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pghistory

from dure.apps.applications import adapter, operations, queries
from dure.apps.applications.demo.playing import (
    CONFIRMED,
    STARTED,
    WRITTEN,
    hand_in_papers,
    save,
)
from dure.apps.applications.models import Application
from dure.apps.calls.models import Call, CallKind, Round
from dure.apps.challenges.models import Candidate
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import managers_of, organisation_with_number
from dure.foundation.demo import Demonstration
from dure.values.ids import business_number

DEMAND = 30  # per cent of the cost: what the challenge's owner pays at least
RATE = 50  # per cent of the project leader's time
GENERAL = {
    "protection": "선행특허를 조사했고 과제 중 2건을 출원합니다. 수요기관의 자료는 그 서버 밖으로 나가지"
    " 않습니다.",
    "jobs": "협약 뒤 석 달 안에 개발자 1명과 현장 지원 1명을 새로 뽑습니다.",
    "earlier": "같은 내용으로 신청하거나 수행한 과제가 없습니다.",
    "security": "국가핵심기술과 방산 기술에 해당하지 않음을 확인했습니다.",
}


def apply_to_challenges(demonstration: Demonstration, now: datetime) -> int:
    """Hand all of them in, open each round on the morning after, and return how many there are."""
    call = Call.objects.filter(kind=CallKind.DESIGNATED, announced_at__isnull=False).first()
    if call is None:
        return 0
    file = demonstration.folder / "challenge-applications.toml"
    script = tomllib.loads(file.read_text(encoding="utf-8"))["challenges"]
    known = {
        str(known_challenge.approved): known_challenge
        for known_challenge in call.challenges.select_related("organisation")
    }
    made = 0
    for within in call.rounds.filter(deadline_at__lt=now):
        for entry in script:
            challenge = known.get(entry["title"])
            if challenge is None or entry["round"] != within.number:
                continue
            for place, values in enumerate(entry["applications"]):
                made += _apply(call, within, challenge, {**entry, **values}, place)
        operations.open_due(at=within.deadline_at + timedelta(days=1))
    return made


def _apply(
    call: Call, within: Round, challenge: Candidate, row: Mapping[str, Any], place: int
) -> bool:
    """One application, received in the round; whether its firm and the owner have somebody for it."""
    firm = organisation_with_number(business_number(row["firm"]) or "")
    leader = managers_of(firm).first() if firm else None
    owner = managers_of(challenge.organisation).first()
    if firm is None or leader is None or owner is None:
        return False
    ends = within.deadline_at - timedelta(hours=3 * place + 1)
    with pghistory.context(user=leader.pk):
        draft = _written(call, within, challenge, row, (firm, leader, owner), ends)
        operations.file(application=draft, by=leader, at=ends - timedelta(hours=20))
        operations.submit(application=draft, by=leader, at=ends - timedelta(hours=18))
    return True


def _written(
    call: Call, within: Round, challenge: Candidate, row: Mapping[str, Any],
    people: tuple[Organisation, User, User], ends: datetime,
) -> Application:  # fmt: skip
    """The draft with all its parts, the owner's one written and confirmed by the owner."""
    firm, leader, owner = people
    project = {name: row[name] for name in ("title", "title_en", "months")}
    origin = {"challenge": challenge.pk, "needs": [challenge.need_id] if challenge.need_id else []}
    draft = operations.start(
        call=call, organisation=firm, by=leader, at=ends - STARTED, within=within,
        parts={"project": {**project, "trl_now": 5, "trl_goal": 8}, "origin": origin},
    )  # fmt: skip
    lead = queries.members_of(draft).get(role="lead")
    buyer = operations.invite(
        application=draft, organisation=challenge.organisation, role="demand", sees_all=True,
        by=leader, at=ends - STARTED + timedelta(hours=1),
    )  # fmt: skip
    operations.answer_invitation(participant=buyer, is_yes=True, by=owner, at=ends - WRITTEN)
    at = ends - WRITTEN
    answers = {**GENERAL, **{name: text for name, text in row.items() if isinstance(text, str)}}
    for question in adapter.questions_of(call):
        save(draft, f"answers/{question.id}", {"text": answers[question.id]}, leader, at)
    person = _person(leader, row["cash_won"], row["months"])
    pay = adapter.pay_won(person) or 0
    whole = row["cash_won"] + pay
    demand = -(-whole * DEMAND // 100)
    materials = row["cash_won"] * 7 // 10
    costs = [
        _cost("materials", materials, "시험 재료와 시제품"),
        _cost("activity", row["cash_won"] - materials, "시험 의뢰와 현장 실증"),
    ]
    money = [
        _money("government", "grant", "cash", whole - demand - pay),
        _money("lead", "own_share", "in_kind", pay),
    ]
    save(draft, f"people/{lead.pk}", {"rows": [person]}, leader, at)
    save(draft, f"costs/{lead.pk}", {"rows": costs}, leader, at)
    save(draft, f"money/{lead.pk}", {"rows": money}, leader, at)
    declared = dict.fromkeys(adapter.facts_to_declare(lead), False)
    save(draft, f"declared/{lead.pk}", {"facts": declared}, leader, at)
    read = {question.id: answers[question.id] for question in adapter.questions_of(call)}
    hand_in_papers(draft, lead, {"title": row["title"], "answers": read}, leader, at)
    paid = {"rows": [_money("demand", "own_share", "cash", demand)]}
    save(draft, f"money/{buyer.pk}", paid, owner, at)
    save(draft, f"commitment/{buyer.pk}", {"shows": "purchase_consent"}, owner, at)
    operations.confirm_part(participant=buyer, by=owner, at=ends - CONFIRMED)
    return draft


def _person(leader: User, cash: int, months: int) -> dict[str, Any]:
    """The project leader, whose pay in kind is at least a tenth of the whole cost."""
    monthly = -(-cash * 100 // (9 * RATE * months * 10_000)) * 10_000
    return {
        "name": leader.name, "task": "과제 총괄", "monthly_won": monthly, "rate": RATE,
        "other_rate": 0, "months": months, "kind": "in_kind",
    }  # fmt: skip


def _cost(category: str, won: int, note: str) -> dict[str, Any]:
    return {"year": 1, "category": category, "kind": "cash", "won": won, "note": note}


def _money(role: str, instrument: str, kind: str, won: int) -> dict[str, Any]:
    return {"role": role, "instrument": instrument, "kind": kind, "year": 1, "won": won}
