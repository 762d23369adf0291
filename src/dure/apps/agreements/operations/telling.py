"""Telling the people of an agreement."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from dure.apps.agreements.models import Agreement, Party, Text
from dure.apps.agreements.notices import agreement_to_approve, agreement_to_sign
from dure.apps.agreements.queries import signers_of, waits_for_approval, who_approves
from dure.apps.notices.kinds import NoticeKind
from dure.apps.notices.operations import tell
from dure.apps.people.models import User
from dure.apps.people.queries import people_of
from dure.engines.funding import Role


def people_in(agreement: Agreement) -> set[User]:
    """Everybody of the parties but the agency, and who drew it up."""
    users = {agreement.created_by}
    for party in agreement.parties.exclude(role=Role.GOVERNMENT):
        users |= set(people_of(party.organisation) if party.organisation else [party.person])
    return users


def tell_of(
    agreement: Agreement,
    kind: NoticeKind,
    recipients: Iterable[User],
    *,
    at: datetime,
    **facts: Any,
) -> None:
    """Tell people something about an agreement, with the way to it."""
    tell(
        recipients=recipients,
        kind=kind,
        facts={"title": agreement.title, **facts},
        url=f"/agreements/{agreement.pk}/",
        at=at,
    )


def ask_to_sign(text: Text, party: Party, until: date, *, at: datetime) -> None:
    """Ask for the signature of a party: its internal approver first, where there is one."""
    if waits_for_approval(text, party):
        tell_of(
            party.agreement, agreement_to_approve, who_approves(party), at=at, party=str(party),
            until=until.isoformat(),
        )  # fmt: skip
    else:
        tell_signers(party, agreement_to_sign, at=at, until=until.isoformat())


def tell_signers(party: Party, kind: NoticeKind, *, at: datetime, **facts: Any) -> None:
    """Tell those who can sign for a party."""
    signers = signers_of(party, localdate(at))
    tell_of(party.agreement, kind, signers, at=at, party=str(party), **facts)
