"""Whatever a plan's file holds, it is read, or refused with the place."""

import json

from hypothesis import given
from hypothesis import strategies as st

from dure.engines import funding
from dure.foundation import programmes
from dure.foundation.programmes import UnusablePlan
from tests.foundation.programmes.plans import DAY

RULES = programmes.read(programmes.shipped()["challenge"].read_bytes())
KEYS = ["months", "money", "categories", "facts", "role", "instrument", "kind", "amount", "year"]
KEYS += ["phase", "organisation", "category", "trl", "size", "founded", "confirmed"]
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**16),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["government", "grant", "cash", "lead", "small", "2016-03-02", ""]),
    st.text(max_size=5),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(KEYS), inner, max_size=5)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(KEYS[:4]), values))
def test_any_json_is_judged_or_refused(written):
    content = json.dumps(written).encode()
    try:
        plan = programmes.read_plan(content)
    except UnusablePlan as refusal:
        plan = None
        faults = refusal.faults

    if plan is None:
        assert all(faults)
    else:
        answer = programmes.judge_plan(RULES, plan, DAY).as_json("ko")
        assert answer["passes"] is (answer["violations"] == [])
        assert json.loads(json.dumps(answer)) == answer


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content):
    try:
        plan = programmes.read_plan(content)
    except UnusablePlan:
        plan = funding.Plan(None, ())

    assert programmes.judge_plan(RULES, plan, DAY).violations
