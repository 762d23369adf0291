"""The template of facts, and reading its rows."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from django.db.models import TextChoices

from dure.apps.registers.reasons import FactProblem
from dure.foundation import programmes
from dure.foundation.sheets import Column, Names, ProblemKind, Reader, bare


@cache
def fact_names() -> Names:
    """The facts that a list may bring, by id or name."""
    named = {
        fact: (programmes.name("fact", fact, "ko"), programmes.name("fact", fact, "en"))
        for fact in programmes.listed_facts()
    }
    codes = {bare(name): fact for fact, names in named.items() for name in (fact, *names)}
    return Names(codes, tuple(named.values()))


FACT_COLUMNS = (
    Column(
        "business_number", "사업자등록번호", "Business registration number", True,
        ("사업자번호",), "124-81-00998", "등록된 기관의 번호.", "The number of an organisation on the platform.",
    ),
    Column(
        "fact", "항목", "Fact", True, ("자격항목", "사유"), "체납",
        "목록에서 고르세요.", "Choose from the list.", options=lambda: fact_names().labels,
    ),
    Column(
        "value", "값", "Value", True, ("내용", "해당여부"), "아니요",
        "예·아니요, 숫자(부채비율은 %), 날짜, 규모, 지역 가운데 항목에 맞는 값.",
        "Yes or no, a number (debt ratio in %), a day, a size or a region, as the fact asks.",
    ),
    Column(
        "as_of", "기준일", "As of", True, ("확인일", "기준일자"), "2026-11-20",
        "이 값이 확인된 날.", "The day for which this was found.",
    ),
    Column(
        "origin", "출처", "Source", True, ("근거", "명단"), "국세청 납세증명 2026-11",
        "명단이나 대장의 이름.", "The name of the list or register.",
    ),
)  # fmt: skip
_PROBLEMS: dict[str, TextChoices] = {
    "yes_no": FactProblem.NOT_YES_OR_NO,
    "number": ProblemKind.NOT_A_NUMBER,
    "day": FactProblem.NO_SUCH_DAY,
    "size": FactProblem.NOT_A_SIZE,
    "region": FactProblem.NOT_A_REGION,
}


def fact_reader(today: date) -> Callable[[Reader], dict[str, Any]]:
    """A function that reads a row; what lies after `today` is a mistake."""

    def read(row: Reader) -> dict[str, Any]:
        fact = row.one_of("fact", fact_names(), required=True)
        return {
            "business_number": row.business_number("business_number", required=True),
            "fact": fact,
            "value": _value(row, fact),
            "as_of": _day(row, today),
            "origin": row.text("origin", 200, required=True),
        }

    return read


def _value(row: Reader, fact: str) -> str:
    text = row.text("value", 60, required=True)
    if not text or not fact:
        return ""
    try:
        return programmes.write_fact(programmes.read_fact(fact, text))
    except programmes.UnreadableFact as error:
        row.wrong("value", _PROBLEMS[error.kind])
        return ""


def _day(row: Reader, today: date) -> date | None:
    day = row.day("as_of", FactProblem.NO_SUCH_DAY, required=True)
    if day is not None and day > today:
        row.wrong("as_of", FactProblem.DAY_TO_COME)
    return day
