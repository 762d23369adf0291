"""An introduction of the cast, and how its two sides act."""

from datetime import timedelta

import pytest

from dure.apps.introductions import operations
from tests.conftest import NOON

MORNING = NOON + timedelta(days=5)


@pytest.fixture
def introduced(cast):
    return cast.introduction()


@pytest.fixture
def say(cast, introduced):
    """Somebody of the cast writes."""

    def write(who, text="안녕하세요.", at=NOON, files=()):
        return operations.write(
            introduction=introduced, text=text, files=files, by=cast[who], at=at
        )

    return write


@pytest.fixture
def propose(cast, introduced):
    """Somebody of the cast proposes a time."""

    def offer(who, *times, at=NOON):
        return operations.propose_times(
            introduction=introduced, times=times or [MORNING], minutes=60, is_online=False,
            place="창원 공장 2층", by=cast[who], at=at,
        )  # fmt: skip

    return offer
