"""Facts as lists write them, and back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.eligibility import AtLeast, AtMost, Clear, Holds, OneOf, Younger
from dure.foundation import programmes
from dure.foundation.programmes import UnreadableFact, listed_facts, read_fact, write_fact
from dure.values.days import read_day

KINDS = {
    Clear: {"yes_no"},
    Holds: {"yes_no"},
    AtMost: {"number"},
    AtLeast: {"number"},
    Younger: {"day"},
    OneOf: {"size", "region"},
}


@pytest.mark.parametrize(
    ("fact", "text", "value"),
    [
        ("arrears", "예", True),
        ("arrears", " 해당 없음 ", False),
        ("arrears", "Ｙ", True),
        ("arrears", "no", False),
        ("debt_ratio", "1,234 %", 1234),
        ("debt_ratio", "250.0", 250),
        ("size", "중소기업", "small"),
        ("size", "mid-size firm", "mid"),
        ("region", "부산광역시", "BUSAN"),
        ("founded", "2019. 3. 5.", date(2019, 3, 5)),
        ("founded", "2019-03-05 00:00:00", date(2019, 3, 5)),
    ],
)
def test_a_value_is_read_as_people_write_it(fact, text, value):
    assert read_fact(fact, text) == value


@pytest.mark.parametrize(
    ("fact", "text", "kind"),
    [
        ("arrears", "maybe", "yes_no"),
        ("arrears", "2", "yes_no"),
        ("debt_ratio", "-1", "number"),
        ("debt_ratio", "NaN", "number"),
        ("debt_ratio", "1e9", "number"),
        ("debt_ratio", "12.5", "number"),
        ("size", "huge", "size"),
        ("region", "Atlantis", "region"),
        ("founded", "2019-02-30", "day"),
        ("founded", "", "day"),
    ],
)
def test_what_is_no_value_of_the_fact_is_refused(fact, text, kind):
    with pytest.raises(UnreadableFact) as refused:
        read_fact(fact, text)

    assert refused.value.kind == kind


@given(st.dates(date(1800, 1, 1)))
def test_a_day_is_read_back(day):
    assert read_day(day.isoformat()) == read_day(f"{day.year:04}. {day.month}. {day.day}.") == day


@given(st.booleans(), st.integers(0, 999_999_999), st.dates(date(1000, 1, 1)))
def test_what_is_kept_is_read_back(flag, number, day):
    for fact, value in (("arrears", flag), ("debt_ratio", number), ("founded", day)):
        assert read_fact(fact, write_fact(value)) == value


def test_listed_facts_are_words_of_the_vocabulary():
    assert set(listed_facts()) <= set(programmes.ids("fact"))


def test_every_rule_of_the_shipped_files_asks_a_listed_fact_what_it_is():
    on = date(2026, 11, 30)
    for path in programmes.shipped().values():
        programme = programmes.read(path.read_bytes())
        shared = programmes.rule_sets().rule_set("exclusions", programme.rules.exclusions, on)
        for rule in programmes.eligibility_of(programme, shared):
            kind = listed_facts().get(rule.question.fact)
            assert kind is None or kind in KINDS[type(rule.question)], (path.stem, rule.id)


def test_general_reasons_of_exclusion_can_all_be_taken_from_lists():
    shared = programmes.rule_sets().rule_set("exclusions", "rnd", date(2026, 11, 30))
    # What a project is about, no list of organisations says.
    about_projects = {"duplicate", "exempt_programme", "failed_task", "first_step_track"}
    asked = {rule.fact for rule in shared.eligibility}
    asked |= {fact for rule in shared.eligibility for fact in rule.unless}

    assert asked - about_projects <= set(listed_facts())
