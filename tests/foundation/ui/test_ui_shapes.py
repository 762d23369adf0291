"""The shapes of charts, and what a list says about its filters and order."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from dure.foundation.ui import charts, listing, samples

values = st.lists(st.integers(0, 10**9), min_size=1, max_size=5)


def rows(figures):
    return [{"label": str(at), "value": value} for at, value in enumerate(figures)]


@given(values)
def test_shares_fill_the_whole(figures):
    parts = charts.shares(rows(figures))

    whole = 100 if sum(figures) else 0
    assert sum(part.percent for part in parts) == whole
    assert sum(part.width for part in parts) == pytest.approx(whole, abs=0.01)
    assert all(part.start + part.width <= 100.01 for part in parts)


@given(values)
def test_the_longest_bar_fills_the_width(figures):
    bars = charts.bars(rows(figures))

    assert max(bar.width for bar in bars) == (100 if any(figures) else 0)
    assert [bar.value for bar in bars] == figures


def test_a_funnel_compares_with_the_step_before():
    steps = charts.funnel(rows([40, 31, 18, 10]))

    assert [step.percent for step in steps] == [100, 78, 58, 56]
    assert [step.width for step in steps] == [100, 77.5, 45, 25]


def test_a_funnel_gives_little_a_digit_so_that_it_does_not_read_as_nothing():
    assert [step.percent for step in charts.funnel(rows([994, 4, 0]))] == [100, 0.4, 0]


def test_a_funnel_that_starts_with_nothing_is_empty():
    assert [step.width for step in charts.funnel(rows([0, 0]))] == [0, 0]


def test_a_plan_just_missed_is_not_rounded_up_to_reached():
    bars = charts.plan_actual([{"label": "a", "value": 999, "plan": 1000}])

    assert bars[0].percent == 99
    assert (bars[0].width, bars[0].mark) == (99.9, 100)


@pytest.mark.parametrize("shape", [charts.bars, charts.shares, charts.funnel, charts.plan_actual])
def test_no_rows_make_no_shape(shape):
    assert shape([]) == []


@pytest.mark.parametrize(
    ("query", "state", "url"),
    [
        ("", "", "?sort=title"),
        ("sort=title", "ascending", "?sort=-title"),
        ("sort=-title", "descending", "?sort=title"),
        ("sort=budget&page=3&q=a", "", "?sort=title&q=a"),
    ],
)
def test_a_sort_link_turns_the_order_and_starts_over(query, state, url):
    assert listing.sorting(QueryDict(query), "title") == listing.Sorting(state, url)


def test_chips_name_what_is_filtered_and_lead_to_the_list_without_it():
    query = QueryDict("field=robot&state=&q=arm&page=2&unknown=1")

    chips = listing.chips(samples.NeedFilter(query), query)

    assert [(chip.label, chip.value) for chip in chips] == [
        (str(samples.NeedFilter.base_fields["q"].label), "arm"),
        (str(samples.NeedFilter.base_fields["field"].label), str(dict(samples.FIELDS)["robot"])),
    ]
    assert QueryDict(chips[0].remove_url[1:]).dict() == {
        "field": "robot",
        "state": "",
        "unknown": "1",
    }
