"""The survey as a sheet; strengths and wants as documents of the matching; steps of a package."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language

from dure.apps.groups.kinds import GroupKind
from dure.apps.groups.models import PackageStep, Strength
from dure.apps.groups.reasons import GroupProblem
from dure.apps.programmes.models import Version
from dure.engines import matching
from dure.foundation import programmes, proposing, vocabularies
from dure.foundation.sheets import Column, Reader, names_of, vocabulary_names

MOST_PROPOSED = 10
MOST_MEMBERS = 5000


def _labels(vocabulary: str) -> list[tuple[str, str]]:
    return [(e.name_ko, e.name_en) for e in vocabularies.entries(vocabulary).values()]


COLUMNS = (
    Column("name", "교류회명", "Name", True, ("이름", "단위교류회"), "창원 융합교류회",
           "같은 이름을 다시 올리면 고쳐져요.", "The same name again changes the group."),
    Column("parent", "연합회", "Federation", False, ("지역연합회",), "", "", ""),
    Column("region", "지역", "Region", True, (), "", "", "", options=lambda: _labels("regions")),
    Column("kind", "유형", "Type", True, (), "", "", "",
           options=lambda: names_of(GroupKind, {}).labels),
    Column("field", "주력 업종", "Main industry", False, ("업종",), "", "", "",
           options=lambda: _labels("fields")),
    Column("founded", "설립 연도", "Founded", False, ("설립연도",), "1996", "", ""),
    Column("chair_said", "회장", "Chair", True, (), "홍길동", "", ""),
    Column("members_said", "회원사 수", "Members", True, ("회원수",), "18", "", ""),
    Column("last_met_on", "최근 모임일", "Met last", False, ("최근모임일",), "2026-10-12", "", ""),
)  # fmt: skip


def row_reader(today: date) -> Callable[[Reader], dict[str, Any]]:
    """A function that reads a row of the survey."""

    def read(row: Reader) -> dict[str, Any]:
        members = row.number("members_said", 1, MOST_MEMBERS)
        values = {
            "name": row.text("name", 120, required=True),
            "parent": row.text("parent", 120),
            "region": row.one_of("region", vocabulary_names("regions"), required=True),
            "kind": row.one_of("kind", names_of(GroupKind, {}), required=True),
            "field": row.one_of("field", vocabulary_names("fields")) or "",
            "founded": row.year("founded"),
            "chair_said": row.text("chair_said", 100, required=True),
            "members_said": members,
            "last_met_on": _day(row, today),
        }
        if members is None and not row.text("members_said", 40):
            row.wrong("members_said", GroupProblem.NO_MEMBERS)
        return values

    return read


def _day(row: Reader, today: date) -> date | None:
    day = row.day("last_met_on", GroupProblem.NO_MEETING_DAY)
    if day and day > today:
        row.wrong("last_met_on", GroupProblem.MEETING_TO_COME)
    return day


@dataclass(frozen=True, slots=True)
class Fit:
    """A firm whose strengths answer the wants of another: how strongly, and why, as sentences."""

    helper: Strength
    strength: str
    strength_name: str
    reasons: tuple[dict[str, Any], ...]


def fits_for(seeker: Strength, helpers: Sequence[Strength]) -> list[Fit]:
    """Which of the firms best have what one looks for, best first, each with its reasons."""
    known = {str(helper.pk): helper for helper in helpers}
    documents = {code: _offer(profile) for code, profile in known.items()}
    return [
        Fit(
            known[fit.id], fit.strength, fit.strength_name,
            tuple(reason["text"] for reason in fit.reasons),
        )
        for fit in proposing.fits_for(_want(seeker), documents, MOST_PROPOSED)
    ]  # fmt: skip


def _want(seeker: Strength) -> matching.Document:
    firm = seeker.organisation
    return matching.Document(
        f"want-{seeker.pk}", "", seeker.wants, matching.Kind.NEED, region=firm.region,
        organisation=str(firm.pk),
    )  # fmt: skip


def _offer(helper: Strength) -> matching.Document:
    firm = helper.organisation
    return matching.Document(
        str(helper.pk), firm.name, helper.strengths, matching.Kind.PROFILE, region=firm.region,
        organisation=str(firm.pk),
    )  # fmt: skip


def stages_of(version: Version) -> list[Any]:
    """The stages of a programme's version, as its file says."""
    return list(_parsed(version.content).stages)


def stage_name(step: PackageStep) -> str:
    """What a step is called, in the reader's language."""
    return _said(_stage(step).name)


def gate_name(step: PackageStep) -> str:
    """Who decides at the gate of a step; empty where it has none."""
    gate = _stage(step).gate
    return programmes.name("body", gate.by, get_language()) if gate else ""


def _stage(step: PackageStep) -> Any:
    return {stage.id: stage for stage in stages_of(step.package.version)}[step.stage_id]


def _said(text: programmes.Text) -> str:
    return text.en if get_language() == "en" else text.ko


@lru_cache(maxsize=8)
def _parsed(content: str) -> programmes.Programme:
    return programmes.parse(content.encode())
