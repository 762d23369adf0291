"""The template of reported figures, and reading its rows."""

import tempfile
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import IO, Any

from dure.apps.indicators.adapter.figures import file_of, is_measured
from dure.apps.indicators.models import Plan
from dure.apps.indicators.reasons import FigureProblem
from dure.foundation.promotion_plans import NotAPeriod, period_of
from dure.foundation.sheets import (
    Column,
    Draft,
    Names,
    Problem,
    Reader,
    bare,
    read_rows,
    read_tables,
)

MOST = Decimal(10) ** 19
COLUMNS = (
    Column(
        "indicator", "지표", "Indicator", True, ("지표명", "성과지표"), "스마트공장 보급 (누적)",
        "계획에 있는 지표의 이름이나 id.", "The name or id of an indicator of the plan.",
    ),
    Column(
        "period", "기간", "Period", True, ("연도", "년도"), "2023",
        "2023, 2020-2022, 2023-11, 2023-11-21처럼.", "Such as 2023, 2020-2022 or 2023-11.",
    ),
    Column(
        "value", "실적", "Figure", True, ("실적값", "값"), "30144",
        "숫자만. 금액은 원 단위.", "The number alone; money in won.",
    ),
    Column(
        "evidence", "출처", "Where it is from", True, ("근거", "증빙"), "2023년 시행계획 12쪽",
        "확인할 수 있는 문서나 주소.", "The paper or address in which it can be looked up.",
    ),
    Column(
        "reason", "정정 사유", "Why it changed", False, ("사유",), "",
        "공표된 실적을 고칠 때만.", "Only where a published figure is corrected.",
    ),
)  # fmt: skip


def read_figures(plan: Plan, file: IO[bytes], name: str) -> tuple[list[Draft], list[Problem]]:
    """The reported figures of a spreadsheet, and what is wrong with which cell.

    Raises UnreadableFile.
    """
    drafts: list[Draft] = []
    problems: list[Problem] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("figures.csv" if name.lower().endswith(".csv") else "figures.xlsx")
        path.write_bytes(file.read())
        for table in read_tables(path, COLUMNS):
            accepted, wrong = read_rows(table, _reader(plan), table.rows)
            drafts += accepted
            problems += [*table.problems, *wrong]
    return drafts, problems + _twice(drafts)


def _reader(plan: Plan) -> Callable[[Reader], dict[str, Any]]:
    file = file_of(plan)
    labels = tuple((indicator.name.ko, indicator.name.en) for indicator in file.indicators)
    codes = {
        bare(spelling): indicator.id
        for indicator in file.indicators
        for spelling in (indicator.id, indicator.name.ko, indicator.name.en)
    }

    def read(row: Reader) -> dict[str, Any]:
        code = row.one_of("indicator", Names(codes, labels), required=True)
        period = row.text("period", 10, required=True)
        indicator = file.indicator(code)
        if period and not _is_period(period):
            row.wrong("period", FigureProblem.NOT_A_PERIOD)
        elif indicator and is_measured(indicator, period):
            row.wrong("indicator", FigureProblem.IS_MEASURED)
        return {
            "code": code,
            "period": period,
            "value": _value(row),
            "evidence": row.text("evidence", 500, required=True),
            "reason": row.text("reason", 500),
        }

    return read


def _is_period(text: str) -> bool:
    try:
        period_of(text)
    except NotAPeriod:
        return False
    return True


def _value(row: Reader) -> Decimal | None:
    text = row.text("value", 30, required=True)
    if not text:
        return None
    try:
        value = Decimal(text.replace(",", "").removesuffix("%"))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value) > MOST:
        row.wrong("value", FigureProblem.NOT_A_FIGURE)
        return None
    return value


def _twice(drafts: list[Draft]) -> list[Problem]:
    seen: dict[tuple[str, str], int] = {}
    problems = []
    for draft in drafts:
        key = draft.values["code"], draft.values["period"]
        if key in seen:
            problems.append(draft.problem("period", FigureProblem.FIGURE_TWICE, row=seen[key]))
        seen.setdefault(key, draft.row.number)
    return problems
