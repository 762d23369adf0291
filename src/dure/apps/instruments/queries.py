"""Schemes and stakes that a reader may know of, and where their money stands on any day."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta
from django.db.models import Exists, OuterRef, Q, QuerySet

from dure.apps.agreements.models import Agreement, Instalment, Party
from dure.apps.agreements.stages import AgreementStage
from dure.apps.instruments import kinds
from dure.apps.instruments.kinds import MovementKind, Payer, SchemeKind
from dure.apps.instruments.models import Commitment, Movement, Scheme, Stake
from dure.apps.instruments.roles import READERS
from dure.apps.instruments.stages import MovementStage, StakeStage
from dure.apps.ledger.queries import balances_of
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, roles_of
from dure.engines import funding
from dure.foundation.workdays import last_workday, over_on

FIRST_TIMER_YEARS = 3
"""Firms without support in so many years get vouchers first (연구장비 바우처)."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Where the money of stakes stands, in won: `pledged` is the sum of what is free, committed and
    used, and also of what is still due, held, given on and returned."""

    pledged: int = 0
    due: int = 0
    held: int = 0
    free: int = 0
    committed: int = 0
    given: int = 0
    returned: int = 0

    @property
    def paid_in(self) -> int:
        """What has come in, wherever it is now."""
        return self.held + self.given + self.returned


def schemes_visible_to(user: Reader) -> QuerySet[Scheme]:
    """Those that a reader's organisations take part in, all for the office and auditors.

    Vouchers can be asked for by people of any verified organisation, so these know of them.
    """
    schemes = Scheme.objects.select_related("programme__current", "keeper")
    roles = roles_of(user)
    if roles.holds(READERS):
        return schemes
    if not user.is_authenticated:
        return schemes.none()
    own = stakes_visible_to(user).filter(scheme=OuterRef("pk"))
    operated = Scheme.institutions.through.objects.filter(
        scheme=OuterRef("pk"), organisation__in=roles.organisations
    )
    wanted = Exists(own) | Exists(operated) | Q(keeper__in=roles.organisations)
    if roles.verified:
        wanted |= Q(kind=SchemeKind.VOUCHER)
    return schemes.filter(wanted)


def stakes_visible_to(user: Reader) -> QuerySet[Stake]:
    """A reader's own, those of the reader's organisations, and those whose money they keep or move."""
    stakes = Stake.objects.select_related("scheme__programme__current", "organisation", "sponsor")
    roles = roles_of(user)
    if roles.holds(READERS):
        return stakes
    if not user.is_authenticated:
        return stakes.none()
    own = roles.organisations
    moved = Movement.objects.filter(stake=OuterRef("pk"), organisation__in=own)
    return stakes.filter(
        Q(organisation__in=own)
        | Q(sponsor__in=own)
        | Q(person=user.pk)
        | Q(scheme__keeper__in=own)
        | Exists(moved)
    )


def movements_visible_to(user: Reader) -> QuerySet[Movement]:
    """The movements of the stakes that a reader sees; an institution reads its own alone."""
    movements = Movement.objects.select_related(
        "stake__scheme__programme__current", "stake__organisation", "organisation",
        "commitment__agreement",
    )  # fmt: skip
    roles = roles_of(user)
    if roles.holds(READERS):
        return movements
    if not user.is_authenticated:
        return movements.none()
    own = roles.organisations
    return movements.filter(
        Q(stake__organisation__in=own)
        | Q(stake__sponsor__in=own)
        | Q(stake__person=user.pk)
        | Q(stake__scheme__keeper__in=own)
        | Q(organisation__in=own)
    )


def commitments_visible_to(user: Reader) -> QuerySet[Commitment]:
    """What funds give to projects, for those who read the fund."""
    return Commitment.objects.filter(
        scheme__in=schemes_visible_to(user).values("pk")
    ).select_related("scheme", "agreement__version__programme")


def is_reader(user: Reader) -> bool:
    """True for those who read every scheme."""
    return roles_of(user).holds(READERS)


def reads_all(user: Reader, scheme: Scheme) -> bool:
    """True for those who read every stake of a scheme: the office, auditors, and its keeper."""
    return is_reader(user) or scheme.keeper_id in roles_of(user).organisations


def figures_of(stakes: Iterable[Stake], on: date | None = None) -> dict[int, Figures]:
    """Where the money of each stake stands at the end of a day, or now, by its id."""
    wanted = list(stakes)
    sums: dict[str, dict[str, int]] = {stake.subject: {} for stake in wanted}
    for (subject, kind, _part), amount in balances_of(list(sums), on).items():
        sums[subject][kind] = sums[subject].get(kind, 0) + amount
    return {stake.pk: _figures(sums[stake.subject]) for stake in wanted}


def total(figures: Iterable[Figures]) -> Figures:
    """The figures of several stakes together."""
    names = Figures.__dataclass_fields__
    rows = list(figures)
    return Figures(**{name: sum(getattr(row, name) for row in rows) for name in names})


def scheme_figures(scheme: Scheme, on: date | None = None) -> Figures:
    """Where the money of a scheme stands at the end of a day, or now."""
    return total(figures_of(scheme.stakes.all(), on).values())


def paid_by_payer(stake: Stake, on: date | None = None) -> dict[str, int]:
    """What each payer of savings has paid in by the end of a day, or so far."""
    return _paid_by_payer([stake], on)[stake.pk]


def arrears_of(stakes: Iterable[Stake], on: date) -> dict[int, dict[str, int]]:
    """What each payer of savings should have paid by the end of a day and has not, in won, by the
    stake's id.

    A part that is due on a day without work is due on the next working day.
    """
    saved = [stake for stake in stakes if stake.stage == StakeStage.RUNNING and stake.months]
    paid, until = _paid_by_payer(saved, on), last_workday(on)
    arrears = {}
    for saving in saved:
        due = funding.due_by(saving.amount, saving.starts_on, saving.months or 0, until)
        late = {payer: due - won for payer, won in paid[saving.pk].items() if due > won}
        if late:
            arrears[saving.pk] = late
    return arrears


def _paid_by_payer(stakes: Collection[Stake], on: date | None) -> dict[int, dict[str, int]]:
    won = balances_of([stake.subject for stake in stakes], on)
    ways = [kind.code for kind in (kinds.HELD, kinds.GIVEN, kinds.RETURNED)]
    return {
        stake.pk: {
            payer: sum(won.get((stake.subject, way, payer), 0) for way in ways)
            for payer in Payer.values
        }
        for stake in stakes
    }


def left_of(commitment: Commitment, on: date | None = None) -> dict[int, int]:
    """What each founder still owes a project of the fund, in won, by the stake's id."""
    stakes = list(commitment.scheme.stakes.order_by("pk"))
    won = balances_of([stake.subject for stake in stakes], on)
    name = (kinds.COMMITTED.code, commitment.subject)
    return {stake.pk: amount for stake in stakes if (amount := won.get((stake.subject, *name), 0))}


def fund_instalments(commitment: Commitment) -> QuerySet[Instalment]:
    """The instalments of the project that a fund pays: its own form, not the public side's."""
    return (
        commitment.agreement.instalments.filter(instrument=funding.Instrument.FUND)
        .exclude(payer__role=funding.Role.GOVERNMENT)
        .select_related("payer", "payee")
        .order_by("due_on", "number")
    )


def agreements_to_commit(scheme: Scheme) -> QuerySet[Agreement]:
    """Agreements in force with money of a fund, which this one does not pay for yet."""
    paid = Instalment.objects.filter(
        agreement=OuterRef("pk"), instrument=funding.Instrument.FUND
    ).exclude(payer__role=funding.Role.GOVERNMENT)
    return Agreement.objects.filter(
        Exists(paid), stage=AgreementStage.IN_FORCE, version__programme=scheme.programme_id
    ).exclude(fund_commitments__scheme=scheme)


def is_first_timer(organisation: Organisation, on: date) -> bool:
    """True for a firm that was lead or member of no project in the last years."""
    since = on - relativedelta(years=FIRST_TIMER_YEARS)
    taken = Party.objects.filter(
        organisation=organisation,
        role__in=[funding.Role.LEAD, funding.Role.PARTNER],
        agreement__agreed_on__gte=since,
    )
    had = Stake.objects.filter(
        organisation=organisation, scheme__kind=SchemeKind.VOUCHER, starts_on__gte=since
    ).exclude(stage__in=[StakeStage.ASKED, StakeStage.REFUSED])
    return not taken.exists() and not had.exists()


def vouchers_in_line(scheme: Scheme) -> QuerySet[Stake]:
    """Vouchers asked for, in the order of their turn: firms without support in the last years first."""
    return (
        scheme.stakes.filter(stage=StakeStage.ASKED)
        .select_related("organisation", "scheme")
        .order_by("-comes_first", "entered_at", "pk")
    )


def to_confirm(user: Reader) -> QuerySet[Movement]:
    """Uses of vouchers that wait for people of the firm that holds them."""
    return (
        movements_visible_to(user)
        .filter(
            stage=MovementStage.ENTERED,
            kind=MovementKind.SPENT,
            stake__organisation__in=roles_of(user).organisations,
        )
        .order_by("on", "pk")
    )


def steps_done(stake: Stake) -> dict[str, Movement]:
    """The confirmed steps of a way through institutions, by the stage of the programme."""
    movements = stake.movements.filter(kind=MovementKind.STEP, stage=MovementStage.CONFIRMED)
    return {
        movement.part: movement
        for movement in movements.select_related("organisation").order_by("pk")
    }


def ways_of(organisation: Organisation) -> QuerySet[Stake]:
    """The ways through institutions of an organisation, whoever asks: for rules of programmes."""
    return Stake.objects.filter(
        organisation=organisation, scheme__kind=SchemeKind.CHAIN
    ).select_related("scheme__programme__current")


def pledges_of(organisation: Organisation) -> QuerySet[Stake]:
    """The pledges of a founder, the oldest first, whoever asks: for rules of programmes."""
    stakes = Stake.objects.filter(organisation=organisation, scheme__kind=SchemeKind.FUND)
    return stakes.select_related("scheme").order_by("starts_on", "pk")


def lapsing(on: date) -> QuerySet[Stake]:
    """Vouchers whose last day has passed."""
    return Stake.objects.filter(
        scheme__kind=SchemeKind.VOUCHER, stage=StakeStage.RUNNING, ends_on__lte=over_on(on)
    ).order_by("pk")


def stakes_by_id(ids: Collection[int]) -> QuerySet[Stake]:
    """The stakes of some ids, for what names them."""
    return Stake.objects.filter(pk__in=ids).select_related("scheme", "organisation")


def movements_by_id(ids: Collection[int]) -> QuerySet[Movement]:
    """The movements of some ids, for what names them."""
    return Movement.objects.filter(pk__in=ids).select_related("stake__scheme")


def commitments_by_id(ids: Collection[int]) -> QuerySet[Commitment]:
    """The commitments of some ids, for what names them."""
    return Commitment.objects.filter(pk__in=ids).select_related("scheme", "agreement")


def _figures(won: Mapping[str, int]) -> Figures:
    get = {kind: won.get(kind, 0) for kind in won}
    free, committed = get.get(kinds.FREE.code, 0), get.get(kinds.COMMITTED.code, 0)
    return Figures(
        pledged=free + committed + get.get(kinds.DRAWN.code, 0),
        due=get.get(kinds.DUE.code, 0),
        held=get.get(kinds.HELD.code, 0),
        free=free,
        committed=committed,
        given=get.get(kinds.GIVEN.code, 0),
        returned=get.get(kinds.RETURNED.code, 0),
    )


def holds_voucher(organisations: Collection[int]) -> bool:
    """True where one of the organisations holds a voucher."""
    return Stake.objects.filter(
        organisation__in=organisations, scheme__kind=SchemeKind.VOUCHER
    ).exists()


def narrowed(stakes: QuerySet[Stake], *, words: str = "", stage: str = "") -> QuerySet[Stake]:
    """Those of the stakes that a reader asks for; what is empty narrows nothing."""
    for word in words.split():
        stakes = stakes.filter(
            Q(name__icontains=word)
            | Q(number__icontains=word)
            | Q(organisation__name__icontains=word)
        )
    return stakes.filter(stage=stage) if stage else stakes


def institutions_of(user: Reader, scheme: Scheme) -> QuerySet[Organisation]:
    """The operating institutions of a scheme that a reader speaks for."""
    return scheme.institutions.filter(pk__in=roles_of(user).organisations).order_by("name")


def voucher_numbered(scheme: Scheme, number: str) -> Stake | None:
    """The voucher of a scheme with this number, whoever asks: its firm shows it."""
    return scheme.stakes.filter(number=number).select_related("scheme", "organisation").first()


def agreements_led_to(stake: Stake) -> QuerySet[Agreement]:
    """The agreements of the programme whose lead is the firm of a way."""
    lead = Party.objects.filter(
        agreement=OuterRef("pk"), role=funding.Role.LEAD, organisation=stake.organisation_id
    )
    return Agreement.objects.filter(
        Exists(lead), version__programme=stake.scheme.programme_id
    ).order_by("-pk")
