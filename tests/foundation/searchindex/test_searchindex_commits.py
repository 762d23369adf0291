"""Changes of the index that meet the changes of others are made again."""

import pytest

from dure.foundation.again import TryAgain
from dure.foundation.searchindex import _commits
from dure.foundation.searchindex._commits import committed

CONFLICT = "lance error: Retryable commit conflict for version 41: concurrent transaction"


@pytest.fixture(autouse=True)
def no_pause(monkeypatch):
    monkeypatch.setattr(_commits, "_FIRST_PAUSE", 0)


def failing(times: int, error: Exception):
    """A change that fails so often before it is made."""
    left = iter([error] * times)

    def change() -> str:
        for cause in left:
            raise cause
        return "made"

    return change


def test_change_is_made_again_when_another_was_first():
    assert committed(failing(3, RuntimeError(CONFLICT))) == "made"


def test_change_that_is_never_first_may_be_tried_later():
    with pytest.raises(TryAgain):
        committed(failing(100, RuntimeError(CONFLICT)))


def test_any_other_fault_is_raised_at_once():
    with pytest.raises(RuntimeError, match="no space"):
        committed(failing(1, RuntimeError("no space left on device")))
