"""What holds for every plan and every programme that dure comes with."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dure.engines.funding import (
    AmountMax,
    Cost,
    DurationMax,
    Facts,
    Instrument,
    Kind,
    Money,
    MultipleMax,
    Plan,
    Programme,
    Role,
    Rule,
    Share,
    Tranche,
    check,
    instalments,
    split,
)
from dure.foundation import programmes

ALL = {
    programme_id: programmes.terms(programmes.read(path.read_bytes()))
    for programme_id, path in programmes.shipped().items()
}
SIZES = st.sampled_from([0, 1, 1_000_000, 6_000_000, 25_000_000, 30_000_000, 1_000_000_000])
AMOUNTS = st.one_of(SIZES, st.integers(0, 3 * 10**9))
PHASES = sorted({phase.id for rules in ALL.values() for phase in rules.phases})
CONFIRMED = ["private_investment", "special_guarantee", "purchase_consent", "transfer_contract"]


def rows(amounts=AMOUNTS):
    return st.builds(
        Money,
        st.sampled_from([role.value for role in Role]),
        st.sampled_from([instrument.value for instrument in Instrument]),
        st.sampled_from([kind.value for kind in Kind]),
        amounts,
        st.one_of(st.none(), st.integers(1, 4)),
        st.one_of(st.none(), st.sampled_from(PHASES)),
        st.one_of(st.none(), st.sampled_from(["a", "b"])),
    )


facts = st.builds(
    Facts,
    trl=st.one_of(st.none(), st.integers(1, 9)),
    size=st.one_of(st.none(), st.sampled_from(["small", "large"])),
    confirmed=st.frozensets(st.sampled_from(CONFIRMED)),
)
plans = st.builds(
    Plan, st.integers(1, 60), st.lists(rows(), min_size=1, max_size=6).map(tuple), facts=facts
)
programme_ids = st.sampled_from(sorted(ALL))


@st.composite
def fitting(draw):
    """A programme, and a plan of payers and phases that it knows."""
    rules = ALL[draw(programme_ids)]
    payers = st.sampled_from(rules.payers)
    phases = st.sampled_from([phase.id for phase in rules.phases] or [None])
    money = []
    for _ in range(draw(st.integers(1, 5))):
        payer = draw(payers)
        instrument = draw(st.sampled_from(payer.instruments))
        money.append(Money(payer.role, instrument, "cash", draw(AMOUNTS), None, draw(phases)))
    return rules, Plan(draw(st.integers(1, 40)), tuple(money), facts=draw(facts))


@given(st.tuples(*[st.integers(0, 400_000_000)] * 3), st.integers(1, 16))
def test_a_plan_passes_exactly_when_it_keeps_each_stated_rule(amounts, months):
    government, demand, lead = amounts
    total = sum(amounts)
    plan = Plan(
        months,
        (
            Money("government", "grant", "cash", government),
            Money("demand", "own_share", "in_kind", demand),
            Money("lead", "own_share", "cash", lead),
        ),
    )
    broken = {
        ("total_max", None): total > 350_000_000,
        ("share_max", "government"): government * 100 > total * 60,
        ("share_min", "demand"): demand * 100 < total * 30,
        ("share_min", "lead"): lead * 100 < total * 10,
        ("duration_max", None): months > 14,
    }

    reported = {
        (violation.rule.value, violation.role) for violation in check(plan, ALL["challenge"])
    }

    assert reported == {rule for rule, is_broken in broken.items() if is_broken}


@given(plans)
def test_every_plan_splits_to_the_won(plan):
    parts = split(plan)

    paid = sum(row.amount for row in plan.money if row.kind != "unpaid")
    assert sum(part.amount for part in parts) == paid
    assert sum(part.hundredths for part in parts) == (10_000 if paid else 0)
    for part in parts:
        assert part.cash + part.in_kind == part.amount
        assert sum(amount for _year, amount in part.years) == part.amount


@given(plans, st.lists(st.integers(1, 100), min_size=1, max_size=5))
def test_instalments_add_up_to_the_public_cash(plan, percents):
    rules = Programme((), tranches=tuple(Tranche(str(n), p) for n, p in enumerate(percents)))

    public = [row for row in plan.money if (row.role, row.kind) == ("government", "cash")]
    assert sum(instalment.amount for instalment in instalments(plan, rules)) == sum(
        r.amount for r in public
    )


def shrunk(limit, part):
    """A rule with a smaller cap; floors and the rest as they are."""
    match limit:
        case AmountMax():
            return replace(limit, won=int(limit.won * part))
        case DurationMax():
            return replace(limit, months=int(limit.months * part))
        case MultipleMax():
            return replace(limit, times=limit.times * part)
        case Share(rule=Rule.SHARE_MAX):
            return replace(limit, share=limit.share * part)
    return limit


# Most plans that are drawn pass, and are left out here.
@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(fitting(), st.fractions(0, 1, max_denominator=100))
def test_a_smaller_cap_lets_no_failing_plan_pass(case, part):
    rules, plan = case
    assume(check(plan, rules))
    phases = tuple(
        replace(phase, months=phase.months and int(phase.months * part)) for phase in rules.phases
    )

    tighter = replace(
        rules, limits=tuple(shrunk(limit, Fraction(part)) for limit in rules.limits), phases=phases
    )

    assert check(plan, tighter)


@given(fitting(), st.data())
def test_a_half_filled_plan_never_passes(case, data):
    rules, plan = case
    place = data.draw(st.integers(0, len(plan.money) - 1))
    gap = data.draw(st.sampled_from(["months", "money", "role", "instrument", "kind", "amount"]))
    if gap == "months":
        plan = replace(plan, months=None)
    elif gap == "money":
        plan = replace(plan, money=())
    else:
        row = replace(plan.money[place], **{gap: None})
        plan = replace(plan, money=(*plan.money[:place], row, *plan.money[place + 1 :]))

    assert Rule.MISSING in {violation.rule for violation in check(plan, rules)}
    split(plan)


@given(programme_ids, plans)
def test_nobody_pays_who_is_not_asked_to(programme_id, plan):
    rules = ALL[programme_id]
    known = {payer.role: payer.instruments for payer in rules.payers}
    strangers = [row for row in plan.money if row.instrument not in known.get(row.role, ())]

    unknown = [violation for violation in check(plan, rules) if violation.rule is Rule.UNKNOWN]

    assert bool(unknown) >= bool(strangers)


@given(fitting())
def test_what_a_violation_tells_is_how_far_the_plan_is_from_passing(case):
    rules, plan = case
    floors = {Rule.AMOUNT_MIN, Rule.SHARE_MIN, Rule.CASH_SHARE_MIN, Rule.ORDER}

    for violation in check(plan, rules):
        if violation.limit is not None:
            beyond = (
                violation.limit - violation.actual
                if violation.rule in floors
                else violation.actual - violation.limit
            )
            assert violation.excess == beyond > 0


@given(fitting(), st.permutations(range(5)))
def test_the_order_of_rows_does_not_matter_where_phases_are_named(case, order):
    rules, plan = case
    shuffled = replace(
        plan, money=tuple(plan.money[place] for place in order if place < len(plan.money))
    )

    violations = [
        {(e.rule, e.role, e.limit, e.actual) for e in check(p, rules)} for p in (plan, shuffled)
    ]

    assert violations[0] == violations[1]


@given(st.lists(st.builds(Cost, st.text(max_size=9), st.sampled_from(list(Kind)), AMOUNTS)))
def test_a_programme_without_budget_rules_says_nothing_of_categories(costs):
    plan = Plan(12, (Money("government", "grant", "cash", 1),), tuple(costs))

    assert check(plan, ALL["tech-innovation"]) == ()
