"""One application of the demonstration, as far as it has come, through the operations that people use."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.utils.html import format_html, format_html_join

from dure.apps.applications import adapter, operations, queries
from dure.apps.applications.models import Application, Participant
from dure.apps.calls.models import Call
from dure.apps.people.demo import officers
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import managers_of, organisation_with_number
from dure.foundation.paper import pdf
from dure.values.ids import business_number

STARTED, WRITTEN, CONFIRMED = timedelta(days=6), timedelta(days=3), timedelta(days=2)
GOVERNMENT = 75  # per cent of the cost, as general law lets a small firm have at most


def play(
    row: Mapping[str, Any], call: Call, firm: Organisation, leader: User, now: datetime
) -> None:
    """One application as far as it has come; the moments lie before its deadline and before now."""
    ends = min(call.deadline_at or now, now)
    state = row["state"]
    draft = operations.start(
        call=call,
        organisation=firm,
        by=leader,
        at=ends - STARTED,
        parts={"project": _project(row)},
    )
    lead = queries.members_of(draft).get(role="lead")
    buyer = _invited(draft, row, leader, ends)
    _write(draft, lead, row, leader, ends - WRITTEN)
    if buyer is not None and state != "DRAFT":
        _joins(draft, buyer, ends)
    if state == "DRAFT":
        operations.let_help(application=draft, helper=officers()[0], by=leader, at=ends - CONFIRMED)
        return
    operations.file(application=draft, by=leader, at=ends - timedelta(hours=20))
    if state == "FILED":
        return
    late = (call.deadline_at or now) + timedelta(minutes=4)
    at = late if state == "LATE" else ends - timedelta(hours=18)
    operations.submit(application=draft, by=leader, at=at)
    if state == "EDITED":
        changed = row["answers"]["impact"] + " 시험 성적서는 이번 주에 더합니다."
        save(draft, "answers/impact", {"text": changed}, leader, ends - timedelta(hours=2))
    elif state == "WITHDRAWN":
        operations.withdraw(application=draft, by=leader, at=ends - timedelta(hours=9))
    elif state == "VOID" and buyer is not None:
        signatory = managers_of(buyer.organisation).get()
        operations.leave(participant=buyer, by=signatory, at=ends - timedelta(hours=6))


def _project(row: Mapping[str, Any]) -> dict[str, Any]:
    now, goal = row["trl"]
    return {
        "title": row["title"],
        "title_en": row["title_en"],
        "months": row["months"],
        "trl_now": now,
        "trl_goal": goal,
    }


def _invited(
    draft: Application, row: Mapping[str, Any], leader: User, ends: datetime
) -> Participant | None:
    buyer = organisation_with_number(business_number(row.get("demand", "")) or "")
    if buyer is None:
        return None
    return operations.invite(
        application=draft,
        organisation=buyer,
        role="demand",
        sees_all=True,
        by=leader,
        at=ends - STARTED + timedelta(hours=1),
    )


def _joins(draft: Application, buyer: Participant, ends: datetime) -> None:
    signatory = managers_of(buyer.organisation).first()
    if signatory is None:
        return
    at = ends - CONFIRMED
    operations.answer_invitation(participant=buyer, is_yes=True, by=signatory, at=at)
    promise = {"shows": "purchase_consent"}
    save(draft, f"commitment/{buyer.pk}", promise, signatory, at)
    operations.confirm_part(participant=buyer, by=signatory, at=at + timedelta(hours=1))


def _write(
    draft: Application, lead: Participant, script: Mapping[str, Any], by: User, at: datetime
) -> None:
    asked = {question.id for question in adapter.questions_of(draft.call)}
    for question, text in script["answers"].items():
        if question in asked:
            save(draft, f"answers/{question}", {"text": text}, by, at)
    names = ("name", "task", "monthly_won", "rate", "other_rate", "months", "kind")
    people = [dict(zip(names, row, strict=True)) for row in script["pay"]]
    save(draft, f"people/{lead.pk}", {"rows": people}, by, at)
    names = ("year", "category", "kind", "won", "note")
    costs = [dict(zip(names, row, strict=True)) for row in script["costs"]]
    save(draft, f"costs/{lead.pk}", {"rows": costs}, by, at)
    save(draft, f"money/{lead.pk}", {"rows": _money(people, costs)}, by, at)
    declared = dict.fromkeys(adapter.facts_to_declare(lead), False)
    if script["state"] == "DRAFT":
        return
    save(draft, f"declared/{lead.pk}", {"facts": declared}, by, at)
    hand_in_papers(draft, lead, script, by, at)


def hand_in_papers(
    draft: Application, lead: Participant, row: Mapping[str, Any], by: User, at: datetime
) -> None:
    """Every paper that the lead has to hand in; the body says what the answers say."""
    for paper in adapter.documents_of(draft.call, "lead"):
        if not paper.is_optional:
            content = _body(row) if paper.most_pages else _sample(paper.name.ko)
            operations.attach(
                application=draft,
                participant=lead,
                document=paper.id,
                name=f"{paper.name.ko}_{lead.organisation.name}.pdf",
                content=content,
                by=by,
                at=at,
            )


def _money(people: list[dict[str, Any]], costs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Who pays: the government its share, the firm its staff in kind and the rest in cash."""
    pay = {"cash": 0, "in_kind": 0}
    for person in people:
        pay[person["kind"]] += adapter.pay_won(person) or 0
    whole = sum(pay.values()) + sum(row["won"] for row in costs)
    own = whole - whole * GOVERNMENT // 100
    in_kind = min(pay["in_kind"], own * 9 // 10)
    rows = [
        ("government", "grant", "cash", whole - own),
        ("lead", "own_share", "cash", own - in_kind),
        ("lead", "own_share", "in_kind", in_kind),
    ]
    return [
        {"role": role, "instrument": instrument, "kind": kind, "year": 1, "won": won}
        for role, instrument, kind, won in rows
    ]


def save(draft: Application, name: str, value: dict[str, Any], by: User, at: datetime) -> None:
    part = queries.part_of(draft, name)
    operations.save_part(
        application=draft,
        name=name,
        value=value,
        seen=part.version if part else 0,
        by=by,
        at=at,
    )


def _body(row: Mapping[str, Any]) -> bytes:
    texts = format_html_join("", "<p>{}</p>", ((text,) for text in row["answers"].values()))
    return _paper(row["title"], texts)


@lru_cache(maxsize=32)
def _sample(name: str) -> bytes:
    return _paper(name, format_html("<p>{}</p>", "시연용으로 만든 문서입니다."))


def _paper(title: str, body: Any) -> bytes:
    return pdf(
        format_html(
            '<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>{}</title></head>'
            "<body><h1>{}</h1>{}</body></html>",
            title,
            title,
            body,
        )
    )
