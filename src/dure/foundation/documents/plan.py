"""A research plan (연구개발계획서) as plain values: written as HWPX and for paper, read from a form.

`write` gives our own form, filled; `read_back` reads it, or the official cover sheet
(`forms/files/rnd_plan_cover.toml`), into what the plan says of itself.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from dure.foundation.documents import forms
from dure.foundation.documents._hwpx_write import hwpx
from dure.foundation.documents.blocks import Block, Cell, Heading, Paragraph, Table, as_html
from dure.foundation.documents.forms import Form, FormMismatch, FormProblem

TITLE = "연구개발계획서"


@dataclass(frozen=True, slots=True)
class PlanMember:
    """An organisation that takes part: its role in words, its name and registration number."""

    role: str
    name: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class PlanPerson:
    """Somebody who works on it; `rate` is the share of their time in per cent."""

    organisation: str
    name: str
    task: str = ""
    rate: int | None = None
    months: int | None = None


@dataclass(frozen=True, slots=True)
class PlanMoney:
    """What a payer (in words) gives in a year, in won; `form` is cash or in kind, in words."""

    year: int
    payer: str
    form: str
    won: int


@dataclass(frozen=True, slots=True)
class PlanCost:
    """What a category (in words) costs in a year, in won."""

    year: int
    organisation: str
    category: str
    form: str
    won: int


@dataclass(frozen=True, slots=True)
class PlanSection:
    """A part of the text: its id, its heading, what stands under it."""

    id: str
    heading: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class ResearchPlan:
    """All that a research plan says; `months` is how long it takes."""

    title: str = ""
    title_en: str = ""
    programme: str = ""
    call: str = ""
    number: str = ""
    months: int | None = None
    trl_now: int | None = None
    trl_goal: int | None = None
    leader: str = ""
    leader_email: str = ""
    members: tuple[PlanMember, ...] = ()
    people: tuple[PlanPerson, ...] = ()
    money: tuple[PlanMoney, ...] = ()
    costs: tuple[PlanCost, ...] = ()
    sections: tuple[PlanSection, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """What a filled form says of a plan: `project` and `answers` by id; what was not read, by place."""

    form: str
    project: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    problems: tuple[FormProblem, ...] = ()


def write(plan: ResearchPlan) -> bytes:
    """Return the plan as a .hwpx file."""
    return hwpx(plan.title or TITLE, _blocks(plan))


def html(plan: ResearchPlan) -> str:
    """Return the plan as HTML, for `foundation/paper`."""
    return as_html(plan.title or TITLE, _blocks(plan))


def cover_values(plan: ResearchPlan) -> dict[str, Any]:
    """What the plan says in the fields of the official cover sheet; amounts in won.

    Raises FormMismatch where the sheet has no room: more than four years or two partners.
    """
    lead = next((m for m in plan.members), None)
    known = {
        "title_ko": plan.title,
        "title_en": plan.title_en,
        "summary_title": plan.title,
        "programme": plan.programme,
        "summary_programme": plan.programme,
        "notice_number": plan.call,
        "lead_name": lead.name if lead else "",
        "lead_number": lead.number if lead else "",
        "leader_name": plan.leader,
        "leader_email": plan.leader_email,
        "trl_start": str(plan.trl_now or ""),
        "trl_end": str(plan.trl_goal or ""),
        "summary_total_won": sum(line.won for line in plan.money) or None,
    }
    values: dict[str, Any] = {name: value for name, value in known.items() if value}
    others = [{"name": member.name, "role": member.role} for member in plan.members[1:]]
    if others:
        values["partners"] = others
    return values


def read_back(content: bytes, sections: Sequence[PlanSection]) -> ReadPlan:
    """Read a filled form, ours or the official cover sheet, whichever it is.

    `sections` are the headings that our form of this plan has. Raises FormMismatch where it is
    neither, UnreadableDocument where it is no HWPX document that can be read.
    """
    own = _own_form(sections)
    try:
        filled = forms.read(own, content)
    except FormMismatch:
        filled = forms.read(forms.form_named("rnd_plan_cover"), content)
        return _from_cover(filled)
    ids = {f"section_{n}": section.id for n, section in enumerate(sections)}
    lacking = {problem.place for problem in filled.problems if problem.kind in ("missing", "twice")}
    names = {"title", "title_en", "months", "trl_now", "trl_goal"} - lacking
    problems = list(filled.problems)
    project = {
        name: _number(name, filled.values[name], problems)
        if name in ("months", "trl_now", "trl_goal")
        else filled.values[name] or ""
        for name in sorted(names)
    }
    answers = {ids[name]: filled.values[name] or "" for name in ids if name not in lacking}
    return ReadPlan(own.name, project, answers, tuple(problems))


def _from_cover(cover: forms.Filled) -> ReadPlan:
    problems = list(cover.problems)
    project = {
        "title": cover.values["title_ko"],
        "title_en": cover.values["title_en"],
        "trl_now": _number("trl_start", cover.values["trl_start"], problems),
        "trl_goal": _number("trl_end", cover.values["trl_end"], problems),
    }
    filled = {name: value for name, value in project.items() if value is not None}
    return ReadPlan(forms.form_named("rnd_plan_cover").name, filled, {}, tuple(problems))


def _number(place: str, text: str | None, problems: list[FormProblem]) -> int | None:
    plain = re.sub(r"\s|개월|단계|TRL", "", text or "")
    if not plain:
        return None
    if not re.fullmatch(r"\d{1,3}", plain, re.ASCII):
        problems.append(FormProblem(place, "no_number", plain[:40]))
        return None
    return int(plain)


def _own_form(sections: Sequence[PlanSection]) -> Form:
    fields = [
        {"id": name, "table": "국문 과제명", "label": label}
        for name, label in (
            ("title", "국문 과제명"),
            ("title_en", "영문 과제명"),
            ("months", "연구개발기간"),
            ("trl_now", "착수 TRL"),
            ("trl_goal", "목표 TRL"),
        )
    ]
    return Form.model_validate(
        {
            "id": "research_plan",
            "name": TITLE,
            "fields": fields,
            "sections": [
                {"id": f"section_{n}", "heading": _numbered(n, section.heading)}
                for n, section in enumerate(sections)
            ],
            "ends": [
                "참여기관",
                "참여 인력",
                "연구개발비 재원",
                "비목별 연구개발비",
                "연구개발 내용",
            ],
        }
    )


def _numbered(number: int, heading: str) -> str:
    return f"{number + 1}. {heading}"


def _blocks(plan: ResearchPlan) -> tuple[Block, ...]:
    blocks: list[Block] = [Heading(TITLE, 0), _front(plan)]
    blocks += _listed("참여기관", ("역할", "기관명", "사업자등록번호"), plan.members)
    blocks += _listed(
        "참여 인력", ("소속", "성명", "맡은 일", "참여율(%)", "기간(개월)"), plan.people
    )
    blocks += _listed("연구개발비 재원", ("연차", "부담", "구분", "금액(원)"), plan.money)
    blocks += _listed("비목별 연구개발비", ("연차", "기관", "비목", "구분", "금액(원)"), plan.costs)
    blocks.append(Heading("연구개발 내용"))
    for number, section in enumerate(plan.sections):
        blocks += [Heading(_numbered(number, section.heading), 2), Paragraph(section.text)]
    return tuple(blocks)


def _front(plan: ResearchPlan) -> Table:
    def pair(*pairs: tuple[str, Any]) -> tuple[Cell, ...]:
        width = 3 if len(pairs) == 1 else 1
        return tuple(
            cell
            for label, value in pairs
            for cell in (Cell(label, is_label=True), Cell(str(value or ""), columns=width))
        )

    return Table(
        (
            pair(("국문 과제명", plan.title)),
            pair(("영문 과제명", plan.title_en)),
            pair(("사업명", plan.programme), ("공고", plan.call)),
            pair(("접수번호", plan.number), ("연구개발기간", plan.months and f"{plan.months}개월")),
            pair(("착수 TRL", plan.trl_now), ("목표 TRL", plan.trl_goal)),
            pair(("연구책임자", plan.leader), ("전자우편", plan.leader_email)),
        ),
        (2, 4, 2, 4),
    )


def _listed(title: str, heads: Sequence[str], rows: Sequence[Any]) -> list[Block]:
    """A heading and a table of values in the order of their fields; nothing where there are none."""
    if not rows:
        return []
    head = tuple(Cell(head, is_label=True) for head in heads)
    lines = tuple(tuple(Cell(_said(value)) for value in _values(row)) for row in rows)
    return [Heading(title), Table((head, *lines), (1,) * len(heads))]


def _values(row: Any) -> list[Any]:
    return [getattr(row, name) for name in row.__dataclass_fields__]


def _said(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) else str(value)
