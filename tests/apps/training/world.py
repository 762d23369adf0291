"""A draft, an open course with a waiting list, and one that was held: for the test of all routes."""

from datetime import date, timedelta

from dure.apps.training.models import Certificate
from tests.conftest import NOON

FAR = 20_000
"""Days, so that nothing depends on the clock of the machine."""


def things(cast, world):
    draft = cast.drafted_course()
    free = cast.open_course(20, ("reviewer",), ahead=FAR, register_until=date(2080, 1, 1))
    over = cast.attended_course(("rival",), title="지난 교육")
    long_ago = NOON - timedelta(days=FAR)
    over.days.update(starts_at=long_ago, ends_at=long_ago + timedelta(hours=4))
    held = cast.held_course(("supplier", "member"), title="마친 교육")
    return {
        "training:": held.pk,
        "training:course": free.pk,
        "training:register": free.pk,
        "training:give_back": free.pk,
        "training:edit": draft.pk,
        "training:add_day": draft.pk,
        "training:publish": draft.pk,
        "training:cancel": free.pk,
        "training:close": over.pk,
        "training:certificate": Certificate.objects.get(seat__user=cast["supplier"]).pk,
        "training:presences:day_id": over.days.get().pk,
        "training:drop_day:day_id": draft.days.get().pk,
    }
