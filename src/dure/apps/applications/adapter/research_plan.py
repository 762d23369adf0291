"""The content of an application as a research plan for paper and HWPX, and a filled form as parts."""

from collections.abc import Iterator
from typing import Any

from dure.apps.applications.adapter.parts import LONGEST_ANSWER
from dure.apps.applications.adapter.programme import budget_of, questions_of
from dure.apps.applications.models import ROLES, Application
from dure.apps.calls.queries import programme_of
from dure.foundation import programmes
from dure.foundation.documents.forms import FormProblem
from dure.foundation.documents.plan import (
    PlanCost,
    PlanMember,
    PlanMoney,
    PlanPerson,
    PlanSection,
    ReadPlan,
    ResearchPlan,
)

# A research plan is a document of the state: its words are Korean whatever the reader's language.
_FORMS = {"cash": "현금", "in_kind": "현물", "unpaid": "미지급"}
_LANGUAGE = "ko"


def research_plan(application: Application, content: dict[str, Any]) -> ResearchPlan:
    """The plan that the content of an application says (`adapter.content_of`)."""
    project, members = content["project"], content["members"]
    leader = application.leader
    return ResearchPlan(
        title=project.get("title") or "",
        title_en=project.get("title_en") or "",
        programme=programme_of(application.call).name.ko,
        call=application.call.title,
        number=application.number,
        months=project.get("months"),
        trl_now=project.get("trl_now"),
        trl_goal=project.get("trl_goal"),
        leader=str(leader) if leader else "",
        leader_email=leader.email if leader else "",
        members=tuple(
            PlanMember(
                _role(member["role"]),
                member["organisation"]["name"],
                member["organisation"]["number"] or "",
            )
            for member in members
        ),
        people=tuple(
            PlanPerson(
                member["organisation"]["name"],
                row["name"],
                row["task"],
                row["rate"],
                row["months"],
            )
            for member in members
            for row in member["people"]
        ),
        money=tuple(
            PlanMoney(row["year"], _payer(row["role"]), _FORMS[row["kind"]], row["won"])
            for member in members
            for row in member["money"]
            if row["won"] is not None
        ),
        costs=tuple(_costs(application, members)),
        sections=plan_sections(application, content),
    )


def plan_sections(application: Application, content: dict[str, Any]) -> tuple[PlanSection, ...]:
    """The questions of the call as headings, with what is answered so far."""
    answers = {answer["question"]: answer["text"] for answer in content["answers"]}
    return tuple(
        PlanSection(question.id, question.name.ko, answers.get(question.id, ""))
        for question in questions_of(application.call)
    )


def parts_read(
    application: Application, plan_read: ReadPlan, parts: dict[str, dict[str, Any]]
) -> tuple[dict[str, dict[str, Any]], list[FormProblem]]:
    """The parts of a draft that a filled form changes, and what of it cannot be taken.

    An empty place of the form leaves what stands in the draft. `parts` are those of the draft.
    """
    changed: dict[str, dict[str, Any]] = {}
    problems: list[FormProblem] = []
    before = parts.get("project", {})
    project = {**before, **{name: value for name, value in plan_read.project.items() if value}}
    for name, most in (("trl_now", 9), ("trl_goal", 9), ("months", 120)):
        if isinstance(project.get(name), int) and not 1 <= project[name] <= most:
            problems.append(FormProblem(name, "out_of_range", f"1–{most}"))
    problems += [
        FormProblem(name, "too_long", "300")
        for name in ("title", "title_en")
        if len(project.get(name) or "") > 300
    ]
    if project != before:
        changed["project"] = project
    for question in questions_of(application.call):
        text = plan_read.answers.get(question.id, "")
        name = f"answers/{question.id}"
        most = min(question.characters or LONGEST_ANSWER, LONGEST_ANSWER)
        if len(text) > most:
            problems.append(FormProblem(question.name.ko, "too_long", f"{most:,}"))
        elif text and text != parts.get(name, {}).get("text"):
            changed[name] = {"text": text}
    return changed, problems


def _costs(application: Application, members: list[dict[str, Any]]) -> Iterator[PlanCost]:
    budget = budget_of(application.call)
    names = {known.id: known.name.ko for known in budget.categories} if budget else {}
    for member in members:
        for row in member["costs"]:
            if row["won"] is not None:
                category = names.get(row["category"], row["category"])
                organisation = member["organisation"]["name"]
                form = _FORMS[row["kind"]]
                yield PlanCost(row["year"], organisation, category, form, row["won"])


def _role(role: str) -> str:
    return programmes.name("role", role, _LANGUAGE) if role in dict(ROLES) else role


def _payer(role: str) -> str:
    return programmes.name("role", role, _LANGUAGE)
