"""Published figures as a tabular data package (Frictionless): CSV files and what they say."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from dure.apps.indicators import adapter
from dure.apps.indicators.models import Revision
from dure.apps.indicators.presenters.single import too_small

INDICATOR = ["plan", "indicator"]
FIGURE = [*INDICATOR, "period"]
TABLES: dict[str, list[tuple[str, str, str]]] = {
    "indicators": [
        ("plan", "string", "계획의 식별자"),
        ("indicator", "string", "지표의 식별자"),
        ("name", "string", "지표"),
        ("name_en", "string", "지표(영문)"),
        ("unit", "string", "단위"),
        ("adds_up", "string", "집계 방법"),
        ("direction", "string", "방향"),
        ("source", "string", "출처"),
    ],
    "figures": [
        ("plan", "string", "계획의 식별자"),
        ("indicator", "string", "지표의 식별자"),
        ("period", "string", "기간"),
        ("value", "number", "실적"),
        ("target", "number", "목표"),
        ("origin", "string", "출처 구분"),
        ("as_of", "date", "기준일"),
        ("source", "string", "출처"),
        ("revision", "integer", "판"),
        ("reason", "string", "정정 사유"),
        ("published_at", "datetime", "공표"),
    ],
    "groups": [
        ("plan", "string", "계획의 식별자"),
        ("indicator", "string", "지표의 식별자"),
        ("period", "string", "기간"),
        ("dimension", "string", "나눈 기준"),
        ("value", "string", "값"),
        ("figure", "number", "실적. 5건보다 적은 묶음은 비워 둠"),
    ],
}
KEYS = {
    "indicators": INDICATOR,
    "figures": FIGURE,
    "groups": [*FIGURE, "dimension", "value"],
}
PARENTS = {"figures": ("indicators", INDICATOR), "groups": ("figures", FIGURE)}


def figures_package(revisions: Iterable[Revision], *, at: datetime) -> bytes:
    """A ZIP file of `datapackage.json` and one CSV file for each table; small groups kept back."""
    rows = _rows(list(revisions))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "datapackage.json", json.dumps(_descriptor(at), ensure_ascii=False, indent=1)
        )
        for name, fields in TABLES.items():
            archive.writestr(f"{name}.csv", _table([field for field, _, _ in fields], rows[name]))
    return target.getvalue()


def _descriptor(at: datetime) -> dict[str, Any]:
    return {
        "name": "dure-figures",
        "title": "계획의 지표와 공표된 실적",
        "created": at.isoformat(timespec="seconds"),
        "profile": "tabular-data-package",
        "resources": [
            {
                "name": name,
                "path": f"{name}.csv",
                "profile": "tabular-data-resource",
                "encoding": "utf-8",
                "schema": _schema(name),
            }
            for name in TABLES
        ],
    }


def _schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [
            {"name": field, "type": kind, "title": title} for field, kind, title in TABLES[name]
        ],
        "primaryKey": KEYS[name],
    }
    if name in PARENTS:
        parent, key = PARENTS[name]
        schema["foreignKeys"] = [{"fields": key, "reference": {"resource": parent, "fields": key}}]
    return schema


def _rows(revisions: Sequence[Revision]) -> dict[str, list[list[Any]]]:
    indicators: dict[tuple[str, str], list[Any]] = {}
    figures, groups = [], []
    for revision in revisions:
        figure, indicator = revision.figure, revision.figure.indicator
        indicator_file, plan = adapter.said_of(indicator), indicator.plan
        indicators.setdefault(
            (plan.slug, indicator.code),
            [
                plan.slug, indicator.code, indicator.name, indicator.name_en, indicator.unit,
                indicator_file.adds_up, indicator_file.direction, indicator_file.source or adapter.file_of(plan).source,
            ],
        )  # fmt: skip
        key = [plan.slug, indicator.code, figure.period]
        target = indicator_file.targets.get(figure.period)
        figures.append(
            [
                *key, f"{revision.value:f}", "" if target is None else f"{target:f}",
                revision.origin, revision.as_of or "", revision.evidence, revision.number,
                revision.reason, revision.published_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            ]
        )  # fmt: skip
        for dimension, cells in revision.cells.items():
            hidden = too_small(cells)
            groups += [
                [*key, dimension, value, "" if value in hidden or amount is None else amount]
                for value, amount, _count in cells
            ]
    return {"indicators": list(indicators.values()), "figures": figures, "groups": groups}


def _table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows([head, *rows])
    return target.getvalue()
