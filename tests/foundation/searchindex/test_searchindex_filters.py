"""Filters select what they say, whatever the values are."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dure.foundation.searchindex import (
    Where,
    all_of,
    any_of,
    at_least,
    at_most,
    between,
    equals,
    has_any,
    is_missing,
    one_of,
)
from tests.foundation.searchindex.conftest import document, ids

HOSTILE = [
    "PUBLIC",
    "'",
    "''",
    "' OR true --",
    "x') OR (`side` IS NOT NULL",
    "a\\' OR 1=1",
    "`side`",
    '"',
    "두레",
    "é",
    "e\u0301",
    "",
    " ",
    "a;DROP TABLE passages_00001",
    "line\nbreak",
    "nul\x00byte",
    "🙂",
    "%",
    "/* */",
]
values = st.sampled_from(HOSTILE)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """One document per hostile value, as visibility and as cooperation."""
    from dure.foundation.searchindex import LanceIndex
    from tests.foundation.searchindex.conftest import COLUMNS, DIMENSION

    index = LanceIndex(
        tmp_path_factory.mktemp("shelf"), model_id="toy/1", dimension=DIMENSION, columns=COLUMNS
    )
    for i, value in enumerate(HOSTILE):
        trl = i if i % 3 else None
        index.upsert(
            document(f"D{i}", words="word", visibility=value, trl=trl, cooperation=[value, "ALL"])
        )
    return index


def found(index, where):
    return ids(index.search(words=["word"], vector=None, where=where, limit=100))


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(wanted=st.lists(values, max_size=4), shut=st.lists(values, max_size=3))
def test_a_filter_finds_exactly_the_values_asked_for(shelf, wanted, shut):
    where = one_of("visibility", wanted) & ~one_of("visibility", shut)

    assert found(shelf, where) == {
        f"D{i}" for i, value in enumerate(HOSTILE) if value in wanted and value not in shut
    }


@settings(max_examples=15)
@given(value=st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_no_text_opens_a_filter(shelf, value):
    assert found(shelf, equals("visibility", value)) <= {
        f"D{i}" for i, held in enumerate(HOSTILE) if held == value
    }


@pytest.mark.parametrize("value", HOSTILE)
def test_lists_are_searched_by_entry(shelf, value):
    assert found(shelf, has_any("cooperation", [value])) == {f"D{HOSTILE.index(value)}"}


TRL = {i: i if i % 3 else None for i in range(len(HOSTILE))}


@pytest.mark.parametrize(
    ("where", "passes"),
    [
        (between("trl", 4, 8), lambda trl: trl is not None and 4 <= trl <= 8),
        (at_least("trl", 7), lambda trl: trl is not None and trl >= 7),
        (at_most("trl", 7), lambda trl: trl is not None and trl <= 7),
        (is_missing("trl"), lambda trl: trl is None),
        (~at_most("trl", 7), lambda trl: trl is None or trl > 7),
        (is_missing("trl") | at_least("trl", 7), lambda trl: trl is None or trl >= 7),
        (one_of("trl", [1, 2, 99]), lambda trl: trl in {1, 2}),
        (one_of("trl", []), lambda trl: False),
        (has_any("cooperation", []), lambda trl: False),
        (any_of(), lambda trl: False),
        (all_of(), lambda trl: True),
        (all_of() & at_least("trl", 7), lambda trl: trl is not None and trl >= 7),
    ],
)
def test_numbers_and_missing_values(shelf, where, passes):
    assert found(shelf, where) == {f"D{i}" for i, trl in TRL.items() if passes(trl)}


def test_text_instead_of_a_filter_is_refused(shelf):
    with pytest.raises(TypeError):
        found(shelf, "visibility = 'PUBLIC'")
    with pytest.raises(TypeError):
        all_of(equals("trl", 1), "true")


@pytest.mark.parametrize("column", ["", "TRL", "trl OR true", "trl`", "1"])
def test_only_names_are_columns(column):
    with pytest.raises(ValueError, match="no column name"):
        equals(column, 1)


@pytest.mark.parametrize("value", [True, None, 1.5, b"x"])
def test_other_types_are_refused(value):
    with pytest.raises(TypeError):
        equals("trl", value)


def test_a_filter_is_text():
    assert isinstance(equals("side", "NEED"), str)
    assert equals("side", "it's") == "`side` IN ('it''s')"
    assert isinstance(~equals("side", "NEED"), Where)
