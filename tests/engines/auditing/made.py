"""Small ledgers written by hand."""

from datetime import date

import ibis

from dure.engines.auditing import EXPENSES, PROJECTS, RELATIONS, prepare, screen

HOLIDAY = date(2026, 5, 5)
TERM = {"start": date(2026, 1, 1), "end": date(2026, 12, 31)}


def paid(row, project="A", **more):
    """An ordinary purchase; what is named differs."""
    return {
        "row": str(row), "project": project, "date": date(2026, 4, 15), "minute": 14 * 60,
        "item": "materials", "vendor": f"V{row}", "vendor_name": f"상사{row}",
        "account": f"K{row}", "method": "transfer", "amount": 123_450 + 7 * int(row), "vat": 0,
        "purpose": "볼트", "evidence": f"{'QWZX'[int(row) % 4]}{int(row) * 7919:012}",
        "person": None, "attendees": None, "in_plan": True,
    } | more  # fmt: skip


def pay(row, person, month, project="A", **more):
    return paid(
        row, project, item="labour", vendor=None, vendor_name=None, account=f"K{person}",
        person=person, date=date(2026, month, 25), amount=3_000_000, purpose="급여", minute=None,
    ) | more  # fmt: skip


def project(key="A", **more):
    return {"id": key, "firm": f"F{key}", "total": 100_000_000, **TERM} | more


def table(rows, schema):
    columns = {name: [row.get(name) for row in rows] for name in schema}
    return ibis.memtable(columns, schema=ibis.schema(schema))


def screened(rows, projects=None, relations=(), without=(), **more):
    """The screening of expenses in projects A and B, or those given."""
    expenses = table(rows, {k: v for k, v in EXPENSES.items() if k not in without})
    known = projects or [project("A"), project("B")]
    plans = {k: "int64" for line in known for k in line if k.startswith("plan_")}
    ledger = prepare(
        expenses, table(known, {**PROJECTS, **plans}),
        table(relations, RELATIONS) if relations else None, holidays=[HOLIDAY],
    )  # fmt: skip
    return screen(ledger, **more)


def seen(screening, signal):
    """The rows of each finding of a signal, by project."""
    return [(f.project, list(f.rows)) for f in screening.findings if f.signal == signal]
