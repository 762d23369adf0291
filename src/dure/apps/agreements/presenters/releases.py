"""Agreements and their payments as OCDS 1.1 releases (Open Contracting Data Standard).

An agreement is an award with one contract under a contracting process of its own; what was paid are
the transactions of its implementation. Amounts are whole won. Of persons only that they take part
is said; accounts, representatives and goals are not handed out.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils.timezone import localdate, localtime, make_aware

from dure.apps.agreements import queries
from dure.apps.agreements.models import Agreement, Instalment, Party
from dure.apps.agreements.stages import AgreementStage
from dure.engines.funding import Role

VERSION = "1.1"
SCHEME = "KR-BRN"
"""The list that business registration numbers (사업자등록번호) belong to, as an identifier scheme."""
CONTRACT = {
    AgreementStage.IN_FORCE: "active",
    AgreementStage.COMPLETED: "terminated",
    AgreementStage.TERMINATED: "terminated",
}
GIVING = (Role.DEMAND, Role.INVESTOR, Role.OPERATOR, Role.GUARANTOR, Role.INSTITUTION)


def release_package(
    agreements: Iterable[Agreement], *, prefix: str, uri: str, publisher: str, at: datetime
) -> dict[str, Any]:
    """A package of one release for each agreement that was signed, with all that was paid so far.

    `prefix` is the publisher's own (`ocds-…`), given out by the Open Contracting Partnership.
    """
    signed = list(agreements)
    paid = queries.paid_instalments(signed)
    return {
        "uri": uri,
        "version": VERSION,
        "publishedDate": _moment(at),
        "publisher": {"name": publisher},
        "releases": [
            _release(agreement, paid.get(agreement.pk, []), prefix) for agreement in signed
        ],
    }


def _days_of(agreement: Agreement, paid: Sequence[Instalment]) -> Iterator[date]:
    """The days on which something happened: a release says what holds since the last of them."""
    yield agreement.agreed_on
    yield from (instalment.paid_on for instalment in paid)
    yield from (
        localdate(change.applied_at) for change in agreement.changes.all() if change.applied_at
    )
    if agreement.ended_on:
        yield agreement.ended_on


def _release(agreement: Agreement, paid: Sequence[Instalment], prefix: str) -> dict[str, Any]:
    parties = list(agreement.parties.all())
    buyer = next(party for party in parties if party.role == Role.GOVERNMENT)
    lead = [party for party in parties if party.role in (Role.LEAD, Role.WORKER)]
    last = max(_days_of(agreement, paid))
    value = {
        "amount": sum(contribution.amount for contribution in agreement.contributions.all()),
        "currency": "KRW",
    }
    contract: dict[str, Any] = {
        "id": agreement.number,
        "awardID": agreement.number,
        "title": agreement.title,
        "status": CONTRACT[AgreementStage(agreement.stage)],
        "period": {"startDate": _day(agreement.starts_on), "endDate": _day(agreement.ends_on)},
        "value": value,
        "dateSigned": _day(agreement.agreed_on),
    }
    if paid:
        contract["implementation"] = {
            "transactions": [_transaction(instalment) for instalment in paid]
        }
    return {
        "ocid": f"{prefix}-{agreement.number}",
        "id": f"{agreement.number}-{last:%Y%m%d}-{len(paid)}",
        "date": _day(last),
        "tag": ["award", "contract", *(["implementation"] if paid else [])],
        "initiationType": "tender",
        "language": "ko",
        "parties": _organisations(parties),
        "buyer": _reference(buyer),
        "tender": {
            "id": agreement.number,
            "title": agreement.version.programme.name,
            "status": "complete",
        },
        "awards": [
            {
                "id": agreement.number,
                "title": agreement.title,
                "status": "active",
                "date": _day(agreement.agreed_on),
                "value": value,
                "suppliers": [_reference(party) for party in lead],
            }
        ],
        "contracts": [contract],
    }


def _transaction(instalment: Instalment) -> dict[str, Any]:
    return {
        "id": f"{instalment.agreement.number}-{instalment.number}",
        "date": _day(instalment.paid_on),
        "value": {"amount": instalment.amount, "currency": "KRW"},
        "payer": _reference(instalment.payer),
        "payee": _reference(instalment.payee),
    }


def _organisations(parties: Iterable[Party]) -> list[dict[str, Any]]:
    """The parties, one entry for each organisation with all its roles."""
    rows: dict[str, dict[str, Any]] = {}
    for party in parties:
        entry = rows.setdefault(_id(party), _reference(party) | {"roles": []})
        entry["roles"] += [role for role in _roles(party) if role not in entry["roles"]]
        number = party.organisation.business_number if party.organisation else None
        if number:
            entry["identifier"] = {"scheme": SCHEME, "id": number, "legalName": party.name}
    return list(rows.values())


def _roles(party: Party) -> list[str]:
    if party.role == Role.GOVERNMENT:
        return ["buyer", "payer", "funder"]
    if party.role in GIVING:
        return ["funder", "payer"]
    return ["supplier", "payee", "payer"]


def _reference(party: Party) -> dict[str, str]:
    # Who takes part as a person is nobody's business.
    name = party.name if party.organisation_id else "개인"
    return {"id": _id(party), "name": name}


def _id(party: Party) -> str:
    number = party.organisation.business_number if party.organisation else None
    return f"{SCHEME}-{number}" if number else f"party-{party.pk}"


def _day(day: date) -> str:
    return _moment(make_aware(datetime.combine(day, time())))


def _moment(at: datetime) -> str:
    return localtime(at).isoformat(timespec="seconds")
