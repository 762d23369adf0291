"""Settlement (정산): what is left or disallowed of a project's money, and to whom it goes."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from dure.values.money import nearest


@dataclass(frozen=True, slots=True)
class Account:
    """The money of a project when it ends, in won; the letters are those of the official form.

    `grant` (A), `own_cash` (B), `top_up` (D), `spent` (F) in cash, of that `disallowed_cash` (H),
    and `disallowed_in_kind` (I), which is made good in cash.
    """

    grant: int
    own_cash: int
    top_up: int
    spent: int
    disallowed_cash: int
    disallowed_in_kind: int

    def __post_init__(self) -> None:
        for field in fields(self):
            if getattr(self, field.name) < 0:
                raise UnsettledAccount(field.name, "is less than nought")
        if not self.grant + self.own_cash:
            raise UnsettledAccount("grant", "is nought, and so is own_cash: nothing can be shared")
        if self.disallowed_cash > self.spent:
            raise UnsettledAccount("disallowed_cash", f"is more than was spent ({self.spent} won)")


class UnsettledAccount(ValueError):
    """An account that cannot be: `field` names the amount that is wrong."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field} {message}")
        self.field, self.message = field, message


@dataclass(frozen=True, slots=True)
class Steps:
    """The figures between, for a check by hand: X (cut at four decimals), G, G1, G2, H1 and S."""

    government_share: Decimal
    rest: int
    rest_government: int
    rest_private: int
    disallowed_government: int
    balance: int


@dataclass(frozen=True, slots=True)
class Settlement:
    """`returned` (K) goes to the firm, `to_pay` (L) the firm pays in, `recovered` (J) goes back to
    the government, which in truth gave `grant_used` (M), the base of a royalty."""

    returned: int
    to_pay: int
    recovered: int
    grant_used: int
    steps: Steps


def settle(account: Account, share_decimals: int = 4) -> Settlement:
    """Settle `account` by the form of the ministry's guideline (중소기업기술개발 지원사업 관리지침,
    별지 17), step by step to the won.

    The rest is shared by the government's share of the agreed cash; the firm's part of the rest and
    its top-up first pay the government's part of what is disallowed. Always: grant + own cash +
    top-up = spent + returned + recovered - disallowed in kind.

    >>> settled = settle(Account(75_000_000, 25_000_000, 0, 90_000_000, 2_000_000, 0))
    >>> settled.returned, settled.to_pay, settled.recovered, settled.grant_used
    (1000000, 0, 9000000, 66000000)
    """
    agreed = account.grant + account.own_cash
    share = _cut(Fraction(account.grant, agreed), share_decimals)
    rest = agreed - account.spent
    rest_government = nearest(rest, Fraction(share)) if rest > 0 else 0
    rest_private = rest - rest_government
    disallowed_government = nearest(
        account.disallowed_cash, Fraction(account.grant, agreed + account.top_up)
    )
    balance = account.top_up + rest_private - disallowed_government
    returned, to_pay = max(balance, 0), max(-balance, 0)
    recovered = agreed - account.spent + account.top_up - returned + account.disallowed_in_kind
    return Settlement(
        returned,
        to_pay,
        recovered,
        grant_used=account.grant - recovered - to_pay,
        steps=Steps(share, rest, rest_government, rest_private, disallowed_government, balance),
    )


def all_to_return(*, budget: int, spent: int, interest: int = 0, disallowed: int = 0) -> int:
    """What goes back where the whole rest does, private money included, with its interest.

    So settle the funds of the science ministry (기금사업비 산정 및 정산 등에 관한 지침 2조).
    """
    return budget - spent + interest + disallowed


def set_aside(account: Account, won: int, share_decimals: int = 4) -> tuple[Account, int, int]:
    """Take `won` of the rest of a stage out of its account, for the next stage (이월).

    Returns the account that is settled, and the parts of the grant and of own cash that go on to the
    next stage: by the government's share, as the rest itself is shared. No more than the rest goes on.
    Raises UnsettledAccount where nothing would stay behind to settle.

    >>> left, grant, own = set_aside(Account(75_000_000, 25_000_000, 0, 90_000_000, 0, 0), 4_000_000)
    >>> grant, own, settle(left).recovered + settle(left).returned
    (3000000, 1000000, 6000000)
    """
    agreed = account.grant + account.own_cash
    won = min(won, max(agreed - account.spent, 0))
    share = _cut(Fraction(account.grant, agreed), share_decimals)
    grant = min(nearest(won, Fraction(share)), account.grant)
    own = won - grant
    if own > account.own_cash:
        grant, own = won - account.own_cash, account.own_cash
    left = replace(account, grant=account.grant - grant, own_cash=account.own_cash - own)
    return left, grant, own


def late_interest(
    amount: int, due: date, paid: Sequence[tuple[date, int]], until: date, percent: Fraction
) -> int:
    """Interest on what came late (지연이자), in won: simple, by days of a year of 365, what is below a
    won cut off.

    `paid` are the days and amounts of what came in. Each won runs from the day after `due` to the day
    on which it came, or `until`.

    >>> late_interest(1_000_000, date(2026, 1, 31), [(date(2026, 2, 10), 400_000)], date(2026, 3, 2),
    ...     Fraction(5))
    3013
    """
    won_days, is_open = 0, amount
    for on, won in paid:
        won_days += won * max((min(on, until) - due).days, 0)
        is_open -= won
    won_days += max(is_open, 0) * max((until - due).days, 0)
    return int(won_days * percent / 100 / 365)


def in_kind_shortfall(*, agreed: int, shown: int, accepted_cash: int, planned_cash: int) -> int:
    """What is missing of the agreed in kind, in the measure in which cash was spent, in won.

    It is made good in cash (STD 80, 83): shortfall x accepted cash / planned cash.
    """
    missing = max(agreed - shown, 0)
    return nearest(missing, Fraction(min(accepted_cash, planned_cash), planned_cash or 1))


def _cut(share: Fraction, decimals: int) -> Decimal:
    scale = 10**decimals
    return Decimal(share.numerator * scale // share.denominator).scaleb(-decimals)
