"""What an agreement says, as plain values: what is signed, and what two versions differ in."""

from typing import Any

from django.utils.translation import get_language

from dure.apps.agreements.adapter.plan import Whole, category_names, phases_of, programme_of
from dure.apps.agreements.models import INSTRUMENTS, KINDS, ROLES, Instalment
from dure.engines.funding import Kind


def content_of(whole: Whole, instalments: tuple[Instalment, ...]) -> dict[str, Any]:
    """Everything that the parties sign, without the language that it is said in."""
    agreement = whole.agreement
    return {
        "number": agreement.number,
        "programme": [agreement.version.programme.slug, agreement.version.number],
        "title": agreement.title,
        "goal": agreement.goal,
        "conditions": agreement.conditions,
        "starts_on": agreement.starts_on.isoformat(),
        "ends_on": agreement.ends_on.isoformat(),
        "months": agreement.months,
        "leader": str(agreement.leader or ""),
        "parties": [
            {
                "role": party.role,
                "name": party.name,
                "number": party.organisation.number if party.organisation else "",
                "representative": party.representative,
                "account": " ".join(filter(None, [party.bank, party.account_number])),
            }
            for party in whole.parties
        ],
        "money": [
            {
                "payer": str(row.payer),
                "role": row.payer.role,
                "recipient": str(row.recipient) if row.recipient else "",
                "instrument": row.instrument,
                "kind": row.kind,
                "won": row.amount,
                "year": row.year,
                "phase": row.phase,
            }
            for row in whole.contributions
        ],
        "costs": [
            {
                "party": str(row.party),
                "category": row.category,
                "kind": row.kind,
                "won": row.amount,
                "year": row.year,
            }
            for row in whole.costs
        ],
        "instalments": [
            {
                "number": instalment.number,
                "payer": str(instalment.payer),
                "payee": str(instalment.payee),
                "instrument": instalment.instrument,
                "kind": instalment.kind,
                "won": instalment.amount,
                "basis": instalment.basis,
                "phase": instalment.phase,
                "due_on": instalment.due_on.isoformat(),
            }
            for instalment in instalments
        ],
        "annexes": [
            {"what": annex.what, "name": annex.name, "sha256": annex.sha256}
            for annex in whole.annexes
        ],
    }


def spoken(content: dict[str, Any], whole: Whole) -> dict[str, Any]:
    """The same with labels in the language that is on, for a page or a paper."""
    names = phases_of(programme_of(whole.agreement), get_language())
    categories = category_names(whole.agreement, get_language())
    roles, instruments, kinds = (
        {str(code): label for code, label in table} for table in (ROLES, INSTRUMENTS, KINDS)
    )

    def said(row: dict[str, Any]) -> dict[str, Any]:
        return row | {
            "role_said": roles.get(row.get("role", ""), ""),
            "instrument_said": instruments.get(row.get("instrument", ""), ""),
            "kind_said": kinds.get(row.get("kind", ""), ""),
            "phase_said": names.get(row.get("phase", ""), row.get("phase", "")),
            "basis_said": names.get(row.get("basis", ""), row.get("basis", "")),
            "category_said": categories.get(row.get("category", ""), row.get("category", "")),
        }

    lists = ("parties", "money", "costs", "instalments")
    return content | {
        "programme_said": str(whole.agreement.version.programme),
        "version": whole.agreement.version.number,
        "total": sum(row["won"] for row in content["money"] if row["kind"] != Kind.UNPAID),
        **{name: [said(row) for row in content[name]] for name in lists},
    }
