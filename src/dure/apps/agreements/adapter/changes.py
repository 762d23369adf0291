"""A change that somebody wishes for: the agreement as it would be, and what it needs (GL 12, STD 73)."""

from collections import defaultdict
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

from dure.apps.agreements.adapter.plan import Whole
from dure.apps.agreements.models import Agreement, Contribution, Cost, Instalment
from dure.apps.agreements.stages import InstalmentStage
from dure.engines.funding import Kind
from dure.values.money import split

SIGNED = "signed"
LISTS = ("annexes", "dropped", "duties", "stated")
NEW_DUE = relativedelta(days=30)
# What has come in or lies at the bank stays as it is.
FIXED = (InstalmentStage.PAID, InstalmentStage.ORDERED)


class BelowPaid(ValueError):
    """A payer would owe less than has come in already."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to become otherwise: amounts in won by the ids of rows, costs more, last day, goal.

    `annexes` are the ids of files that it brings, `dropped` of those that it leaves out, `duties` of
    the parties whose duty these annexes change. `stated` are facts that no amount shows. `leader` is the
    id of who is to lead the project, `left_on` the last day of who led it so far, `ground` why.
    """

    money: dict[int, int] = field(default_factory=dict)
    costs: dict[int, int] = field(default_factory=dict)
    more: tuple[dict[str, Any], ...] = ()
    ends_on: date | None = None
    goal: str | None = None
    annexes: tuple[int, ...] = ()
    dropped: tuple[int, ...] = ()
    duties: tuple[int, ...] = ()
    stated: tuple[str, ...] = ()
    leader: int | None = None
    left_on: date | None = None
    ground: str = ""

    def as_json(self) -> dict[str, Any]:
        """As plain values, kept with the change."""
        return {
            "money": {str(pk): won for pk, won in self.money.items()},
            "costs": {str(pk): won for pk, won in self.costs.items()},
            "more": list(self.more),
            "ends_on": self.ends_on.isoformat() if self.ends_on else None,
            "goal": self.goal,
            **{name: list(getattr(self, name)) for name in LISTS},
            "leader": self.leader,
            "left_on": self.left_on.isoformat() if self.left_on else None,
            "ground": self.ground,
        }

    @classmethod
    def of(cls, values: dict[str, Any]) -> "Wish":
        """Back from plain values."""
        return cls(
            {int(pk): won for pk, won in values["money"].items()},
            {int(pk): won for pk, won in values["costs"].items()},
            tuple(values["more"]),
            date.fromisoformat(values["ends_on"]) if values["ends_on"] else None,
            values["goal"],
            *(tuple(values.get(name, ())) for name in LISTS),
            values.get("leader"),
            date.fromisoformat(values["left_on"]) if values.get("left_on") else None,
            values.get("ground", ""),
        )

    @property
    def is_of_leader(self) -> bool:
        """True where the project gets another leader, or says that it has none."""
        return self.leader is not None or self.left_on is not None

    @property
    def is_signed(self) -> bool:
        """True where money, duty or term changes, so that it is signed anew."""
        return bool(self.money or self.ends_on or self.goal is not None or self.duties)


def really_changed(whole: Whole, wish: Wish) -> Wish:
    """The wish without what stays as it is."""
    agreement = whole.agreement
    money = {row.pk: row.amount for row in whole.contributions}
    costs = {row.pk: row.amount for row in whole.costs}
    if wish.leader is not None and wish.leader == agreement.leader_id:
        wish = replace(wish, leader=None, left_on=None, ground="")
    return replace(
        wish,
        money={pk: won for pk, won in wish.money.items() if money.get(pk, won) != won},
        costs={pk: won for pk, won in wish.costs.items() if costs.get(pk, won) != won},
        ends_on=None if wish.ends_on == agreement.ends_on else wish.ends_on,
        goal=None if wish.goal == agreement.goal else wish.goal,
        duties=wish.duties if wish.annexes or wish.dropped else (),
    )


def changed(whole: Whole, wish: Wish) -> Whole:
    """The agreement as it would be; nothing of it is saved."""
    agreement = copy(whole.agreement)
    if wish.ends_on:
        agreement.ends_on = wish.ends_on
        agreement.months = months_of(agreement.starts_on, wish.ends_on)
    if wish.goal is not None:
        agreement.goal = wish.goal
    if wish.is_of_leader:
        agreement.leader_id = wish.leader
        agreement.leaderless_since = wish.left_on if wish.leader is None else None
    parties = {party.pk: party for party in whole.parties}
    more = tuple(
        Cost(agreement=agreement, party=parties[row["party"]], **{
            name: row[name] for name in ("category", "kind", "amount", "year")
        })
        for row in wish.more
    )  # fmt: skip
    return Whole(
        agreement,
        whole.parties,
        tuple(_with(whole.contributions, wish.money)),
        tuple(_with(whole.costs, wish.costs)) + more,
        tuple(annex for annex in whole.annexes if annex.pk not in wish.dropped)
        + tuple(whole.agreement.annexes.filter(pk__in=wish.annexes)),
    )


def months_of(first: date, last: date) -> int:
    """Months from the first to the last day, begun ones too."""
    length = relativedelta(last + relativedelta(days=1), first)
    return max(length.years * 12 + length.months + bool(length.days), 1)


def parts_of(whole: Whole, wish: Wish) -> Iterator[Wish]:
    """The parts that can stand for themselves: what a payer gives goes with the costs."""
    if wish.money:
        yield Wish(money=wish.money, costs=wish.costs, more=wish.more, stated=wish.stated)
    elif wish.stated:
        yield Wish(costs=wish.costs, more=wish.more, stated=wish.stated)
    else:
        yield from _of_costs(whole, wish)
    if wish.ends_on:
        yield Wish(ends_on=wish.ends_on)
    if wish.goal is not None:
        yield Wish(goal=wish.goal)
    if wish.annexes or wish.dropped:
        yield Wish(annexes=wish.annexes, dropped=wish.dropped, duties=wish.duties)
    if wish.is_of_leader:
        yield Wish(leader=wish.leader, left_on=wish.left_on, ground=wish.ground)


def together(parts: list[Wish]) -> Wish:
    """Several parts as one wish."""
    wish = Wish()
    for part in parts:
        wish = Wish(
            wish.money | part.money,
            wish.costs | part.costs,
            wish.more + part.more,
            part.ends_on or wish.ends_on,
            wish.goal if part.goal is None else part.goal,
            wish.annexes + part.annexes,
            wish.dropped + part.dropped,
            wish.duties + part.duties,
            wish.stated + part.stated,
            part.leader or wish.leader,
            part.left_on or wish.left_on,
            part.ground or wish.ground,
        )
    return wish


def as_it_was(whole: Whole, wish: Wish) -> Wish:
    """What stands now where a change wishes for something else."""
    return Wish(
        money={row.pk: row.amount for row in whole.contributions if row.pk in wish.money},
        costs={row.pk: row.amount for row in whole.costs if row.pk in wish.costs},
        ends_on=whole.agreement.ends_on if wish.ends_on else None,
        goal=None if wish.goal is None else whole.agreement.goal,
        leader=whole.agreement.leader_id if wish.is_of_leader else None,
        left_on=whole.agreement.leaderless_since if wish.is_of_leader else None,
    )


def kept_before(whole: Whole, wish: Wish) -> dict[str, Any]:
    """What is kept of the time before a change: its values, and whose rows they were, in codes."""
    rows = {
        **{
            f"money/{row.pk}": [str(row.payer), row.instrument, row.kind, row.year]
            for row in whole.contributions
            if row.pk in wish.money
        },
        **{
            f"costs/{row.pk}": [str(row.party), row.category, row.kind, row.year]
            for row in whole.costs
            if row.pk in wish.costs
        },
        **{
            f"annexes/{annex.pk}": [annex.what, annex.name, annex.sha256]
            for annex in whole.agreement.annexes.filter(pk__in=[*wish.annexes, *wish.dropped])
        },
    }
    return as_it_was(whole, wish).as_json() | {"rows": rows}


def instalments_after(after: Whole, now: list[Instalment], on: date) -> list[Instalment]:
    """The instalments of a changed agreement, not saved: what is not paid yet takes the difference.

    Raises BelowPaid.
    """
    lead = after.lead
    totals: dict[tuple[Any, ...], int] = defaultdict(int)
    rows: dict[tuple[Any, ...], Contribution] = {}
    for row in after.contributions:
        if row.kind != Kind.UNPAID and lead is not None:
            payee = row.recipient or lead
            key = row.payer_id, payee.pk, row.instrument, row.kind, row.phase
            totals[key] += row.amount
            rows[key] = row
    instalments: list[Instalment] = []
    kept: dict[tuple[Any, ...], list[Instalment]] = defaultdict(list)
    for instalment in map(copy, now):
        kept[
            instalment.payer_id,
            instalment.payee_id,
            instalment.instrument,
            instalment.kind,
            instalment.phase,
        ].append(instalment)
    for key in [*totals, *(key for key in kept if key not in totals)]:
        instalments += _shared(
            after.agreement, key, totals[key], kept[key], rows.get(key), on, lead
        )
    return instalments


def _shared(
    agreement: Agreement,
    key: tuple[Any, ...],
    total: int,
    now: list[Instalment],
    row: Contribution | None,
    on: date,
    lead: Any,
) -> list[Instalment]:
    live = [instalment for instalment in now if instalment.stage != InstalmentStage.CANCELLED]
    waiting = [instalment for instalment in live if instalment.stage not in FIXED]
    left = total - sum(instalment.amount for instalment in live if instalment.stage in FIXED)
    if left < 0:
        raise BelowPaid(key)
    if waiting:
        for instalment, amount in zip(
            waiting, split(left, [instalment.amount for instalment in waiting]), strict=True
        ):
            instalment.amount = amount
        return now
    if not left or row is None:
        return now
    due = min(on + NEW_DUE, agreement.ends_on)
    made = Instalment(
        agreement=agreement, payer=row.payer, payee=row.recipient or lead,
        instrument=row.instrument, kind=row.kind, amount=left, phase=row.phase, due_on=due,
        stage=InstalmentStage.CONFIRMED,
    )  # fmt: skip
    return [*now, made]


def _with(rows: tuple[Any, ...], amounts: dict[int, int]) -> Iterator[Any]:
    for row in map(copy, rows):
        row.amount = amounts.get(row.pk, row.amount)
        if row.amount > 0:
            yield row


def _of_costs(whole: Whole, wish: Wish) -> Iterator[Wish]:
    """Costs by whose and which kind they are: between those nothing is moved."""
    known = {row.pk: (row.party_id, row.kind) for row in whole.costs}
    groups = dict.fromkeys(
        [*(known[pk] for pk in wish.costs), *((row["party"], row["kind"]) for row in wish.more)]
    )
    for group in groups:
        yield Wish(
            costs={pk: won for pk, won in wish.costs.items() if known[pk] == group},
            more=tuple(row for row in wish.more if (row["party"], row["kind"]) == group),
        )
