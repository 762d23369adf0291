"""A draft, an open course with a waiting list, and one that was held: for the test of all routes."""

from dure.apps.training.models import Certificate


def things(cast, world):
    draft = cast.drafted_course()
    free = cast.open_course(20, ("newcomer",))
    over = cast.attended_course(("rival",), title="지난 교육")
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
