"""The template of outcomes, and reading its rows."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from babel import Locale

from dure.apps.outcomes.kinds import (
    WON,
    country_names,
    currencies,
    digits_of,
    kind_of,
    kinds,
)
from dure.apps.outcomes.models import MOST
from dure.apps.outcomes.reasons import OutcomeProblem
from dure.foundation.sheets import Column, Names, ProblemKind, Reader, bare

_NUMBER = re.compile(r"\d{1,15}(?:\.\d{1,4})?")


@cache
def _kind_names() -> Names:
    codes = {bare(name): kind.id for kind in kinds() for name in (kind.id, kind.ko, kind.en)}
    return Names(codes, tuple((kind.ko, kind.en) for kind in kinds()))


@cache
def _currency_names() -> Names:
    names = {
        code: tuple(str(Locale(language).currencies.get(code, code)) for language in ("ko", "en"))
        for code in currencies()
    }
    codes = {bare(name): code for code, pair in names.items() for name in (code, *pair)}
    codes |= {bare("원"): WON, bare("달러"): "USD", bare("엔"): "JPY", bare("위안"): "CNY"}
    return Names(codes, tuple((code, code) for code in names))


COLUMNS = (
    Column(
        "business_number", "사업자등록번호", "Business registration number", True, ("사업자번호",),
        "124-81-00998", "성과를 낸 기관의 번호.", "The number of the organisation whose outcome it is.",
    ),
    Column(
        "kind", "성과 유형", "Kind", True, ("유형", "성과유형"), "계약", "목록에서 고르세요.",
        "Choose from the list.", options=lambda: _kind_names().labels,
    ),
    Column(
        "title", "내용", "What", True, ("성과명", "건명"), "스마트 밸브 12대 공급 계약",
        "무엇을 했는지 한 줄로.", "What it is, in one line.",
    ),
    Column(
        "on", "날짜", "Day", True, ("체결일", "기준일", "일자"), "2026-11-20",
        "계약일, 등록일처럼 이루어진 날.", "The day on which it happened.",
    ),
    Column("counterpart", "상대방", "Other side", False, ("상대 기관", "거래처"), "한빛중공업",
           "기관 이름이나 사업자등록번호.", "Its name or business registration number."),
    Column("amount", "금액", "Amount", False, ("계약금액",), "320000000",
           "숫자로. 통화는 옆 칸에.", "In digits; the currency stands beside."),
    Column("currency", "통화", "Currency", False, ("화폐",), "KRW",
           "비우면 원.", "Won, if it is empty.", options=lambda: _currency_names().labels),
    Column("number", "번호", "Number", False, ("계약번호", "등록번호"), "제2026-118호",
           "계약·인증·등록 번호.", "The number of the contract, certificate or patent."),
    Column("count", "인원", "People", False, ("고용 인원",), "3",
           "신규 고용일 때.", "For new jobs."),
    Column("country", "국가", "Country", False, ("상대국",), "베트남",
           "수출처럼 나라가 있을 때.", "Where a country belongs to it, as to an export."),
    Column("since", "기간 시작", "From", False, ("시작일",), "2026-01-01",
           "매출·고용 기간의 시작.", "The start of a period of sales or jobs."),
    Column("until", "만료일", "Until", False, ("종료일", "유효기간"), "2028-11-19",
           "계약이나 지정이 끝나는 날.", "The day on which a contract or designation ends."),
    Column("project", "과제번호", "Project number", False, ("과제 번호",), "",
           "알면 적으세요. 비워도 찾아 줘요.", "If you know it; it is looked for otherwise."),
    Column("note", "설명", "Note", False, ("비고",), "", "", ""),
)  # fmt: skip
_FIELDS = ("counterpart", "amount", "number", "count", "country", "since", "until")


def row_reader(today: date) -> Callable[[Reader], dict[str, Any]]:
    """A function that reads a row; what lies after `today` is a mistake."""

    def read(row: Reader) -> dict[str, Any]:
        currency = row.one_of("currency", _currency_names()) or WON
        kind = row.one_of("kind", _kind_names(), required=True)
        values: dict[str, Any] = {
            "business_number": row.business_number("business_number", required=True),
            "kind": kind,
            "title": row.text("title", 200, required=True),
            "on": _day(row, "on", today, required=True),
            "counterpart": row.text("counterpart", 200),
            "amount": _amount(row, currency),
            "number": row.text("number", 100, code=True),
            "count": row.number("count", 0, 10_000_000),
            "country": row.one_of("country", country_names()),
            "since": _day(row, "since", today),
            "until": _day(row, "until", None),
            "project": row.text("project", 40, code=True),
            "note": row.text("note", 3000),
        }
        _fit(row, kind, values)
        values["currency"] = currency if values["amount"] is not None else ""
        return values

    return read


def _fit(row: Reader, code: str, values: dict[str, Any]) -> None:
    """What the kind needs is there, and nothing that it does not know."""
    kind = kind_of(code)
    if kind is None:
        return
    spoiled = {problem.column for problem in row.problems}
    for name in _FIELDS:
        is_empty = values[name] in ("", None)
        if row.table.letters.get(name, "") in spoiled and is_empty:
            continue
        if is_empty and kind.requires(name):
            row.wrong(name, OutcomeProblem.KIND_NEEDS_IT)
        elif not is_empty and name not in kind.asks:
            row.wrong(name, OutcomeProblem.KIND_HAS_NONE)


def _day(row: Reader, column: str, today: date | None, *, required: bool = False) -> date | None:
    day = row.day(column, OutcomeProblem.NOT_A_DAY, required=required)
    if day is not None and today is not None and day > today:
        row.wrong(column, OutcomeProblem.FUTURE_DAY)
    return day


def _amount(row: Reader, currency: str) -> Decimal | None:
    """An amount in its own currency: of won as people write them, of others in digits."""
    if currency == WON:
        won = row.won("amount")
        return None if won is None else Decimal(won)
    text = row.text("amount", 40).replace(",", "").replace(" ", "")
    if not text:
        return None
    try:
        amount = Decimal(text) if _NUMBER.fullmatch(text) else None
    except InvalidOperation:
        amount = None
    if amount is None:
        row.wrong("amount", OutcomeProblem.NOT_A_DECIMAL)
    elif amount != round(amount, digits_of(currency)):
        row.wrong("amount", OutcomeProblem.TOO_MANY_DECIMALS)
    elif amount >= MOST:
        row.wrong("amount", ProblemKind.OUT_OF_RANGE, low="0", high=f"{MOST:,}")
    return amount
