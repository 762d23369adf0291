"""The survey of groups as a sheet: its columns, and reading a row."""

from collections.abc import Callable
from datetime import date
from typing import Any

from dure.apps.groups.kinds import GroupKind
from dure.apps.groups.reasons import GroupProblem
from dure.foundation import programmes, vocabularies
from dure.foundation.sheets import Column, Reader, names_of, vocabulary_names

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
    text = row.text("last_met_on", 40)
    day = programmes.read_day(text) if text else None
    if text and day is None:
        row.wrong("last_met_on", GroupProblem.NO_MEETING_DAY)
    if day and day > today:
        row.wrong("last_met_on", GroupProblem.MEETING_TO_COME)
    return day
