"""Instalments that a reader may know of, what holds them, and what came in."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils.timezone import localdate

from dure.apps.agreements import kinds
from dure.apps.agreements.models import (
    Agreement,
    Change,
    Contribution,
    Instalment,
    Party,
    PaymentHold,
)
from dure.apps.agreements.queries.agreements import agreements_visible_to
from dure.apps.agreements.queries.decided import revoked_among
from dure.apps.agreements.queries.eligibility import Known, is_barred
from dure.apps.agreements.reasons import Hold
from dure.apps.agreements.stages import CHANGE_OPEN, AgreementStage, InstalmentStage
from dure.apps.ledger.queries import balances_of
from dure.apps.people.queries import Reader, is_office, roles_of
from dure.engines.funding import PAID, Instrument, Kind, Role
from dure.foundation.workdays import last_workday, over_on

# So long a demand organisation is asked alone; then the officer confirms in its place.
SILENT = timedelta(days=10)
UNPAID = (
    InstalmentStage.PLANNED,
    InstalmentStage.ASKED,
    InstalmentStage.CONFIRMED,
    InstalmentStage.ORDERED,
)


def instalments_visible_to(user: Reader) -> QuerySet[Instalment]:
    """The instalments of the agreements that a reader sees."""
    return Instalment.objects.filter(
        agreement__in=agreements_visible_to(user).values("pk")
    ).select_related(
        "agreement__version__programme", "payer", "payee__organisation", "appropriation"
    )


def due_instalments(user: Reader, on: date) -> QuerySet[Instalment]:
    """What is to be paid by a day of agreements in force, oldest first."""
    return (
        instalments_visible_to(user)
        .filter(agreement__stage=AgreementStage.IN_FORCE, stage__in=UNPAID, due_on__lte=on)
        .prefetch_related("agreement__parties")
        .order_by("due_on", "pk")
    )


def payable(user: Reader, on: date) -> list[Instalment]:
    """The public cash that is due, confirmed and not held: what goes into a payment file."""
    due = due_instalments(user, on).filter(
        payer__role=Role.GOVERNMENT,
        kind=Kind.CASH,
        stage__in=[InstalmentStage.CONFIRMED, InstalmentStage.ORDERED],
    )
    paid_out = due.exclude(instrument=Instrument.GUARANTEE)
    instalments = list(paid_out)
    holds = holds_on(instalments, on)
    return [instalment for instalment in instalments if holds[instalment.pk] is None]


def hold_of(instalment: Instalment, on: date) -> Hold | None:
    """What keeps an instalment from being paid on a day; None when nothing does.

    Public money waits for own cash whose day has passed, while somebody holds it, and goes to nobody whom the programme or
    general rules keep out on that day.
    """
    return holds_on([instalment], on)[instalment.pk]


def holds_on(instalments: Collection[Instalment], on: date) -> dict[int, Hold | None]:
    """What keeps each of some instalments from being paid on a day, by its id; see `hold_of`.

    Asks a few questions of the database for all of them, and what is known of each payee once.
    """
    public = {row.agreement_id for row in instalments if _is_held_back(row)}
    reasons = [
        (Hold.SELECTION_REVOKED, revoked_among(public)),
        (Hold.OWN_CASH_LATE, _pks(_late_own_cash(public, on))),
        (Hold.UNDER_LOOK, _pks(PaymentHold.objects.filter(released_at=None), public)),
        (Hold.CHANGE_OPEN, _pks(_open_changes_of_money(), public)),
    ]
    known: Known = {}
    return {row.pk: _hold(row, on, reasons, known) for row in instalments}


def _is_held_back(instalment: Instalment) -> bool:
    """True for public money of an agreement in force: only that is ever held back."""
    is_public = instalment.payer.role == Role.GOVERNMENT
    return is_public and instalment.agreement.stage == AgreementStage.IN_FORCE


def _hold(
    instalment: Instalment,
    on: date,
    reasons: list[tuple[Hold, set[int]]],
    known: Known,
) -> Hold | None:
    agreement = instalment.agreement
    if agreement.stage != AgreementStage.IN_FORCE:
        return Hold.NOT_IN_FORCE
    if instalment.payer.role != Role.GOVERNMENT:
        return None
    for hold, agreements in reasons:
        if agreement.pk in agreements:
            return hold
    is_out = is_barred(agreement, instalment.payee, on, known)
    return Hold.NOT_ELIGIBLE if is_out else None


def _pks(rows: QuerySet[Any], agreements: Collection[int] | None = None) -> set[int]:
    """The agreements of some rows."""
    wanted = rows if agreements is None else rows.filter(agreement__in=agreements)
    return set(wanted.values_list("agreement", flat=True))


def _open_changes_of_money() -> QuerySet[Change]:
    return Change.objects.filter(stage__in=CHANGE_OPEN).exclude(content__money={})


def is_held(agreement: Agreement) -> bool:
    """True while somebody keeps the public money back."""
    return agreement.holds.filter(released_at=None).exists()


def holds_of(agreement: Agreement) -> QuerySet[PaymentHold]:
    """When somebody kept the public money back, the latest first."""
    return agreement.holds.order_by("-held_at", "-pk")


def has_public_money_to_come(agreement: Agreement) -> bool:
    """True while a public instalment is not paid."""
    return agreement.instalments.filter(payer__role=Role.GOVERNMENT, stage__in=UNPAID).exists()


def _late_own_cash(agreements: Collection[int], on: date) -> QuerySet[Instalment]:
    """Cash of others than the public side whose day has passed and which has not come in."""
    unpaid = Instalment.objects.filter(agreement__in=agreements, kind=Kind.CASH, stage__in=UNPAID)
    return unpaid.filter(due_on__lte=over_on(on)).exclude(payer__role=Role.GOVERNMENT)


def silent_since(at: datetime) -> datetime:
    """A demand organisation that was asked by then has kept silent for its ten days."""
    today = localdate(at)
    return at - SILENT - (today - last_workday(today))


def to_confirm(user: Reader, at: datetime) -> QuerySet[Instalment]:
    """What waits for a reader's confirmation: of the demand organisation first, then of the office."""
    roles = roles_of(user)
    instalments = Instalment.objects.filter(stage=InstalmentStage.ASKED).select_related(
        "agreement", "payer", "payee"
    )
    if not user.is_authenticated:
        return instalments.none()
    demand = Party.objects.filter(agreement=OuterRef("agreement"), role=Role.DEMAND)
    wanted = Q(Exists(demand.filter(organisation__in=roles.organisations)))
    if is_office(user):
        wanted |= ~Exists(demand) | Q(requested_at__lte=silent_since(at))
    return instalments.filter(wanted).order_by("requested_at", "pk")


def paid_by_party(agreement: Agreement, on: date | None = None) -> dict[int, int]:
    """What each party has given so far, in won, by the party's id: promised less still due."""
    won = balances_of([agreement.subject], on)
    given: dict[int, int] = {}
    for (_subject, kind, part), amount in won.items():
        party = int(part.partition(":")[2] or 0)
        sign = {kinds.FUNDING.code: 1, kinds.DUE.code: -1}.get(kind, 0)
        given[party] = given.get(party, 0) + sign * amount
    return given


def figures_of(agreements: Iterable[Agreement]) -> dict[int, dict[str, int]]:
    """Of each agreement by its id what was promised, has come in and is left in the project's account.

    Before it is signed nothing is in the ledger: then what it says counts as promised.
    """
    wanted = list(agreements)
    won = balances_of([agreement.subject for agreement in wanted])
    sums = {agreement.subject: {"promised": 0, "due": 0, "cash": 0} for agreement in wanted}
    names = {
        kinds.FUNDING.code: "promised",
        kinds.DUE.code: "due",
        kinds.CASH.code: "cash",
    }
    for (subject, kind, _part), amount in won.items():
        if kind in names:
            sums[subject][names[kind]] += amount
    promised = _said([agreement.pk for agreement in wanted if agreement.agreed_on is None])
    for agreement in wanted:
        if agreement.pk in promised:
            sums[agreement.subject] |= {
                "promised": promised[agreement.pk],
                "due": promised[agreement.pk],
            }
    return {agreement.pk: sums[agreement.subject] for agreement in wanted}


def _said(agreements: Collection[int]) -> dict[int, int]:
    """What contributions in cash or in kind of some agreements come to, by the agreement's id."""
    rows = Contribution.objects.filter(agreement__in=agreements, kind__in=PAID)
    return dict(rows.values_list("agreement").annotate(won=Sum("amount")).order_by())


def paid_instalments(agreements: Iterable[Agreement]) -> dict[int, list[Instalment]]:
    """What has come in of each agreement, in the order of the instalments, by the agreement's id."""
    instalments: dict[int, list[Instalment]] = {}
    rows = Instalment.objects.filter(
        agreement__in=[agreement.pk for agreement in agreements], stage=InstalmentStage.PAID
    )
    related = ("agreement", "payer__organisation", "payee__organisation")
    for row in rows.select_related(*related).order_by("agreement", "number"):
        instalments.setdefault(row.agreement_id, []).append(row)
    return instalments


def signed_agreements() -> QuerySet[Agreement]:
    """Every agreement that everybody signed, with its parties and money: for open data."""
    return (
        Agreement.objects.filter(agreed_on__isnull=False)
        .select_related("version__programme")
        .prefetch_related("parties__organisation", "contributions", "changes")
        .order_by("number")
    )
