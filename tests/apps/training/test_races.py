"""Two at once want the last seat; a seat that is given back goes to one."""

import pytest

from dure.apps.training import operations
from dure.apps.training.models import Seat
from tests.at_once import at_once
from tests.cast import make_cast
from tests.conftest import NOON

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_the_last_seat_goes_to_one_and_the_other_waits():
    cast = make_cast()
    course = cast.open_course(1)

    at_once(*(
        lambda name=name: operations.register(course=course, by=cast[name], at=NOON)
        for name in ("supplier", "rival", "member")
    ))  # fmt: skip

    stages = sorted(Seat.objects.values_list("stage", flat=True))
    assert stages == ["SEATED", "WAITING", "WAITING"]
