"""Agreements and their payments as a tabular data package (Frictionless): CSV files and what they say.

Amounts are whole won. Persons are not named; accounts are not handed out.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from dure.apps.agreements import queries
from dure.apps.agreements.models import Agreement
from dure.foundation.data_packages import Table, package

OF_AGREEMENT = (("agreement", "agreements", "number"),)
TABLES = (
    Table(
        "agreements",
        "협약",
        (
            ("number", "string", "협약번호"),
            ("programme", "string", "사업의 식별자"),
            ("title", "string", "과제명"),
            ("stage", "string", "상태"),
            ("agreed_on", "date", "협약일"),
            ("starts_on", "date", "시작일"),
            ("ends_on", "date", "종료일"),
        ),
        ("number",),
    ),
    Table(
        "parties",
        "당사자",
        (
            ("agreement", "string", "협약번호"),
            ("party", "integer", "협약 안의 당사자 번호"),
            ("role", "string", "역할"),
            ("business_number", "string", "사업자등록번호"),
            ("name", "string", "기관명"),
        ),
        ("agreement", "party"),
        OF_AGREEMENT,
    ),
    Table(
        "contributions",
        "부담",
        (
            ("agreement", "string", "협약번호"),
            ("party", "integer", "내는 당사자"),
            ("instrument", "string", "형태"),
            ("kind", "string", "현금·현물"),
            ("won", "integer", "금액(원)"),
        ),
        (),
        OF_AGREEMENT,
    ),
    Table(
        "payments",
        "지급",
        (
            ("agreement", "string", "협약번호"),
            ("instalment", "integer", "회차"),
            ("payer", "integer", "지급한 당사자"),
            ("payee", "integer", "받은 당사자"),
            ("won", "integer", "금액(원)"),
            ("paid_on", "date", "지급일"),
        ),
        ("agreement", "instalment"),
        OF_AGREEMENT,
    ),
)


def data_package(agreements: Iterable[Agreement], *, at: datetime) -> bytes:
    """A ZIP file of `datapackage.json` and one CSV file for each table, of agreements that were signed."""
    rows = _rows(list(agreements))
    return package(
        "dure-agreements", "협약과 지급", [(table, rows[table.name]) for table in TABLES], at
    )


def _rows(agreements: Sequence[Agreement]) -> dict[str, list[list[Any]]]:
    paid = queries.paid_instalments(agreements)
    rows: dict[str, list[list[Any]]] = {table.name: [] for table in TABLES}
    for agreement in agreements:
        places = {party.pk: place for place, party in enumerate(agreement.parties.all(), start=1)}
        rows["agreements"].append(
            [
                agreement.number, agreement.version.programme.slug, agreement.title, agreement.stage, agreement.agreed_on,
                agreement.starts_on, agreement.ends_on,
            ]
        )  # fmt: skip
        for party in agreement.parties.all():
            firm = party.organisation
            number, name = (firm.business_number or "", party.name) if firm else ("", "")
            rows["parties"].append([agreement.number, places[party.pk], party.role, number, name])
        rows["contributions"] += [
            [agreement.number, places[row.payer_id], row.instrument, row.kind, row.amount]
            for row in agreement.contributions.all()
        ]
        rows["payments"] += [
            [
                agreement.number, row.number, places[row.payer_id], places[row.payee_id], row.amount,
                row.paid_on,
            ]
            for row in paid.get(agreement.pk, [])
        ]  # fmt: skip
    return rows
