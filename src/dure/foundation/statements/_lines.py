"""Lines of card, bank, tax-invoice and RCMS files as plain values; what is wrong is named by cell."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

from dure.foundation.sheets import (
    Problem,
    Reader,
    Table,
    UnreadableFile,
    read_rows,
    read_tables,
)
from dure.foundation.statements._columns import EVIDENCE, FIRST, KINDS, MEANS, VOID, WAITING
from dure.foundation.statements._kinds import StatementProblem

_MOST = 10**13
_DAY = re.compile(r"(\d{4}|\d{2})\s?[-./년]\s?(\d{1,2})\s?[-./월]\s?(\d{1,2})\s?[.일]?")
_PACKED_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})(?=\D|$|\d{6}$)")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?")
_PACKED_TIME = re.compile(r"(\d{2})(\d{2})(?:\d{2})?$")
_CANCELS = re.compile("취소|cancel|^[yY1]\\b|환불", re.IGNORECASE)
_SUMS = {"합계", "소계", "총계", "계", "total", "subtotal", "sum"}


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One payment of a statement; `amount` in won includes `vat`.

    `source` is card, bank, invoice or rcms. Only the last says `listed_as`, the names of its budget
    line from the finest on (세세목, 세목, 비목), what it was paid by (`means`) and shown with (`evidence`).
    `project` is the number of the project (과제번호) that lists of RCMS and of its cards may hold.
    """

    source: str
    sheet: str
    row: int
    on: date
    at: time | None
    amount: int
    vat: int | None
    payee: str
    business_number: str
    number: str
    what: str
    shop: str
    listed_as: tuple[str, ...] = ()
    means: str = ""
    evidence: str = ""
    project: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that was read: its payments, how many rows there were, and what is wrong.

    `cancelled` counts rows of payments that were called off, with the payments themselves;
    `paid_in` those that are no payments, and `received` holds them: money that came in; `waiting`
    those that RCMS has not paid yet.
    """

    source: str
    lines: tuple[StatementLine, ...]
    rows: int
    cancelled: int
    paid_in: int
    problems: tuple[Problem, ...]
    waiting: int = 0
    received: tuple[StatementLine, ...] = ()


def read_statement(path: Path) -> Statement:
    """Read a statement of a card, a bank or Hometax or a list of RCMS, .xlsx or .csv, whichever it is.

    Raises UnreadableFile where it is none of them.
    """
    refusal = None
    for source, columns in KINDS.items():
        try:
            tables = read_tables(path, columns)
        except UnreadableFile as error:
            if error.problem.kind != "NO_HEADER":
                raise
            refusal = error
            continue
        fitting = [table for table in tables if _fits(table)]
        if fitting:
            return _statement(source, fitting)
    raise refusal or UnreadableFile(Problem("NO_HEADER"))


def _fits(table: Table) -> bool:
    """True for a table that says when, to whom and how much."""
    return all(table.letters.keys() & set(FIRST[needed]) for needed in ("on", "payee", "amount"))


def _statement(source: str, tables: Iterable[Table]) -> Statement:
    read: list[dict[str, Any]] = []
    problems: list[Problem] = []
    rows = 0
    for table in tables:
        counted = [row for row in table.rows if not _is_sum(row.cells)]
        drafts, faults = read_rows(table, lambda reader: _row(source, reader), counted)
        problems += [
            *(problem for problem in table.problems if not _is_other_party(source, problem)),
            *faults,
        ]
        rows += len(counted)
        read += [
            {**draft.values, "sheet": table.sheet, "row": draft.row.number} for draft in drafts
        ]
    stood = [values.pop("stands") for values in read]
    paid = [values for values, stands in zip(read, stood, strict=True) if stands in ("", "void")]
    received = [values for values, stands in zip(read, stood, strict=True) if stands == "paid_in"]
    kept = _without_cancelled(
        [values for values, stands in zip(read, stood, strict=True) if not stands]
    )
    return Statement(
        source,
        tuple(StatementLine(source=source, **values) for values in kept),
        rows,
        cancelled=len(paid) - len(kept),
        paid_in=len(received),
        waiting=stood.count("waiting"),
        problems=tuple(problems),
        received=tuple(StatementLine(source=source, **values) for values in received),
    )


def _is_other_party(source: str, problem: Problem) -> bool:
    """True for the second column 「상호」 of Hometax, that of the buyer: the first is the supplier's."""
    return (source, problem.kind) == ("invoice", "DOUBLE_COLUMN") and "상호" in problem.header


def _is_sum(cells: Any) -> bool:
    """True for a row that adds others up."""
    texts = [
        str(value).replace(" ", "").casefold() for value in cells.values() if value is not None
    ]
    return texts[0] in _SUMS


def _row(source: str, reader: Reader) -> dict[str, Any]:
    on, at = _moment(reader)
    vat = _won(reader, "vat")
    amount = _amount(reader, source, vat)
    paid_in = _won(reader, "paid_in")
    if source == "bank" and not amount and not paid_in and not reader.problems:
        reader.wrong("amount", StatementProblem.NEITHER_IN_NOR_OUT)
    if vat is not None and amount is not None and abs(vat) > abs(amount):
        reader.wrong("vat", StatementProblem.VAT_ABOVE_AMOUNT)
    text = " ".join(_text(reader, column, 60) for column in FIRST["cancelled"])
    if source == "card" and _CANCELS.search(text) and amount and amount > 0:
        amount = -amount
    return {
        "on": on,
        "at": at,
        "amount": amount or paid_in or 0,
        "vat": vat,
        "payee": _payee(reader, source),
        "business_number": _text(reader, "business_number", 20),
        "number": _text(reader, _place(reader, "number"), 60),
        "what": _text(reader, _place(reader, "what"), 200),
        "shop": _text(reader, "shop", 100),
        "project": _text(reader, "project", 60),
        **(_listed(reader) if source == "rcms" else {}),
        "stands": _stands(reader, source, amount),
    }


def _payee(reader: Reader, source: str) -> str:
    """Who was paid; RCMS names none for what is given in kind, and then the line stands there."""
    is_required = source in ("card", "invoice")
    payee = _text(reader, _place(reader, "payee"), 200, required=is_required)
    return payee or (_text(reader, "line", 100) if source == "rcms" else "")


def _amount(reader: Reader, source: str, vat: int | None) -> int | None:
    """The amount with VAT; where only the net amount stands there, both together."""
    place = _place(reader, "amount")
    amount = _won(reader, place, required=source != "bank")
    return amount + (vat or 0) if amount is not None and place == "supply" else amount


def _listed(reader: Reader) -> dict[str, Any]:
    """What only a list of RCMS says."""
    line = _text(reader, "line", 100, required=True)
    names = (_text(reader, "detail", 100), _text(reader, "item", 100), line)
    means, shown, cash = (_text(reader, name, 60) for name in ("means", "evidence", "cash"))
    text = " ".join((cash, means, shown, *names))
    return {
        "listed_as": tuple(name for name in names if name),
        "means": next((known for word, known in MEANS.items() if word in text), "transfer"),
        "evidence": next((known for word, known in EVIDENCE.items() if word in shown), ""),
    }


def _stands(reader: Reader, source: str, amount: int | None) -> str:
    """Why a row is no payment: `paid_in`, `void`, `waiting`; empty for one."""
    if source == "bank":
        return "" if amount else "paid_in"
    state = _text(reader, "state", 60) if source == "rcms" else ""
    if re.search(VOID, state):
        return "void"
    return "waiting" if re.search(WAITING, state) else ""


def _place(reader: Reader, wanted: str) -> str:
    """The first of the columns for `wanted` that is filled in this row, else the first there is."""
    there = [column for column in FIRST[wanted] if column in reader.row.cells]
    filled = (column for column in there if reader.row.cells[column] is not None)
    return next(filled, there[0] if there else wanted)


def _text(reader: Reader, column: str, limit: int, *, required: bool = False) -> str:
    if column not in reader.row.cells:
        return ""
    return " ".join(reader.text(column, limit, required=required).split())


def _moment(reader: Reader) -> tuple[date | None, time | None]:
    """The day of a row, and the time of day where it stands there or in a column of its own."""
    column = _place(reader, "on")
    written = _text(reader, column, 60, required=True)
    plain = unicodedata.normalize("NFKC", written)
    match = _DAY.match(plain) or _PACKED_DAY.match(plain)
    if not match:
        if plain:
            reader.wrong(column, StatementProblem.NO_DAY_OF_PAYMENT)
        return None, None
    year, month, day = (int(part) for part in match.groups())
    try:
        on = date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        reader.wrong(column, StatementProblem.NO_DAY_OF_PAYMENT)
        return None, None
    rest = plain[match.end() :].strip(" T")
    separate = unicodedata.normalize("NFKC", _text(reader, "time", 30))
    return on, _time(reader, "time" if separate else column, separate or rest)


def _time(reader: Reader, column: str, text: str) -> time | None:
    if not text:
        return None
    match = _TIME.search(text) or _PACKED_TIME.search(text)
    if match and int(match[1]) < 24 and int(match[2]) < 60:
        return time(int(match[1]), int(match[2]))
    reader.wrong(column, StatementProblem.NOT_A_TIME)
    return None


def _won(reader: Reader, column: str, *, required: bool = False) -> int | None:
    """Whole won, below nought where money came back: -5,000 or △5,000 or (5,000)."""
    text = unicodedata.normalize("NFKC", _text(reader, column, 60, required=required))
    if text in {"", "-"}:
        return None
    match = re.fullmatch(r"([-−△▲(]?)\s*([-−]?)[₩\\]?\s*(\d[\d,]*)(?:\.0+)?\s*원?\)?", text)
    amount = int(match[3].replace(",", "")) if match and len(match[3]) <= 20 else None
    if match is None or amount is None or amount > _MOST:
        reader.wrong(column, StatementProblem.NOT_WHOLE_WON)
        return None
    return -amount if match[1] or match[2] else amount


def _without_cancelled(read: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out cancelling rows, each with the payment that it calls off.

    That has the same number, else the same payee and amount; the latest before it, if several.
    """
    kept: list[dict[str, Any]] = []
    for values in sorted(read, key=lambda row: (row["on"], row["amount"] < 0)):
        if values["amount"] >= 0:
            kept.append(values)
            continue
        for earlier in reversed(kept):
            same = earlier["number"] and earlier["number"] == values["number"]
            alike = earlier["payee"] == values["payee"]
            if earlier["amount"] == -values["amount"] and (same or alike):
                kept.remove(earlier)
                break
    return kept
