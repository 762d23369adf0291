"""A signed agreement becomes a project by itself: who takes part, with which money, spent on what."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.agreements.models import Agreement, Contribution, Cost
from dure.apps.agreements.models import Party as Signed
from dure.apps.projects import queries
from dure.apps.projects.kinds import MemberRole
from dure.apps.projects.models import Project
from dure.apps.projects.operations import posting
from dure.apps.projects.operations.keeping import locked
from dure.apps.projects.operations.opening import (
    Line,
    Party,
    open_project,
    reschedule,
    write_budget,
)
from dure.apps.projects.stages import UNSETTLED
from dure.engines.funding import Instrument, Kind, Role
from dure.foundation.facts import facts_about
from dure.values.money import split

# The agency is no member: it pays. Where an organisation has two roles the first of these counts.
ROLES = {
    Role.LEAD: MemberRole.LEAD,
    Role.PARTNER: MemberRole.PARTNER,
    Role.CONTRACTED: MemberRole.CONTRACTED,
    Role.DEMAND: MemberRole.DEMAND,
    Role.INVESTOR: MemberRole.INVESTOR,
    Role.OPERATOR: MemberRole.OPERATOR,
    Role.INSTITUTION: MemberRole.INSTITUTION,
    Role.GUARANTOR: MemberRole.GUARANTOR,
}
# Shares in the firm, what it borrows and what is only vouched for is no money of the project.
NOT_SPENT = (Instrument.EQUITY, Instrument.LOAN, Instrument.GUARANTEE)
MONTHS = 12
SIZES = ("small", "mid", "large", "public", "university", "institute", "nonprofit")


def open_signed(*, at: datetime) -> list[Project]:
    """Open the project of every agreement in force that has none, each in a transaction of its own.

    Run when an agreement is signed and every hour, as often as one likes. Savings of a worker are
    no project.
    """
    opened = [open_of_agreement(agreement) for agreement in queries.agreements_without_project()]
    return [project for project in opened if project is not None]


@transaction.atomic
def open_of_agreement(agreement: Agreement) -> Project | None:
    """The project of a signed agreement; it is opened once, however often it is told."""
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    parties = list(agreement.parties.select_related("organisation"))
    known = Project.objects.filter(agreement=agreement).first()
    if known or agreement.agreed_on is None or not any(p.role == Role.LEAD for p in parties):
        return known
    application = agreement.application
    return open_project(
        number=agreement.number,
        title=agreement.title,
        version=agreement.version,
        agreed_on=agreement.agreed_on,
        begins_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        officer=application.call.contact if application else agreement.created_by,
        parties=_members(agreement, parties),
        agreement=agreement,
    )


@transaction.atomic
def follow_agreement(agreement_id: int) -> Project | None:
    """Take a change of the agreement over: last day, money of the members, budget. As often as one
    likes; not once the settlement has begun.
    """
    project = Project.objects.filter(agreement=agreement_id).first()
    if project is None:
        return None
    project = locked(project)
    agreement = Agreement.objects.get(pk=agreement_id)
    if project.stage not in UNSETTLED:
        return project
    project.ends_on = agreement.ends_on
    project.save(update_fields=["ends_on"])
    reschedule(project)
    parties = list(agreement.parties.select_related("organisation"))
    for party in _members(agreement, parties):
        member = project.members.get(organisation=party.organisation)
        member.grant, member.own_cash = party.grant, party.own_cash
        member.own_in_kind = party.own_in_kind
        member.save(update_fields=["grant", "own_cash", "own_in_kind"])
        write_budget(member, party.plan)
    return project


def take_in(*, agreement_id: int, instalment: str, at: datetime) -> None:
    """Money came in (`instalment:12`): pay back what was laid out; as often as one likes."""
    with transaction.atomic():
        project = Project.objects.filter(agreement=agreement_id).first()
        if project is not None:
            posting.reimburse(locked(project), instalment, on=localdate(at), at=at)


def _members(agreement: Agreement, parties: list[Signed]) -> list[Party]:
    """The organisations with their money; one in two roles is one member."""
    lead = next(party for party in parties if party.role == Role.LEAD)
    roles: dict[int, list[Signed]] = defaultdict(list)
    for role in ROLES:
        for party in parties:
            if party.role == role and party.organisation_id:
                roles[party.organisation_id].append(party)
    money = list(agreement.contributions.select_related("payer"))
    costs = list(agreement.costs.all())
    return [_member(agreement, own, lead, money, costs) for own in roles.values()]


def _member(
    agreement: Agreement,
    own: list[Signed],
    lead: Signed,
    money: list[Contribution],
    costs: list[Cost],
) -> Party:
    ids = {party.pk for party in own}
    spent = [row for row in money if row.instrument not in NOT_SPENT]
    public = [row for row in spent if row.payer.role == Role.GOVERNMENT and row.kind == Kind.CASH]
    given = [row for row in spent if row.payer_id in ids]
    organisation = own[0].organisation
    facts = facts_about(organisation, agreement.agreed_on)
    size = next((str(fact.value) for fact in facts if fact.name == "size"), "")
    return Party(
        organisation,
        ROLES[Role(own[0].role)],
        grant=sum(row.amount for row in public if (row.recipient_id or lead.pk) in ids),
        own_cash=sum(row.amount for row in given if row.kind == Kind.CASH),
        own_in_kind=sum(row.amount for row in given if row.kind == Kind.IN_KIND),
        size=size if size in SIZES else "small",
        plan=_plan(agreement, [row for row in costs if row.party_id in ids]),
    )


def _plan(agreement: Agreement, costs: list[Cost]) -> tuple[Line, ...]:
    """The costs by year; those without a year are spread by the months of each."""
    sums: dict[tuple[int, str, bool], int] = defaultdict(int)
    months = agreement.months
    lengths = [min(MONTHS, months - begun) for begun in range(0, months, MONTHS)]
    for row in costs:
        if row.kind == Kind.UNPAID:
            continue
        key = row.category, row.kind == Kind.IN_KIND
        if row.year is not None:
            sums[row.year, *key] += row.amount
            continue
        for year, won in enumerate(split(row.amount, lengths), start=1):
            sums[year, *key] += won
    return tuple(
        Line(year, category, won, is_in_kind)
        for (year, category, is_in_kind), won in sorted(sums.items())
        if won
    )
