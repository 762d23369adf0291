"""Made ledgers at the base rates that were published: for tests and `make bench-screening`.

0.3 % of the projects are bad, in the proportions of the cases that were found (143 cases in under
five years: pay 68, supply none or inflated 49, other use 22, withdrawal 4). How they cheat is told
after the cases in press releases (ghost staff, borrowed names, pay handed back, paper vendors, inflated
prices, contracts cut up, proofs used twice, private use, money drawn), not after the signals. A part
of it leaves no trace in a ledger at all, and no bad project shows all of its scheme. Honest projects
have their oddities: sole suppliers, monthly fees, invoices in two lines, entries made twice and
cancelled, costs shared by two projects, people between two jobs, bonuses, flat prices just under a
limit, purchases at the end of the year, tests in the night, trips over holidays, relatives with
consent. The same seed gives the same ledger.
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from holidays import country_holidays

EPOCH = date(1970, 1, 1)
BAD_SHARE = 0.003
ITEMS = ("labour", "materials", "equipment", "service", "meeting", "travel", "operating")
LABOUR, MATERIALS, EQUIPMENT, SERVICE, MEETING, TRAVEL, OPERATING = range(7)
BOUGHT_SHARES = np.array([0.0, 0.2, 0.02, 0.05, 0.25, 0.24, 0.24])
MEDIANS = np.array(
    [
        [3_500_000] * 5,
        [420_000, 780_000, 300_000, 1_500_000, 900_000],
        [9_000_000, 4_000_000, 15_000_000, 6_000_000, 25_000_000],
        [3_500_000, 5_000_000, 1_800_000, 7_000_000, 900_000],
        [95_000, 120_000, 80_000, 60_000, 150_000],
        [110_000, 160_000, 60_000, 240_000, 90_000],
        [90_000, 150_000, 210_000, 60_000, 330_000],
    ]
)
SCHEMES = {
    # Of 143 cases: pay 68, supply 49, other use 22, withdrawal 4; within them as the cases tell.
    "family_pay": 27, "borrowed_names": 17, "pay_handed_back": 14, "pay_without_trace": 10,
    "paper_vendor": 24, "inflated_price": 13, "cut_up": 12,
    "proof_twice": 10, "private_use": 7, "other_goods": 5,
    "withdrawal": 4,
}  # fmt: skip
COLUMNS = (
    "project", "day", "minute", "item", "vendor", "account", "method", "amount", "purpose",
    "evidence", "person", "attendees", "in_plan",
)  # fmt: skip
CARD, TRANSFER = 0, 1
BARRED = 10**8
"""Vendors from here on are shops where programme money is barred."""


@dataclass
class Made:
    """The projects, and the blocks of expenses as they come."""

    chance: np.random.Generator
    start: Any
    end: Any
    firm: Any
    total: Any
    plan: Any
    staff: Any
    pay: Any
    regular: Any
    regulars: Any
    blocks: list[dict[str, Any]] = field(default_factory=list)
    relations: list[tuple[int, int, str, str]] = field(default_factory=list)
    schemes: dict[int, str] = field(default_factory=dict)
    vendors: int = 0

    def add(self, **columns: Any) -> None:
        """A block of expenses; what is not named is empty."""
        size = len(columns["project"])
        empty = dict.fromkeys(COLUMNS, -1) | {"in_plan": 1, "method": TRANSFER}
        block = {
            name: np.broadcast_to(np.asarray(columns.get(name, empty[name])), size).astype(np.int64)
            for name in COLUMNS
        }
        if "evidence" not in columns:
            block["evidence"] = self.chance.integers(10**11, 10**12, size)
        self.blocks.append(block)

    def new_vendor(self) -> int:
        """A vendor that nobody else knows."""
        self.vendors += 1
        return self.vendors

    def days(self, projects: Any, low: float = 0.0, high: float = 1.0) -> Any:
        """Working days within a part of the term."""
        part = self.chance.uniform(low, high, len(projects))
        day = self.start[projects] + (part * (self.end[projects] - self.start[projects])).astype(
            int
        )
        weekday = (day + 3) % 7
        return np.maximum(day - np.maximum(weekday - 4, 0), self.start[projects])


def make(projects: int, rows: int, seed: int) -> Made:
    """So many projects with about so many rows."""
    made = _projects(projects, seed)
    _pay(made)
    paid = sum(len(block["project"]) for block in made.blocks)
    _bought(made, max(rows - paid, projects * 10))
    _oddities(made)
    _bad(made)
    return made


def _projects(count: int, seed: int) -> Made:
    chance = np.random.default_rng(seed)
    start = (date(2019, 1, 1) - EPOCH).days + chance.integers(0, 2000, count)
    end = start + chance.integers(330, 740, count)
    total = (np.exp(chance.normal(19.4, 0.6, count)) / 1e6).astype(int) * 1_000_000 + 30_000_000
    vendors = max(400, count * 3 // 2)
    regular = (chance.random((count, 7, 8)) ** 2.2 * vendors).astype(int) * 7 + np.arange(7)[
        :, None
    ]
    regulars = chance.integers(2, 9, (count, 7))
    sole = chance.random(count) < 0.04
    regulars[sole, MATERIALS] = 1
    return Made(
        chance, start, end,
        firm=chance.integers(0, int(count * 0.8) + 1, count),
        total=total,
        plan=np.zeros((count, 7)),
        staff=chance.integers(2, 8, count),
        pay=np.exp(chance.normal(15.0, 0.3, (count, 8))).astype(int) // 1000 * 1000,
        regular=regular, regulars=regulars, vendors=vendors * 7 + 7,
    )  # fmt: skip


def person_of(project: Any, number: Any) -> Any:
    return project * 10 + number


def _payday(start: Any, month: Any) -> Any:
    """The 25th, so many months after that of a day."""
    first = np.datetime64("1970-01-01") + start
    return (first.astype("datetime64[M]") + month).astype("datetime64[D]").astype(int) + 24


def _pay(made: Made) -> None:
    """Everybody's pay once a month; some have a bonus, some a second project of the same firm."""
    count = len(made.start)
    months = (made.end - made.start) // 30
    project = np.repeat(np.arange(count), made.staff * months)
    order = np.arange(len(project)) - np.repeat(
        np.cumsum(made.staff * months) - made.staff * months, made.staff * months
    )
    number, month = order % made.staff[project], order // made.staff[project]
    amount = made.pay[project, number]
    rise = np.where(month >= 12, 1.03, 1.0)
    stays = made.chance.random(len(project)) > 0.06
    person = person_of(project, number)
    day = _payday(made.start[project], month)
    made.add(
        project=project[stays], day=day[stays], item=LABOUR, purpose=0,
        amount=(amount * rise).astype(int)[stays], person=person[stays], account=person[stays],
    )  # fmt: skip
    bonus = made.chance.random(len(project)) < 0.004
    made.add(
        project=project[bonus], day=day[bonus] + 3, item=LABOUR, purpose=0,
        amount=amount[bonus], person=person[bonus], account=person[bonus],
    )  # fmt: skip


def _bought(made: Made, rows: int) -> None:
    chance, count = made.chance, len(made.start)
    weight = np.exp(chance.normal(0, 0.5, count))
    project = np.repeat(np.arange(count), chance.poisson(rows * weight / weight.sum()))
    size = len(project)
    item = chance.choice(7, size, p=BOUGHT_SHARES)
    usual = chance.random(size) < 0.7
    place = (made.regulars[project, item] * chance.random(size) ** 1.5).astype(int)
    other = (chance.random(size) ** 2.2 * (made.vendors // 7 - 1)).astype(int) * 7 + item
    vendor = np.where(usual, made.regular[project, item, place], other)
    purpose = chance.integers(0, 5, size)
    dear = np.exp(chance.normal(0, 0.25, count))[project] * np.exp(chance.normal(0, 0.65, size))
    many = np.where(chance.random(size) < 0.01, 1 + chance.pareto(2.0, size), 1.0)
    amount = (MEDIANS[item, purpose] * dear * many).astype(int) // 10 * 10
    flat = chance.random(size) < 0.08
    amount = np.where(flat, np.maximum(amount // 100_000, 1) * 100_000, amount)
    planned = chance.random(size) < np.where(item == EQUIPMENT, 0.93, 0.99)
    card = chance.random(size) < np.where(np.isin(item, (MEETING, TRAVEL)), 0.98, 0.55)
    card &= item != EQUIPMENT
    minute = np.clip(chance.normal(14.5 * 60, 180, size), 0, 1430).astype(int)
    heads = np.maximum(2, (amount / chance.normal(24_000, 7_000, size).clip(9_000)).astype(int))
    day = made.days(project)
    day = np.where(chance.random(size) < 0.03, day + 5 - (day + 3) % 7, day)
    made.add(
        project=project, day=day, item=item, vendor=vendor, account=10**9 + vendor, purpose=purpose,
        amount=amount, in_plan=planned, method=np.where(card, CARD, TRANSFER),
        minute=np.where(card, minute, -1), attendees=np.where(item == MEETING, heads, -1),
    )  # fmt: skip


def _some(made: Made, share: float) -> Any:
    return np.flatnonzero(made.chance.random(len(made.start)) < share)


def _oddities(made: Made) -> None:
    for odd in (
        _monthly_fees, _two_lines, _entered_twice, _shared_costs, _between_jobs, _under_limits,
        _year_ends, _nights, _relatives, _craftsmen, _collectors, _large_planned, _after_the_end,
    ):  # fmt: skip
        odd(made)


def _monthly_fees(made: Made) -> None:
    who = np.repeat(_some(made, 0.5), 12)
    month = np.tile(np.arange(12), len(who) // 12)
    vendor = made.regular[who, OPERATING, 0]
    made.add(
        project=who, day=np.minimum(made.start[who] + month * 30, made.end[who]), item=OPERATING,
        vendor=vendor, account=10**9 + vendor, amount=made.pay[who, 0] // 10_000 * 1_000 + 330,
        purpose=3, evidence=10**12 + who * 10_000 + vendor % 7 * 100 + month,
    )  # fmt: skip


def _two_lines(made: Made) -> None:
    """One invoice entered in two lines of different amounts."""
    who = np.repeat(_some(made, 0.15), 2)
    first = np.arange(len(who)) % 2
    proof = np.repeat(made.chance.integers(10**11, 10**12, len(who) // 2), 2)
    vendor = made.regular[who, MATERIALS, 0]
    day = np.repeat(made.days(who[::2]), 2)
    made.add(
        project=who, day=day, item=MATERIALS, vendor=vendor, account=10**9 + vendor, purpose=1,
        amount=700_000 + first * 310_000 + made.pay[who, 1] // 100, evidence=proof,
    )  # fmt: skip


def _entered_twice(made: Made) -> None:
    """Entered twice and cancelled; in a part the cancelling never reached the ledger."""
    who = _some(made, 0.02)
    day, vendor = made.days(who), made.regular[who, MATERIALS, 0]
    amount, proof = made.pay[who, 2] // 7, made.chance.integers(10**11, 10**12, len(who))
    claim = {
        "project": who, "item": MATERIALS, "vendor": vendor, "account": 10**9 + vendor,
        "purpose": 0, "evidence": proof,
    }  # fmt: skip
    made.add(**claim, day=day, amount=amount)
    made.add(**claim, day=day + 1, amount=amount)
    back = made.chance.random(len(who)) < 0.97
    made.add(
        **{k: v[back] if isinstance(v, np.ndarray) else v for k, v in claim.items()},
        day=day[back] + 1, amount=-amount[back],
    )  # fmt: skip


def _shared_costs(made: Made) -> None:
    """Two projects of one firm share an invoice, mostly in unequal parts."""
    order = np.argsort(made.firm, kind="stable")
    pairs = np.flatnonzero(made.firm[order][1:] == made.firm[order][:-1])
    pairs = pairs[made.chance.random(len(pairs)) < 0.05]
    first, second = order[pairs], order[pairs + 1]
    vendor, proof = (
        made.regular[first, SERVICE, 0],
        made.chance.integers(10**11, 10**12, len(first)),
    )
    equal = made.chance.random(len(first)) < 0.05
    for who, part in ((first, 600_000), (second, np.where(equal, 600_000, 400_000))):
        made.add(
            project=who, day=made.days(who), item=SERVICE, vendor=vendor, account=10**9 + vendor,
            purpose=2, amount=part + made.pay[first, 0] // 50, evidence=proof,
        )  # fmt: skip


def _between_jobs(made: Made) -> None:
    """People who change firms: paid by both in one month, rarely in two."""
    who = _some(made, 0.02)
    other = (who + 1) % len(made.start)
    months = 1 + (made.chance.random(len(who)) < 0.1)
    row = np.repeat(np.arange(len(who)), months)
    day = _payday(made.start[other[row]], 2 + np.arange(len(row)) - np.searchsorted(row, row))
    person = person_of(other[row], 0)
    made.add(
        project=who[row], day=day, item=LABOUR, purpose=0, amount=made.pay[who[row], 3] // 2,
        person=person, account=person,
    )  # fmt: skip


def _under_limits(made: Made) -> None:
    """Goods at a list price a little under a round sum, bought as they are needed."""
    who = np.repeat(_some(made, 0.03), 2)
    vendor = made.regular[who, MATERIALS, 1]
    made.add(
        project=who, day=np.repeat(made.days(who[::2]), 2) + 3 * (np.arange(len(who)) % 2),
        item=MATERIALS, vendor=vendor, account=10**9 + vendor, purpose=3,
        amount=np.where(who % 3 == 0, 2_970_000, 980_000),
    )  # fmt: skip


def _year_ends(made: Made) -> None:
    """What is left is spent on what is needed, planned or not."""
    who = np.repeat(_some(made, 0.1), 3)
    vendor = made.regular[who, EQUIPMENT, np.arange(len(who)) % 3]
    made.add(
        project=who, day=made.days(who, 0.95, 1.0), item=np.where(who % 2, EQUIPMENT, MATERIALS),
        vendor=vendor, account=10**9 + vendor, purpose=1, amount=made.pay[who, 4] * 2 // 3,
        in_plan=made.chance.random(len(who)) < 0.8,
    )  # fmt: skip


def _nights(made: Made) -> None:
    """Tests through the night and trips over holidays."""
    who = np.repeat(_some(made, 0.05), 3)
    vendor = made.regular[who, TRAVEL, 0]
    free = np.array(sorted((day - EPOCH).days for day in _holidays()))
    near = free[np.searchsorted(free, made.days(who)).clip(0, len(free) - 1)]
    made.add(
        project=who, day=near, item=np.where(who % 2, TRAVEL, OPERATING), vendor=vendor,
        account=-1, purpose=0, amount=made.pay[who, 5] // 40, method=CARD,
        minute=made.chance.integers(0, 1439, len(who)),
    )  # fmt: skip


def _relatives(made: Made) -> None:
    """Small holdings, and relatives bought from with consent."""
    for project in _some(made, 0.2):
        percent = str(made.chance.integers(1, 29))
        made.relations.append(
            (int(made.firm[project]), int(made.regular[project, MATERIALS, 1]), "share", percent)
        )
    for project in _some(made, 0.002):
        made.relations.append(
            (int(made.firm[project]), int(made.regular[project, SERVICE, 0]), "kin", "")
        )


def _craftsmen(made: Made) -> None:
    """A workshop nearby that works for this firm only, and numbers its bills for it."""
    for project in _some(made, 0.02):
        vendor, times = made.new_vendor(), int(made.chance.integers(2, 6))
        who = np.full(times, project)
        made.add(
            project=who, day=np.sort(made.days(who)), item=MATERIALS, vendor=vendor,
            account=10**9 + vendor, purpose=4, evidence=10**13 + vendor * 1000 + np.arange(times),
            amount=made.chance.integers(300, 3_000, times) * 1_000,
        )  # fmt: skip


def _collectors(made: Made) -> None:
    """A company that collects for many shops, and owners with two shops."""
    who = np.repeat(_some(made, 0.2), 2)
    vendor = made.regular[who, OPERATING, np.arange(len(who)) % 2]
    made.add(
        project=who, day=made.days(who), item=OPERATING, vendor=vendor, account=10**9 - 1,
        purpose=2, amount=made.pay[who, 6] // 30,
    )  # fmt: skip
    who = np.repeat(_some(made, 0.003), 2)
    vendor = made.regular[who, OPERATING, 1 + np.arange(len(who)) % 2]
    made.add(
        project=who, day=made.days(who), item=OPERATING, vendor=vendor,
        account=2 * 10**9 + who, purpose=2, amount=made.pay[who, 6] // 25,
    )  # fmt: skip


def _large_planned(made: Made) -> None:
    who = _some(made, 0.05)
    vendor = made.regular[who, EQUIPMENT, 0]
    made.add(
        project=who, day=made.days(who, 0.1, 0.6), item=EQUIPMENT, vendor=vendor,
        account=10**9 + vendor, purpose=4, amount=made.total[who] // 4,
    )  # fmt: skip


def _after_the_end(made: Made) -> None:
    """The last bill comes after the end."""
    who = _some(made, 0.08)
    vendor = made.regular[who, OPERATING, 0]
    made.add(
        project=who, day=made.end[who] + made.chance.integers(1, 45, len(who)), item=OPERATING,
        vendor=vendor, account=10**9 + vendor, purpose=0, amount=made.pay[who, 7] // 40,
    )  # fmt: skip


def _holidays() -> Any:
    return country_holidays("KR", years=range(2019, 2028))


def _bad(made: Made) -> None:
    count = len(made.start)
    bad = made.chance.choice(count, max(1, round(count * BAD_SHARE)), replace=False)
    weights = np.array(list(SCHEMES.values()), float)
    kinds = made.chance.choice(list(SCHEMES), len(bad), p=weights / weights.sum())
    for project, kind in zip(bad, kinds, strict=True):
        made.schemes[int(project)] = str(kind)
        _CHEATS[str(kind)](made, int(project))


def _won(made: Made, project: int, low: float = 0.04, high: float = 0.25) -> int:
    """How much is taken: a part of the project's money."""
    return int(made.total[project] * made.chance.uniform(low, high))


def _months(made: Made, project: int, least: int) -> Any:
    most = int((made.end[project] - made.start[project]) // 30)
    first = int(made.chance.integers(0, max(1, most - least)))
    length = int(made.chance.integers(least, max(least + 1, most - first + 1)))
    return _payday(made.start[project], np.arange(first, first + length))


def _family_pay(made: Made, project: int) -> None:
    """Relatives on the payroll; often the pay goes to one account of the family."""
    people = int(made.chance.integers(1, 4))
    one_account = made.chance.random() < 0.7
    holder = person_of(project, 0)
    for number in range(people):
        day = _months(made, project, 5)
        person = 10**8 + project * 10 + number
        account = holder if one_account else person
        made.add(
            project=np.full(len(day), project), day=day, item=LABOUR, purpose=0, person=person,
            account=account, amount=int(made.chance.integers(18, 32)) * 100_000,
        )  # fmt: skip


def _borrowed_names(made: Made, project: int) -> None:
    """People who work elsewhere; some of the places have projects too."""
    for _ in range(int(made.chance.integers(1, 3))):
        day = _months(made, project, 4)
        other = _at_the_time(made, project)
        known = made.chance.random() < 0.75
        if known:  # the term of the other project is the time at which the name is borrowed
            both = (
                max(made.start[project], made.start[other]),
                min(made.end[project], made.end[other]),
            )
            day = _payday(both[0], np.arange(max(0, (both[1] - both[0]) // 30)))
        person = person_of(other, 1) if known else 2 * 10**8 + project
        made.add(
            project=np.full(len(day), project), day=day, item=LABOUR, purpose=0, person=person,
            account=person, amount=int(made.chance.integers(20, 40)) * 100_000,
        )  # fmt: skip


def _at_the_time(made: Made, project: int, months: int = 4) -> int:
    """Another project whose term overlaps by some months: nobody lends a name that is not yet paid."""
    both = np.minimum(made.end, made.end[project]) - np.maximum(made.start, made.start[project])
    both[project] = 0
    near = np.flatnonzero(both >= months * 31)
    return int(made.chance.choice(near if len(near) else np.delete(np.arange(len(both)), project)))


def _pay_handed_back(made: Made, project: int) -> None:
    """Pay is doubled for a time and handed back: a second pay a month, or one that is higher."""
    day = _months(made, project, 3)
    people = int(made.chance.integers(1, made.staff[project] + 1))
    for number in range(people):
        person = person_of(project, number)
        extra = int(made.pay[project, number] * made.chance.uniform(0.5, 1.1))
        made.add(
            project=np.full(len(day), project), day=day, item=LABOUR, purpose=0, person=person,
            account=person, amount=extra,
        )  # fmt: skip


def _pay_without_trace(made: Made, project: int) -> None:
    """Somebody who does other work is on the payroll: in the ledger pay like any other."""
    day = _months(made, project, 6)
    person = 3 * 10**8 + project
    made.add(
        project=np.full(len(day), project), day=day, item=LABOUR, purpose=0, person=person,
        account=person, amount=int(made.chance.integers(22, 38)) * 100_000,
    )  # fmt: skip


def _invoices(made: Made, project: int, vendor: int, amounts: Any, **more: Any) -> None:
    who = np.full(len(amounts), project)
    invoice = {
        "day": made.days(who),
        "item": MATERIALS,
        "account": 10**9 + vendor,
        "purpose": 3,
    } | more
    made.add(project=who, vendor=vendor, amount=np.asarray(amounts), **invoice)


def _paper_vendor(made: Made, project: int) -> None:
    """A vendor that exists by name: few large bills, nobody else's; a clerk or relative behind it."""
    vendor, times = made.new_vendor(), int(made.chance.integers(2, 7))
    whole = _won(made, project)
    parts = made.chance.dirichlet(np.full(times, 3.0)) * whole
    round_sums = made.chance.random() < 0.6
    amounts = (parts // 100_000 * 100_000 if round_sums else parts).astype(int) + (not round_sums)
    amounts = np.maximum(amounts, 300_000)
    item = int(made.chance.choice([MATERIALS, SERVICE]))
    more: dict[str, Any] = {"item": item}
    if made.chance.random() < 0.5:
        more["evidence"] = 10**13 + vendor * 1000 + np.arange(times)
        more["day"] = np.sort(made.days(np.full(times, project)))
    if made.chance.random() < 0.25:
        more["account"] = person_of(project, 0)
    if made.chance.random() < 0.25:
        made.relations.append((int(made.firm[project]), vendor, "kin", ""))
    _invoices(made, project, vendor, amounts, **more)


def _inflated_price(made: Made, project: int) -> None:
    """Real goods at several times their price, of a vendor that often belongs to the family."""
    vendor = int(made.regular[project, MATERIALS, 0])
    if made.chance.random() < 0.5:
        made.relations.append((int(made.firm[project]), vendor, "same representative", ""))
    times = int(made.chance.integers(1, 5))
    factor = made.chance.uniform(4, 15, times)
    _invoices(made, project, vendor, (MEDIANS[MATERIALS, 3] * factor).astype(int))


def _cut_up(made: Made, project: int) -> None:
    """One contract in several orders under the sum that needs consent, to a favoured vendor."""
    vendor = int(made.regular[project, SERVICE, 1])
    limit = int(made.chance.choice([3_000_000, 5_000_000, 10_000_000, 20_000_000, 30_000_000]))
    for _ in range(int(made.chance.integers(1, 4))):
        times = int(made.chance.integers(2, 6))
        first = made.days(np.array([project]), 0.1, 0.9)[0]
        _invoices(
            made, project, vendor, (limit * made.chance.uniform(0.88, 0.995, times)).astype(int),
            day=first + np.sort(made.chance.integers(0, 9, times)), item=SERVICE, purpose=3,
        )  # fmt: skip


def _proof_twice(made: Made, project: int) -> None:
    """Proofs used again: in the project under the same or a changed number, or in another one."""
    for _ in range(int(made.chance.integers(1, 5))):
        vendor = int(made.regular[project, MATERIALS, int(made.chance.integers(0, 3))])
        amount, proof = _won(made, project, 0.003, 0.02), int(made.chance.integers(10**11, 10**12))
        how = made.chance.random()
        other = project if how < 0.6 else int(made.chance.integers(0, len(made.start)))
        changed = proof + 10 ** int(made.chance.integers(0, 6)) if how < 0.2 else proof
        _invoices(made, project, vendor, [amount], evidence=proof)
        _invoices(made, other, vendor, [amount], evidence=changed)


def _private_use(made: Made, project: int) -> None:
    """The card in the evening, on holidays, on golf and in bars."""
    times = int(made.chance.integers(6, 25))
    who = np.full(times, project)
    free = np.array(sorted((day - EPOCH).days for day in _holidays()))
    free = free[(free >= made.start[project]) & (free <= made.end[project])]
    day = np.where(made.chance.random(times) < 0.4, made.chance.choice(free, times), made.days(who))
    minute = np.where(
        made.chance.random(times) < 0.5, made.chance.integers(1380, 1440, times), 1100
    )
    barred = made.chance.random(times) < 0.2
    vendor = np.where(
        barred, BARRED + made.chance.integers(0, 500, times), made.regular[project, MEETING, 2]
    )
    made.add(
        project=who, day=day, item=MEETING, vendor=vendor, purpose=0, method=CARD, minute=minute,
        amount=made.chance.integers(80_000, 600_000, times), attendees=4,
    )  # fmt: skip


def _other_goods(made: Made, project: int) -> None:
    """Goods for the firm's own business, bought when money was left at the end."""
    times = int(made.chance.integers(2, 6))
    parts = made.chance.dirichlet(np.full(times, 3.0)) * _won(made, project)
    who = np.full(times, project)
    vendor = int(made.regular[project, EQUIPMENT, 1])
    _invoices(
        made, project, vendor, np.maximum(parts.astype(int), 200_000), in_plan=0,
        item=int(made.chance.choice([EQUIPMENT, MATERIALS])), day=made.days(who, 0.94, 1.0),
    )  # fmt: skip


def _withdrawal(made: Made, project: int) -> None:
    """Money drawn to the firm itself, or without any proof."""
    own = made.chance.random() < 0.5
    vendor = -2 - int(made.firm[project]) if own else made.new_vendor()
    _invoices(made, project, vendor, [_won(made, project)], evidence=-1)


_CHEATS = {
    "family_pay": _family_pay, "borrowed_names": _borrowed_names,
    "pay_handed_back": _pay_handed_back, "pay_without_trace": _pay_without_trace,
    "paper_vendor": _paper_vendor, "inflated_price": _inflated_price, "cut_up": _cut_up,
    "proof_twice": _proof_twice, "private_use": _private_use, "other_goods": _other_goods,
    "withdrawal": _withdrawal,
}  # fmt: skip


def write(made: Made, folder: Path) -> int:
    """Write expenses, projects and relations as Parquet; how many expenses there are."""
    folder.mkdir(parents=True, exist_ok=True)
    columns = {name: np.concatenate([block[name] for block in made.blocks]) for name in COLUMNS}
    rows = len(columns["project"])
    order = made.chance.permutation(rows)
    spent = pa.table({name: column[order] for name, column in columns.items()})
    with duckdb.connect() as connection:
        connection.register("spent", spent)
        items = ", ".join(f"'{item}'" for item in ITEMS)
        connection.execute(
            f"""COPY (SELECT CAST(row_number() OVER () AS VARCHAR) AS "row",
            printf('P%05d', project) AS project, DATE '1970-01-01' + CAST(day AS INTEGER) AS date,
            CASE WHEN minute >= 0 THEN printf('%02d:%02d', minute // 60, minute % 60) END AS time,
            [{items}][item + 1] AS item, {_vendor("vendor")} AS vendor,
            CASE WHEN vendor >= {BARRED} THEN printf('강남노래주점%d', vendor % 1000)
              WHEN vendor < -1 THEN printf('기업%05d', -2 - vendor)
              WHEN vendor >= 0 THEN printf('상사%06d', vendor) END AS vendor_name,
            CASE WHEN account >= 0 AND method = 1 THEN printf('A%010d', account) END AS account,
            CASE method WHEN 0 THEN 'card' ELSE 'transfer' END AS method, amount,
            CASE WHEN item = 0 THEN 0 ELSE amount // 11 END AS vat,
            CASE item WHEN 0 THEN '급여' ELSE printf('%s %d', [{items}][item + 1], purpose) END
              AS purpose,
            CASE WHEN evidence >= 0 THEN printf('E%014d', evidence) END AS evidence,
            CASE WHEN person >= 0 THEN printf('S%09d', person) END AS person,
            CASE WHEN attendees >= 0 THEN attendees END AS attendees, in_plan = 1 AS in_plan
            FROM spent) TO '{folder}/expenses.parquet' (FORMAT parquet)"""
        )
        _write_projects(made, columns, folder, connection)
        _write_relations(made, folder, connection)
    return rows


def _vendor(name: str) -> str:
    return (
        f"CASE WHEN {name} >= 0 THEN printf('V%09d', {name})"
        f" WHEN {name} < -1 THEN printf('F%05d', -2 - {name}) END"
    )


def _write_projects(
    made: Made, columns: dict[str, Any], folder: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    """A plan that honest spending keeps to, more or less."""
    count = len(made.start)
    spent = np.zeros((count, 7))
    np.add.at(spent, (columns["project"], columns["item"]), columns["amount"])
    plan = spent * made.chance.uniform(0.85, 1.2, spent.shape) + 500_000
    data: dict[str, Any] = {
        "n": np.arange(count), "firm": made.firm, "first": made.start, "finish": made.end,
        "total": plan.sum(axis=1).astype(np.int64),
    }  # fmt: skip
    data |= {f"plan_{item}": plan[:, at].astype(np.int64) for at, item in enumerate(ITEMS)}
    connection.register("made", pa.table(data))
    plans = ", ".join(f"plan_{item}" for item in ITEMS)
    connection.execute(
        f"""COPY (SELECT printf('P%05d', n) AS id, printf('F%05d', firm) AS firm,
        DATE '1970-01-01' + CAST(first AS INTEGER) AS start,
        DATE '1970-01-01' + CAST(finish AS INTEGER) AS "end", total, {plans} FROM made)
        TO '{folder}/projects.parquet' (FORMAT parquet)"""
    )


def _write_relations(made: Made, folder: Path, connection: duckdb.DuckDBPyConnection) -> None:
    firms, vendors, kinds, percents = zip(*made.relations, strict=True)
    table = pa.table({"f": firms, "v": vendors, "relation": kinds, "percent": percents})
    connection.register("tied", table)
    connection.execute(
        f"""COPY (SELECT DISTINCT printf('F%05d', f) AS firm, {_vendor("v")} AS vendor, relation,
        percent FROM tied ORDER BY ALL) TO '{folder}/relations.parquet' (FORMAT parquet)"""
    )
