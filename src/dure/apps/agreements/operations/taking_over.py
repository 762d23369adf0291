"""What a selection decided becomes a draft by itself: parties, money, costs, period, conditions."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.agreements import permissions, queries
from dure.apps.agreements.models import Agreement, Particulars
from dure.apps.agreements.notices import agreement_drawn_up
from dure.apps.agreements.operations.drafting import NewCost, NewMoney, NewParty, begin, write
from dure.apps.agreements.operations.telling import people_in, tell_of
from dure.apps.agreements.reasons import Reason
from dure.apps.applications.queries import PERSONNEL, members_of, pay_won
from dure.apps.people.models import Organisation, User
from dure.apps.selection.kinds import Outcome
from dure.apps.selection.models import Decision
from dure.engines.funding import Kind, Role
from dure.foundation.verdict import Refused
from dure.values.money import split

Rows = Sequence[Mapping[str, Any]]
MONTHS = 12


def draft_decided(*, at: datetime) -> list[Agreement]:
    """Draw up what was selected and has no agreement yet, each in a transaction of its own.

    Run when something is decided and every hour, as often as one likes. What cannot be taken over,
    because nobody knows which agency pays it, stays on the desk of the office.
    """
    made = []
    for decision in queries.decided_without_agreement():
        agency = queries.agency_for(decision.selection.call.version.programme)
        by = decision.selection.proposed_by or decision.decided_by
        if agency is not None and (drawn := _draw_up(decision, agency, by, at)):
            made.append(drawn)
    return made


def take_over(*, decision: Decision, agency: Organisation, by: User, at: datetime) -> Agreement:
    """Draw up what was selected, with an agency that an officer names. Raises Refused."""
    permissions.may_run(by).require()
    if (made := _draw_up(decision, agency, by, at)) is None:
        raise Refused(Reason.DRAWN_UP_ALREADY)
    return made


@transaction.atomic
def _draw_up(decision: Decision, agency: Organisation, by: User, at: datetime) -> Agreement | None:
    """The draft of a decision, or None where there is one; two who try at once make one."""
    decision = (
        Decision.objects.select_for_update(of=("self",))
        .select_related(
            "application__item__submission", "application__leader", "selection__call__version"
        )
        .get(pk=decision.pk)
    )
    application = decision.application
    if decision.outcome != Outcome.SELECTED or application.agreements.exists():
        return None
    content = application.item.submission.content
    members, parties = _parties(decision, content, agency)
    starts_on = localdate(decision.decided_at).replace(day=1) + relativedelta(months=1)
    project = content["project"]
    made = Agreement(
        version=decision.selection.call.version,
        application=application,
        leader=application.leader,
        title=project["title"],
        title_en=project.get("title_en", ""),
        conditions=decision.conditions,
        replan_until=decision.replan_until,
        starts_on=starts_on,
        ends_on=_last_day(starts_on, decision.months),
        months=decision.months,
        trl=project.get("trl_now"),
        confirmed=sorted(set(_shown(members))),
        created_by=by,
        created_at=at,
    )
    begin(made)
    made.save()
    years = -(-decision.months // MONTHS)
    money, cut = _money(members, parties, decision.granted, years)
    write(made, parties, money, _costs(members, cut, years))
    tell_of(
        made,
        agreement_drawn_up,
        people_in(made) - {by},
        at=at,
        until=made.replan_until.isoformat() if made.replan_until else "",
    )
    return made


def _parties(
    decision: Decision, content: Mapping[str, Any], agency: Organisation
) -> tuple[Rows, list[NewParty]]:
    """The members of the application as they were submitted, and the parties, the agency first."""
    known = {member.organisation.number: member for member in members_of(decision.application)}
    members = [member for member in content["members"] if member["organisation"]["number"] in known]
    parties = [NewParty(Role.GOVERNMENT, agency)]
    for member in members:
        organisation = known[member["organisation"]["number"]].organisation
        parties.append(party_of(member["role"], organisation))
    return members, parties


def party_of(role: str, organisation: Organisation) -> NewParty:
    """A party with what is known of its representative and account."""
    known = Particulars.objects.filter(organisation=organisation).first()
    if known is None:
        return NewParty(role, organisation)
    return NewParty(
        role,
        organisation,
        representative=known.representative,
        bank=known.bank,
        account_number=known.account_number,
        account_holder=known.account_holder,
    )


def _money(
    members: Rows, parties: Sequence[NewParty], granted: int, years: int
) -> tuple[list[NewMoney], int]:
    """Who gives what for whose part, the public money cut to what was granted; and by how much."""
    rows = [
        (place, row)
        for place, member in enumerate(members, start=1)
        for row in member["money"]
        if row["won"]
    ]
    public = [place for place, (_, row) in enumerate(rows) if row["role"] == Role.GOVERNMENT]
    asked = [rows[place][1]["won"] for place in public]
    cut = max(sum(asked) - granted, 0)
    won = dict(zip(public, split(sum(asked) - cut, asked), strict=True))
    new_moneys = [
        NewMoney(
            payer=_payer(row["role"], recipient, parties),
            instrument=row["instrument"],
            kind=row["kind"],
            amount=won.get(place, row["won"]),
            recipient=recipient,
            year=min(row["year"], years),
            phase=row.get("phase") or "",
        )
        for place, (recipient, row) in enumerate(rows)
    ]
    return [row for row in new_moneys if row.amount], cut


def _payer(role: str, recipient: int, parties: Sequence[NewParty]) -> int:
    """The place of who pays: the member itself where it has that role, else the first who has it."""
    if parties[recipient].role == role:
        return recipient
    places = [place for place, party in enumerate(parties) if party.role == role]
    return places[0] if places else recipient


def _costs(members: Rows, cut: int, years: int) -> list[NewCost]:
    """What the members spend; where the public money was cut, the cash costs are, in proportion."""
    costs = []
    for place, member in enumerate(members, start=1):
        costs += [
            NewCost(place, PERSONNEL, person["kind"], won)
            for person in member["people"]
            if (won := pay_won(person))
        ]
        costs += [
            NewCost(place, row["category"], row["kind"], row["won"], min(row["year"], years))
            for row in member["costs"]
            if row["won"]
        ]
    cash = [row for row in costs if row.kind == Kind.CASH]
    total = sum(row.amount for row in cash)
    left = iter(split(max(total - cut, 0), [row.amount for row in cash]))
    amounts = [next(left) if row.kind == Kind.CASH else row.amount for row in costs]
    return [
        NewCost(row.party, row.category, row.kind, amount, row.year)
        for row, amount in zip(costs, amounts, strict=True)
        if amount
    ]


def _shown(members: Rows) -> list[str]:
    """What members of the application confirmed that they stand for."""
    return [
        member["commitment"]["shows"]
        for member in members
        if member["commitment"].get("shows") and member["confirmed_at"]
    ]


def _last_day(first: date, months: int) -> date:
    return first + relativedelta(months=months, days=-1)
