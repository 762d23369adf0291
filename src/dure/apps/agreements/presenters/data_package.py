"""Agreements and their payments as a tabular data package (Frictionless): CSV files and what they say.

Amounts are whole won. Persons are not named; accounts are not handed out.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from dure.apps.agreements import queries
from dure.apps.agreements.models import Agreement

KEY = {"fields": "agreement", "reference": {"resource": "agreements", "fields": "number"}}
TABLES: dict[str, list[tuple[str, str, str]]] = {
    "agreements": [
        ("number", "string", "협약번호"),
        ("programme", "string", "사업의 식별자"),
        ("title", "string", "과제명"),
        ("stage", "string", "상태"),
        ("agreed_on", "date", "협약일"),
        ("starts_on", "date", "시작일"),
        ("ends_on", "date", "종료일"),
    ],
    "parties": [
        ("agreement", "string", "협약번호"),
        ("party", "integer", "협약 안의 당사자 번호"),
        ("role", "string", "역할"),
        ("business_number", "string", "사업자등록번호"),
        ("name", "string", "기관명"),
    ],
    "contributions": [
        ("agreement", "string", "협약번호"),
        ("party", "integer", "내는 당사자"),
        ("instrument", "string", "형태"),
        ("kind", "string", "현금·현물"),
        ("won", "integer", "금액(원)"),
    ],
    "payments": [
        ("agreement", "string", "협약번호"),
        ("instalment", "integer", "회차"),
        ("payer", "integer", "지급한 당사자"),
        ("payee", "integer", "받은 당사자"),
        ("won", "integer", "금액(원)"),
        ("paid_on", "date", "지급일"),
    ],
}
KEYS: dict[str, Sequence[str]] = {
    "agreements": ["number"],
    "parties": ["agreement", "party"],
    "contributions": [],
    "payments": ["agreement", "instalment"],
}


def data_package(agreements: Iterable[Agreement], *, at: datetime) -> bytes:
    """A ZIP file of `datapackage.json` and one CSV file for each table, of agreements that were signed."""
    rows = _rows(list(agreements))
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
        "name": "dure-agreements",
        "title": "협약과 지급",
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
        ]
    }
    if KEYS[name]:
        schema["primaryKey"] = KEYS[name]
    if name != "agreements":
        schema["foreignKeys"] = [KEY]
    return schema


def _rows(agreements: Sequence[Agreement]) -> dict[str, list[list[Any]]]:
    paid = queries.paid_instalments(agreements)
    found: dict[str, list[list[Any]]] = {name: [] for name in TABLES}
    for agreement in agreements:
        places = {party.pk: place for place, party in enumerate(agreement.parties.all(), start=1)}
        found["agreements"].append(
            [
                agreement.number, agreement.version.programme.slug, agreement.title, agreement.stage, agreement.agreed_on,
                agreement.starts_on, agreement.ends_on,
            ]
        )  # fmt: skip
        for party in agreement.parties.all():
            firm = party.organisation
            number, name = (firm.business_number or "", party.name) if firm else ("", "")
            found["parties"].append([agreement.number, places[party.pk], party.role, number, name])
        found["contributions"] += [
            [agreement.number, places[row.payer_id], row.instrument, row.kind, row.amount]
            for row in agreement.contributions.all()
        ]
        found["payments"] += [
            [
                agreement.number, row.number, places[row.payer_id], places[row.payee_id], row.amount,
                row.paid_on,
            ]
            for row in paid.get(agreement.pk, [])
        ]  # fmt: skip
    return found


def _table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows([head, *rows])
    return target.getvalue()
