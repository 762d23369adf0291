"""The templates of people, costs and money, and reading their rows: errors by cell."""

import csv
import io
from collections.abc import Callable
from typing import Any

from dure.apps.applications.adapter.parts import MOST_WON
from dure.apps.applications.adapter.programme import budget_of
from dure.apps.applications.models import Application
from dure.apps.applications.queries import PERSONNEL
from dure.apps.calls.queries import programme_of
from dure.foundation import programmes
from dure.foundation.sheets import Column, Names, Problem, Reader, bare, read_rows, read_tables
from dure.foundation.unwritten import unwritten_folder

Rows = list[dict[str, Any]]
_KIND_LABELS = {
    "cash": ("현금", "Cash"),
    "in_kind": ("현물", "In kind"),
    "unpaid": ("미지급", "Unpaid"),
}


def _names(labels: dict[str, tuple[str, str]]) -> Names:
    codes = {bare(name): code for code, names in labels.items() for name in (code, *names)}
    return Names(codes, tuple(labels.values()))


KINDS = _names(_KIND_LABELS)


def columns_of(application: Application, kind: str) -> tuple[Column, ...]:
    """The columns of the template of a kind of part."""
    categories, roles, instruments = _lists(application)
    paid = Column(
        "kind",
        "지급 형태",
        "Paid",
        False,
        ("현금/현물", "구분"),
        "현금",
        "현금, 현물, 미지급",
        "Cash, in kind or unpaid",
        options=lambda: KINDS.labels,
    )
    year = Column("year", "연차", "Year", False, ("차수", "년차"), "1", "1부터", "From 1")
    won = Column("won", "금액(원)", "Amount (won)", True, ("금액",), "12,000,000")
    return {
        "people": (
            Column("name", "성명", "Name", True, ("이름", "참여연구자"), "김연구"),
            Column("task", "담당 업무", "Task", False, ("역할", "업무"), "시제품 설계"),
            Column("monthly_won", "월급여(원)", "Monthly pay (won)", True, ("월급여", "월 급여"), "4,000,000"),
            Column("rate", "참여율(%)", "Rate (%)", True, ("참여율", "인건비계상률"), "50"),
            Column("other_rate", "다른 과제 참여율(%)", "In other projects (%)", False, ("타과제 참여율",), "30"),
            Column("months", "참여 개월", "Months", True, ("개월", "참여개월수"), "12"),
            paid,
        ),
        "costs": (
            year,
            Column("category", "비목", "Category", True, ("세목",), "연구재료비", options=lambda: categories.labels),
            paid,
            won,
            Column("note", "산출 근거", "For what", False, ("내역", "용도"), "코팅 시편 200개"),
        ),
        "money": (
            Column("role", "부담 주체", "Who pays", True, ("재원", "주체"), "정부", options=lambda: roles.labels),
            Column("instrument", "부담 방식", "As", False, ("형태",), "출연금", options=lambda: instruments.labels),
            paid,
            year,
            won,
        ),
    }[kind]  # fmt: skip


def read_sheet(
    application: Application, kind: str, content: bytes, ending: str
) -> tuple[Rows, list[Problem]]:
    """The rows of a filled template, and what is wrong with which cell. Raises UnreadableFile."""
    columns, read, rows, problems = (
        columns_of(application, kind),
        _reader(application, kind),
        [],
        [],
    )
    with unwritten_folder() as folder:
        path = folder / f"sheet.{ending}"
        path.write_bytes(content)
        for table in read_tables(path, columns):
            drafts, row_problems = read_rows(table, read, table.rows)
            problems += [*table.problems, *row_problems]
            rows += [draft.values for draft in drafts]
    return rows, problems


def pasted_as_csv(text: str) -> bytes:
    """Cells that were copied from a sheet (tabs between them) as a .csv file."""
    target = io.StringIO()
    csv.writer(target).writerows(csv.reader(io.StringIO(text), delimiter="\t"))
    return target.getvalue().encode("utf-8-sig")


def _reader(application: Application, kind: str) -> Callable[[Reader], dict[str, Any]]:
    categories, roles, instruments = _lists(application)

    def people(row: Reader) -> dict[str, Any]:
        return {
            "name": row.text("name", 100, required=True),
            "task": row.text("task", 200),
            "monthly_won": _won(row, "monthly_won"),
            "rate": row.number("rate", 0, 100),
            "other_rate": row.number("other_rate", 0, 100) or 0,
            "months": row.number("months", 0, 120),
            "kind": row.one_of("kind", KINDS, "cash"),
            "is_new": False,
        }

    def costs(row: Reader) -> dict[str, Any]:
        return {
            "year": row.number("year", 1, 10) or 1,
            "category": row.one_of("category", categories, required=True),
            "kind": row.one_of("kind", KINDS, "cash"),
            "won": _won(row, "won"),
            "note": row.text("note", 300),
        }

    def money(row: Reader) -> dict[str, Any]:
        return {
            "role": row.one_of("role", roles, required=True),
            "instrument": row.one_of("instrument", instruments, instruments_default(instruments)),
            "kind": row.one_of("kind", KINDS, "cash"),
            "year": row.number("year", 1, 10) or 1,
            "won": _won(row, "won"),
        }

    return {"people": people, "costs": costs, "money": money}[kind]


def instruments_default(instruments: Names) -> str:
    """The form of money where only one is possible."""
    codes = set(instruments.codes.values())
    return codes.pop() if len(codes) == 1 else ""


def _won(row: Reader, column: str) -> int | None:
    amount = row.won(column)
    return amount if amount is None or amount <= MOST_WON else None


def _lists(application: Application) -> tuple[Names, Names, Names]:
    budget = budget_of(application.call)
    categories = {
        category.id: (category.name.ko, category.name.en)
        for category in (budget.categories if budget else ())
        if category.id != PERSONNEL
    }
    payers = programme_of(application.call).money.payers
    instruments = dict.fromkeys(name for payer in payers for name in payer.instruments)
    return (
        _names(categories),
        _names({payer.role: _both("role", payer.role) for payer in payers}),
        _names({name: _both("instrument", name) for name in instruments}),
    )


def _both(group: str, word: str) -> tuple[str, str]:
    return programmes.name(group, word, "ko"), programmes.name(group, word, "en")
