"""Funds, savings, vouchers and ways of the demonstration: `demo/instruments.toml`, through the
operations that people use."""

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pghistory
from dateutil.relativedelta import relativedelta
from django.utils import timezone

from dure.apps.agreements import operations as agreements
from dure.apps.agreements.models import Agreement
from dure.apps.agreements.operations import NewMoney, NewParty
from dure.apps.agreements.queries import parties_left, who_approves
from dure.apps.instruments import adapter, operations, queries
from dure.apps.instruments.kinds import MovementKind, Payer, SchemeKind
from dure.apps.instruments.models import Movement, Scheme, Stake
from dure.apps.people.demo import officers
from dure.apps.people.models import Organisation, OrganisationKind, User
from dure.apps.people.queries import managers_of
from dure.apps.programmes.queries import programmes
from dure.engines import funding
from dure.foundation.demo import Demonstration, demonstrates

MILLION = 1_000_000
FIRMS = (OrganisationKind.SME, OrganisationKind.STARTUP)
BUYERS = (OrganisationKind.LARGE, OrganisationKind.MID_SIZE, OrganisationKind.PUBLIC)
SIGN_WITHIN = timedelta(days=14)


@demonstrates("instruments")
def load(demonstration: Demonstration) -> None:
    """Set up a scheme of each kind and bring it on, unless there is one."""
    agency = Organisation.objects.filter(kind=OrganisationKind.AGENCY, is_invented=True).first()
    if agency is None or Scheme.objects.exists():
        return
    script = tomllib.loads((demonstration.folder / "instruments.toml").read_text(encoding="utf-8"))
    officer = officers()[0]
    with pghistory.context(user=officer.pk):
        _fund(script["fund"], agency, officer)
        _savings(script["savings"], agency, officer)
        _vouchers(script["vouchers"], agency, officer)
        for place, way in enumerate(script["ways"]):
            _way(way, agency, place, officer)
    demonstration.say(f"{Scheme.objects.count()} schemes, {Stake.objects.count()} stakes")


def _set_up(kind: SchemeKind, values: Mapping[str, Any], keeper: Organisation, by: User) -> Scheme:
    known = {programme.slug: programme for programme in programmes()}
    cap = values.get("cap")
    return operations.set_up(
        kind=kind, programme=known[values["programme"]], name=values["name"], name_en=values["name_en"],
        keeper=keeper, project_cap=cap and cap * MILLION, by=by, at=timezone.now(),
    )  # fmt: skip


def _fund(values: Mapping[str, Any], agency: Organisation, by: User) -> None:
    fund, now = _set_up(SchemeKind.FUND, values, agency, by), timezone.now()
    founders = _organisations(BUYERS)
    for founder, (pledged, paid, days) in zip(founders, values["pledges"], strict=False):
        on = timezone.localdate(now) - timedelta(days=days)
        stake = operations.pledge(
            scheme=fund, founder=founder, amount=pledged * MILLION, on=on, by=by, at=now
        )
        operations.pay_in(stake=stake, amount=paid * MILLION, on=on, by=by, at=now)
    agreement = _agreement(values, fund, agency, founders[0], by)
    won = next(amount for role, _form, amount in values["money"] if role == "investor")
    commitment = operations.commit(
        scheme=fund, agreement=agreement, amount=won * MILLION, by=by, at=now
    )
    for instalment in agreement.instalments.filter(payer__role="lead")[: values["draws"]]:
        agreements.enter_payment(
            instalment=instalment, paid_on=timezone.localdate(now), by=by, at=now
        )
    for instalment in queries.fund_instalments(commitment)[: values["draws"]]:
        operations.draw(
            commitment=commitment, instalment=instalment, on=timezone.localdate(now), by=by, at=now
        )


def _agreement(
    values: Mapping[str, Any], fund: Scheme, agency: Organisation, investor: Organisation, by: User
) -> Agreement:
    now = timezone.now()
    today = timezone.localdate(now)
    roles = [role for role, _form, _won in values["money"]]
    whose = {"government": agency, "investor": investor, "lead": _organisations(FIRMS)[0]}
    made = agreements.draft(
        version=fund.programme.current, title=values["title"], title_en=values["title_en"],
        starts_on=today, ends_on=today + relativedelta(months=values["months"], days=-1),
        months=values["months"],
        parties=[
            NewParty(
                role, whose[role], representative="대표이사", bank="기업은행",
                account_number=f"999-7{place:05d}-01", account_holder=str(whose[role]),
            )
            for place, role in enumerate(roles)
        ],
        money=[
            NewMoney(place, form, "cash", won * MILLION)
            for place, (_role, form, won) in enumerate(values["money"])
        ],
        by=by, at=now,
    )  # fmt: skip
    text = agreements.open_for_signing(agreement=made, sign_by=today + SIGN_WITHIN, by=by, at=now)
    for party in sorted(parties_left(text), key=lambda one_party: one_party.role == "government"):
        is_agency = party.role == "government"
        signer = officers()[1] if is_agency else managers_of(party.organisation)[0]
        for approver in who_approves(party):
            agreements.approve(party=party, by=approver, at=now)
        agreements.sign(party=party, by=signer, at=now)
    made.refresh_from_db()
    return made


def _savings(values: Mapping[str, Any], agency: Organisation, by: User) -> None:
    scheme, now = _set_up(SchemeKind.SAVINGS, values, agency, by), timezone.now()
    today, firms = timezone.localdate(now), _organisations(FIRMS)
    payments, leaving = [], []
    for place, (name, months, firm_months, left) in enumerate(values["savers"]):
        stake = operations.join(
            scheme=scheme, firm=firms[place % 3], name=name, amount=values["amount"] * MILLION,
            months=values["months"], starts_on=today - relativedelta(months=months, days=-1),
            sponsor=_organisations(BUYERS)[0] if place in values["sponsored"] else None, by=by, at=now,
        )  # fmt: skip
        payments += _payments(stake, firm_months, today)
        leaving += [(stake, left)] if left else []
    operations.collect(payments=payments, by=by, at=now)
    for stake, reason in leaving:
        operations.leave(stake=stake, leaving=reason, on=today, by=by, at=now)


def _payments(stake: Stake, firm_months: int, today: date) -> list[Movement]:
    days = funding.month_days(stake.starts_on, stake.months or 0)
    begun = [day for day in days if day <= today and day.year == today.year]
    return [
        Movement(
            stake=stake, kind=MovementKind.PAID_IN, part=payer, month=day.replace(day=1),
            amount=adapter.part_of(stake, day), on=day,
        )
        for place, day in enumerate(begun)
        for payer in Payer.values
        if payer != Payer.FIRM or place < firm_months
    ]  # fmt: skip


def _vouchers(values: Mapping[str, Any], agency: Organisation, by: User) -> None:
    scheme, now = _set_up(SchemeKind.VOUCHER, values, agency, by), timezone.now()
    institution = _organisations(
        (OrganisationKind.INSTITUTE, OrganisationKind.UNIVERSITY, *BUYERS)
    )[0]
    operations.set_institutions(scheme=scheme, institutions=[institution], by=by)
    firms = [
        organisation
        for organisation in _organisations(FIRMS)[3:]
        if not _kept_out(scheme, organisation)
    ]

    def ask(firm: Organisation, trl: int, won: int) -> None:
        operations.ask(
            scheme=scheme, organisation=firm, trl=trl, amount=won * MILLION,
            by=managers_of(firm)[0], at=now,
        )  # fmt: skip

    for firm, (trl, won) in zip(firms, values["asked"], strict=False):
        ask(firm, trl, won)
    issued = operations.issue_in_line(scheme=scheme, by=by, at=now)
    ask(firms[len(values["asked"])], *values["late"])
    for stake, (what, won, is_confirmed) in zip(issued, values["uses"], strict=False):
        use = operations.enter_use(
            stake=stake, institution=institution, amount=won * MILLION,
            on=timezone.localdate(now), what=what, by=managers_of(institution)[0], at=now,
        )  # fmt: skip
        if is_confirmed:
            operations.confirm_use(use=use, by=managers_of(stake.organisation)[0], at=now)


def _kept_out(scheme: Scheme, firm: Organisation) -> bool:
    return bool(adapter.bars(scheme, firm, timezone.localdate(), "ko"))


def _way(values: Mapping[str, Any], agency: Organisation, place: int, by: User) -> None:
    scheme, now = _set_up(SchemeKind.CHAIN, values, agency, by), timezone.now()
    institution = _organisations(BUYERS)[1 + place]
    stages = [stage.id for stage in adapter.programme_of(scheme).stages]
    stake = operations.begin(
        scheme=scheme, organisation=_organisations(FIRMS)[8 + place],
        institutions=dict.fromkeys(stages, institution), on=timezone.localdate(now), by=by, at=now,
    )  # fmt: skip
    for part, won in values["steps"]:
        step = stake.movements.get(part=part)
        who = managers_of(institution)[0] if step.organisation_id else by
        operations.confirm_step(
            step=step, amount=won * MILLION, on=timezone.localdate(now), by=who, at=now
        )


def _organisations(kinds: tuple[str, ...]) -> list[Organisation]:
    """Invented organisations of some kinds that have a manager and of which no list says anything."""
    organisations = Organisation.objects.filter(
        kind__in=kinds, is_invented=True, verified_at__isnull=False, memberships__role="MANAGER",
        recorded_facts__isnull=True,
    )  # fmt: skip
    return list(organisations.distinct().order_by("pk")[:40])
