"""Tables as they were read, laid out as the signals expect them."""

from collections.abc import Collection, Mapping
from datetime import date

import ibis
from ibis.expr.types import Table

from dure.engines.auditing._kinds import ITEM_WORDS, METHOD_WORDS, kind_named, kind_of
from dure.engines.auditing._model import Keep, Ledger

EXPENSES: Mapping[str, str] = {
    "row": "string",
    "project": "string",
    "date": "date",
    "minute": "int32",
    "item": "string",
    "vendor": "string",
    "vendor_name": "string",
    "account": "string",
    "method": "string",
    "amount": "int64",
    "vat": "int64",
    "purpose": "string",
    "evidence": "string",
    "person": "string",
    "attendees": "int32",
    "in_plan": "boolean",
    "correction": "string",
    "corrected_on": "date",
    "vendor_founded": "date",
    "vendor_closed": "date",
    "vendor_phone": "string",
    "vendor_address": "string",
    "vendor_representative": "string",
    "percent": "float64",
    "days_present": "int32",
    "left_on": "date",
    "evidence_picture": "int64",
    "evidence_text": "int64",
}
PROJECTS: Mapping[str, str] = {
    "id": "string",
    "firm": "string",
    "start": "date",
    "end": "date",
    "total": "int64",
    "phone": "string",
    "address": "string",
    "representative": "string",
}
RELATIONS: Mapping[str, str] = {
    "firm": "string",
    "vendor": "string",
    "relation": "string",
    "percent": "float64",
}
PLAN = "plan_"
_DERIVED = ("vendor", "vendor_name", "item", "method")
"""columns out of which others are made"""


def prepare(
    expenses: Table,
    projects: Table,
    relations: Table | None = None,
    *,
    empty: Collection[str] = (),
    holidays: Collection[date] = (),
    keep: Keep = lambda table, name: table,
) -> Ledger:
    """Lay out the tables for `screen`.

    Columns: EXPENSES, PROJECTS (and a `plan_<item>` in won for each budget item) and RELATIONS, in
    those types; `minute` counts from midnight, `percent` is the share of somebody's time, and
    `evidence_picture` and `evidence_text` are fingerprints of 64 bits. Only `row`, `project`, `amount` and the `id` of
    projects must be there; whatever else is absent, or named in `empty` because no row fills it,
    silences the signals that need it. `keep` works out what several signals read.
    """
    present = _present(expenses, projects, relations) - set(empty)
    absent = [name for name in EXPENSES if name not in expenses.columns and name not in _DERIVED]
    firms = _filled(projects, PROJECTS)
    spent = _filled(expenses, EXPENSES)
    spent = _named(spent, "item", "kind", ITEM_WORDS, keep)
    spent = _named(spent, "method", "means", METHOD_WORDS, keep)
    spent = spent.mutate(
        method=spent.means,
        vendor=ibis.coalesce(spent.vendor, spent.vendor_name),
        who=ibis.coalesce(spent.vendor_name, spent.vendor),
    ).drop("vendor_name", "means")
    terms = firms.select("firm", "start", "end", "total", project="id")
    spent = spent.join(terms, "project")
    spent = _with_absent(keep(spent.drop(*absent), "spent"), absent)
    return Ledger(
        expenses=spent,
        projects=firms,
        plans=keep(_plans(projects), "plans"),
        relations=_filled(relations, RELATIONS) if relations is not None else _nothing(),
        repeated_evidence=keep(_repeated(spent, ["evidence"]), "repeated_evidence"),
        repeated_amounts=keep(
            _repeated(spent, ["project", "vendor", "amount"]), "repeated_amounts"
        ),
        columns=frozenset(present),
        holidays=frozenset(holidays),
    )


def _present(expenses: Table, projects: Table, relations: Table | None) -> set[str]:
    present = {"time" if name == "minute" else name for name in expenses.columns}
    if "vendor_name" in present:
        present.add("vendor")
    present |= {f"projects.{name}" for name in projects.columns}
    if any(name.startswith(PLAN) for name in projects.columns):
        present.add("projects.plan")
    if relations is not None:
        present |= {f"relations.{name}" for name in relations.columns}
    return present


def _named(
    spent: Table, column: str, kind: str, words: dict[str, tuple[str, ...]], keep: Keep
) -> Table:
    """The table with the kind that the names in a column speak of, looked up once for each name."""
    names = spent.select(name=spent[column].fill_null("")).distinct()
    known = keep(names.mutate(**{kind: kind_of(names.name, words)}), f"names_{column}")
    spent = spent.mutate(name=spent[column].fill_null(""))
    return spent.join(known, "name").drop("name")


def _filled(table: Table, columns: Mapping[str, str]) -> Table:
    """The table with exactly these columns; an absent one is empty."""
    return table.select(
        **{
            name: table[name].cast(kind) if name in table.columns else ibis.null().cast(kind)
            for name, kind in columns.items()
        }
    )


def _with_absent(table: Table, absent: Collection[str]) -> Table:
    """The table with columns that nobody gave, empty: there is no need to keep them."""
    return table.mutate(**{name: ibis.null().cast(EXPENSES[name]) for name in absent})


def _nothing() -> Table:
    return ibis.memtable({name: [] for name in RELATIONS}, schema=ibis.schema(RELATIONS))


def _plans(projects: Table) -> Table:
    """What every project planned for each kind of spending, in won."""
    planned = [name for name in projects.columns if name.startswith(PLAN)]
    if not planned:
        schema = ibis.schema({"project": "string", "kind": "string", "planned": "int64"})
        return ibis.memtable({"project": [], "kind": [], "planned": []}, schema=schema)
    parts = [
        projects.select(
            project=projects.id,
            kind=ibis.literal(kind_named(name.removeprefix(PLAN))),
            planned=projects[name].cast("int64"),
        )
        for name in planned
    ]
    every = ibis.union(*parts) if len(parts) > 1 else parts[0]
    return every.group_by("project", "kind").agg(planned=every.planned.sum())


def _repeated(spent: Table, keys: list[str]) -> Table:
    filled = spent.filter(*(spent[key].notnull() for key in keys))
    often = filled.group_by(keys).agg(times=filled.count())
    return filled.semi_join(often.filter(often.times > 1), keys)
