"""What comes after a stage."""

import pytest

from dure.engines.funding import Programme, Stage, Step, next_stage

PROGRAMME = Programme(
    (), stages=(Stage("apply"), Stage("research", ("investment",)), Stage("closing"))
)


@pytest.mark.parametrize(
    ("stage", "confirmed", "step"),
    [
        (None, (), Step("apply")),
        ("apply", (), Step("research", ("investment",))),
        ("apply", ("investment",), Step("research")),
        ("research", (), Step("closing")),
        ("closing", (), Step(None)),
    ],
)
def test_the_next_stage_waits_for_what_it_needs(stage, confirmed, step):
    assert next_stage(PROGRAMME, stage, confirmed) == step


def test_a_stage_that_is_not_there_is_an_error():
    with pytest.raises(ValueError, match="elsewhere"):
        next_stage(PROGRAMME, "elsewhere", ())
