"""The template of a register, and reading its rows: its columns stand in its file."""

from collections.abc import Callable
from typing import Any

from dure.apps.designations.kinds import Column as Kept
from dure.apps.designations.kinds import Register
from dure.apps.designations.models import MOST
from dure.apps.designations.reasons import EntryProblem
from dure.foundation.sheets import Column, Names, Reader, bare

_FIXED = (
    Column(
        "business_number", "사업자등록번호", "Business registration number", True, ("사업자번호",),
        "124-81-00998", "등록된 기관의 번호.", "The number of an organisation on the platform.",
    ),
    Column("number", "지정번호", "Number", True, ("번호", "등록번호"), "2026-118",
           "같은 번호를 다시 올리면 고쳐져요.", "The same number again changes the entry."),
    Column("stage", "상태", "Status", True, ("단계",), "", "목록에서 고르세요.", "Choose from the list."),
    Column("on", "단계 일자", "Day of the status", True, ("일자", "지정일"), "2026-11-20",
           "이 상태가 된 날.", "The day on which it came to this status."),
    Column("starts_on", "시작일", "From", False, ("지정 시작일",), "2026-11-20", "", ""),
    Column("ends_on", "만료일", "To", False, ("지정 만료일", "종료일"), "2029-11-19", "", ""),
)  # fmt: skip


def columns_of(register: Register) -> tuple[Column, ...]:
    """The columns of a sheet of a register: what all have, its title, and its own."""
    stages = stage_names(register).labels
    fixed = [
        Column(column.name, column.header_ko, column.header_en, True, column.aliases, register.first.ko,
               column.note_ko, column.note_en, options=lambda: stages)
        if column.name == "stage" else column
        for column in _FIXED
    ]  # fmt: skip
    title = Column("title", register.title.ko, register.title.en, True, ("명칭", "이름"))
    return (fixed[0], title, *fixed[1:], *(_column(column) for column in register.columns))


def stage_names(register: Register) -> Names:
    """The stages of a register, by id or name."""
    codes = {bare(n): stage.id for stage in register.stages for n in (stage.id, stage.ko, stage.en)}
    return Names(codes, tuple((stage.ko, stage.en) for stage in register.stages))


def row_reader(register: Register) -> Callable[[Reader], dict[str, Any]]:
    """A function that reads a row of a register."""

    def read(row: Reader) -> dict[str, Any]:
        starts, ends = (row.day(column, EntryProblem.NO_DAY) for column in ("starts_on", "ends_on"))
        if starts and ends and ends < starts:
            row.wrong("ends_on", EntryProblem.ENDS_TOO_EARLY)
        values = {column.id: _value(row, column) for column in register.columns}
        return {
            "business_number": row.business_number("business_number", required=True),
            "title": row.text("title", 200, required=True),
            "number": row.text("number", 60, required=True, code=True),
            "stage": row.one_of("stage", stage_names(register), required=True),
            "on": row.day("on", EntryProblem.NO_DAY, required=True),
            "starts_on": starts or (row.day("on", EntryProblem.NO_DAY) if ends else None),
            "ends_on": ends,
            "values": {name: value for name, value in values.items() if value not in ("", None)},
        }

    return read


def _column(kept: Kept) -> Column:
    labels = [(choice.ko, choice.en) for choice in kept.choices]
    return Column(
        f"column_{kept.id}", kept.ko, kept.en, kept.required, (kept.id,),
        options=(lambda: labels) if labels else None,
    )  # fmt: skip


def _value(row: Reader, kept: Kept) -> str | int | None:
    name = f"column_{kept.id}"
    if kept.kind == "won":
        return row.won(name)
    if kept.kind == "number":
        return row.number(name, 0, MOST)
    if kept.kind == "choice":
        codes = {
            bare(n): choice.id for choice in kept.choices for n in (choice.id, choice.ko, choice.en)
        }
        names = Names(codes, tuple((choice.ko, choice.en) for choice in kept.choices))
        return row.one_of(name, names, required=kept.required)
    return row.text(name, 2000, required=kept.required)
