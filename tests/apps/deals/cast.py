"""Deals of the cast, at the step that a test needs."""

from typing import Any

from django.utils import timezone

from dure.apps.deals import operations
from dure.apps.deals.models import Deal, Proposal
from dure.apps.deals.operations import NewDeal, NewPayment
from tests.cast import Cast


def filed_deal(cast: Cast, *, who: str = "member", finder: Any = None, **more: Any) -> Deal:
    """A request from a need of the buyer, filed by the buyer itself where nobody else is named."""
    need = more.pop("need", None) or cast.need(title="배기열 회수 장치")
    return operations.file(
        deal=NewDeal(need=need, title="배기열 회수", text="도장 오븐의 열을 되찾고 싶음", **more),
        finder=finder or cast.buyer, by=cast[who], at=timezone.now(),
    )  # fmt: skip


def proposed_deal(cast: Cast, *, broker: str = "officer") -> Proposal:
    """A request that was judged fit, with a technology of the supplier proposed for it."""
    now = timezone.now()
    deal = filed_deal(cast)
    operations.judge(deal=deal, is_fit=True, judgement="규격이 분명함", by=cast[broker], at=now)
    return operations.propose(
        deal=deal, technology=cast.technology(), note="열교환 효율이 높음", by=cast[broker], at=now
    )


def agreed_deal(cast: Cast) -> Deal:
    """A deal with terms to sign, in two payments."""
    now = timezone.now()
    deal = operations.take(proposal=proposed_deal(cast), by=cast["member"], at=now)
    operations.move(deal=deal, stage="NEGOTIATING", by=cast["supplier"], at=now)
    day = timezone.localdate()
    return operations.set_terms(
        deal=deal, kind="licence", terms="국내 통상실시권, 5년", amount=30_000_000,
        payments=[NewPayment(day, 10_000_000), NewPayment(day, 20_000_000)], fee=1_500_000,
        fee_support=500_000, by=cast["supplier"], at=now,
    )  # fmt: skip
