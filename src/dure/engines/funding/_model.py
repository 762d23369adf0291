"""What a plan of money is, and what can be wrong with one, as plain values."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction


class Role(StrEnum):
    """Who pays. The government pays out of public money, the others bear their own burden."""

    GOVERNMENT = "government"
    DEMAND = "demand"
    INVESTOR = "investor"
    OPERATOR = "operator"
    LEAD = "lead"
    PARTNER = "partner"
    CONTRACTED = "contracted"
    INSTITUTION = "institution"
    GUARANTOR = "guarantor"
    WORKER = "worker"


class Instrument(StrEnum):
    """In which form money comes."""

    GRANT = "grant"
    OWN_SHARE = "own_share"
    EQUITY = "equity"
    GUARANTEE = "guarantee"
    LOAN = "loan"
    VOUCHER = "voucher"
    FUND = "fund"
    SAVINGS = "savings"


class Kind(StrEnum):
    """Cash and in kind are money of the project; unpaid pay is only a base of some limits."""

    CASH = "cash"
    IN_KIND = "in_kind"
    UNPAID = "unpaid"


class Size(StrEnum):
    """What an organisation is to rules of money."""

    SMALL = "small"
    MID = "mid"
    LARGE = "large"
    PUBLIC = "public"
    UNIVERSITY = "university"
    INSTITUTE = "institute"
    NONPROFIT = "nonprofit"


# Cash and in kind: what counts as money unless a rule says otherwise.
PAID = (Kind.CASH.value, Kind.IN_KIND.value)


@dataclass(frozen=True, slots=True)
class Money:
    """What one payer gives, in won; `year` counts from 1. What is not yet known is None.

    `organisation` is the one whose part of the project the money is for.
    """

    role: str | None
    instrument: str | None
    kind: str | None
    amount: int | None
    year: int | None = None
    phase: str | None = None
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """What one budget category costs, in won. What is not yet known is None."""

    category: str | None
    kind: str | None
    amount: int | None
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What else is known; `confirmed` names what has been shown, such as a signed contract."""

    trl: int | None = None
    size: str | None = None
    region: str | None = None
    founded: date | None = None
    confirmed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """Who pays what for how many months, and what it is spent on."""

    months: int | None
    money: tuple[Money, ...]
    costs: tuple[Cost, ...] = ()
    facts: Facts = field(default_factory=Facts)


class Rule(StrEnum):
    """What a plan can break.

    MISSING: something that a rule needs is not there yet. UNKNOWN: the programme has no such payer,
    instrument, phase or category. ORDER: money that must come first does not.
    """

    TOTAL_MAX = "total_max"
    SHARE_MAX = "share_max"
    SHARE_MIN = "share_min"
    CASH_SHARE_MIN = "cash_share_min"
    AMOUNT_MAX = "amount_max"
    AMOUNT_MIN = "amount_min"
    MULTIPLE_MAX = "multiple_max"
    DURATION_MAX = "duration_max"
    ORDER = "order"
    MISSING = "missing"
    CATEGORY_MAX = "category_max"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken rule: whose money it is, and by how much `actual` lies beyond `limit`.

    Amounts are won, of DURATION_MAX months. `share` is the part of `base` that the limit is, or of
    MULTIPLE_MAX the multiple. `field` is the place in the plan that is MISSING or UNKNOWN, and
    `value` what stands there; `needs` are facts of which one has to be confirmed.
    """

    rule: Rule
    role: str | None = None
    limit: int | None = None
    actual: int | None = None
    excess: int | None = None
    base: int | None = None
    share: Fraction | None = None
    phase: str | None = None
    year: int | None = None
    organisation: str | None = None
    category: str | None = None
    field: str | None = None
    value: str | None = None
    needs: tuple[str, ...] = ()
