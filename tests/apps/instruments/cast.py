"""What the cast can have of schemes: a fund with founders, savers, vouchers, a way of a firm."""

from datetime import date

from dure.apps.instruments import operations
from dure.apps.instruments.kinds import SchemeKind
from dure.apps.instruments.models import Scheme, Stake
from dure.apps.people.models import Organisation
from dure.apps.programmes.models import Programme
from dure.apps.programmes.operations import load_shipped
from tests.apps.agreements.cast import agency
from tests.conftest import NOON

TODAY = NOON.date()
SLUGS = {
    SchemeKind.FUND: "co-investment",
    SchemeKind.SAVINGS: "young-worker-savings",
    SchemeKind.VOUCHER: "equipment-voucher",
    SchemeKind.CHAIN: "guarantee-linked",
}


def scheme(cast, kind=SchemeKind.FUND, slug="", **more) -> Scheme:
    """A scheme of a kind, under the programme that has it."""
    if not Programme.objects.exists():
        load_shipped(at=NOON)
    values = {
        "kind": kind, "programme": Programme.objects.get(slug=slug or SLUGS[kind]),
        "name": "제1호 운용", "keeper": agency(cast), "by": cast["officer"], "at": NOON,
    } | more  # fmt: skip
    return operations.set_up(**values)


def founded_fund(cast, pledges=((600, 600), (400, 400)), **more) -> Scheme:
    """A fund whose founders pledged and paid in so many million won."""
    fund = cast.scheme(SchemeKind.FUND, **more)
    for founder, (pledged, paid) in zip((cast.buyer, cast.rival), pledges, strict=True):
        stake = operations.pledge(
            scheme=fund, founder=founder, amount=pledged * 1_000_000, on=TODAY,
            by=cast["officer"], at=NOON,
        )  # fmt: skip
        if paid:
            operations.pay_in(
                stake=stake, amount=paid * 1_000_000, on=TODAY, by=cast["officer"], at=NOON
            )
    return fund


def saver(cast, scheme=None, starts_on=date(2026, 1, 25), **more) -> Stake:
    """Somebody who saves for three years with a firm and the state, 6M each."""
    values = {
        "scheme": scheme or cast.scheme(SchemeKind.SAVINGS), "firm": cast.supplier,
        "name": "이청년", "amount": 6_000_000, "months": 36, "starts_on": starts_on,
        "by": cast["officer"], "at": NOON,
    } | more  # fmt: skip
    return operations.join(**values)


def asked_voucher(cast, scheme=None, amount=25_000_000, trl=4, **more) -> Stake:
    """A voucher that the supplier asks for, to be spent at the rival's laboratory."""
    scheme = scheme or cast.scheme(SchemeKind.VOUCHER, institutions=[cast.rival])
    values = {"organisation": cast.supplier, "by": cast["supplier"], "at": NOON} | more
    return operations.ask(scheme=scheme, trl=trl, amount=amount, **values)


def issued_voucher(cast, **more) -> Stake:
    """A voucher out of a budget of 100M."""
    stake = cast.asked_voucher(**more)
    cast.appropriation(slug="equipment-voucher", amount=100_000_000)
    operations.issue_in_line(scheme=stake.scheme, by=cast["officer"], at=NOON)
    stake.refresh_from_db()
    return stake


def way(cast, slug="guarantee-linked", guarantor: Organisation | None = None) -> Stake:
    """The supplier's way; steps with money are the rival's."""
    guarantor = guarantor or cast.rival
    scheme = cast.scheme(SchemeKind.CHAIN, slug=slug)
    stages = ("guarantee", "commercialisation", "investment", "discovery")
    return operations.begin(
        scheme=scheme, organisation=cast.supplier, on=TODAY,
        institutions=dict.fromkeys(stages, guarantor), by=cast["officer"], at=NOON,
    )  # fmt: skip
