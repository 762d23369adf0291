"""Where a fair is in its life, who must act, and what this reader can do about it."""

from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dure.apps.fairs import permissions
from dure.apps.fairs.models import Fair
from dure.apps.fairs.queries import released_timetable
from dure.apps.fairs.reasons import Reason
from dure.apps.fairs.stages import FAIR_NEXT, FairStage
from dure.apps.people.queries import Reader
from dure.foundation.ui.moves import Move, offered
from dure.foundation.verdict import Verdict

F = FairStage
PATH = (F.DRAFT, F.REGISTRATION, F.WISHES, F.PLANNING, F.RELEASED, F.HELD, F.CLOSED)
OFFICE, BOTH_SIDES, DESK = _("Programme office"), _("Both sides"), _("The desk of the fair")
TURNS: dict[str, tuple[Promise, Promise]] = {
    F.DRAFT: (_("Set up days and halls, then open registration"), OFFICE),
    F.REGISTRATION: (_("Organisations register; the office lets them in"), BOTH_SIDES),
    F.WISHES: (_("Everybody says whom they would like to meet"), BOTH_SIDES),
    F.PLANNING: (_("The timetable is made and released"), OFFICE),
    F.RELEASED: (_("The day comes"), BOTH_SIDES),
    F.HELD: (_("Meetings are held and recorded"), DESK),
}
TONES = {
    F.DRAFT: "",
    F.REGISTRATION: "primary",
    F.WISHES: "primary",
    F.PLANNING: "information",
    F.RELEASED: "success",
    F.HELD: "success",
    F.CLOSED: "",
    F.CANCELLED: "danger",
}


MOVES: dict[tuple[str, str], Move] = {
    (F.DRAFT, F.REGISTRATION): Move(
        F.REGISTRATION,
        _("Open registration"),
        _("Open registration?"),
        _("Members see the fair from now on and can register their organisation."),
        variant="primary",
    ),
    (F.REGISTRATION, F.WISHES): Move(
        F.WISHES,
        _("Collect wishes"),
        _("Begin to collect wishes?"),
        _("Everybody who was let in is told, and says whom they would like to meet."),
        variant="primary",
    ),
    (F.REGISTRATION, F.DRAFT): Move(
        F.DRAFT,
        _("Back to draft"),
        _("Take it back to draft?"),
        _("Only the programme office sees the fair then. Registrations are kept."),
    ),
    (F.WISHES, F.PLANNING): Move(
        F.PLANNING,
        _("Plan the timetable"),
        _("End the wishes and plan?"),
        _("Nobody but the programme office can change wishes after that."),
        variant="primary",
    ),
    (F.WISHES, F.REGISTRATION): Move(
        F.REGISTRATION,
        _("Back to registration"),
        _("Open registration again?"),
        _("Wishes that were said are kept."),
    ),
    (F.PLANNING, F.RELEASED): Move(
        F.RELEASED,
        _("Show the timetable"),
        _("Show the timetable again?"),
        _("Participants see the timetable that was released last."),
        variant="secondary",
    ),
    (F.PLANNING, F.WISHES): Move(
        F.WISHES,
        _("Back to wishes"),
        _("Collect wishes again?"),
        _("Everybody who was let in is told again."),
    ),
    (F.RELEASED, F.HELD): Move(
        F.HELD,
        _("Begin the day"),
        _("Does the fair begin?"),
        _("The desk opens: check-in, walk-ins and records."),
        variant="primary",
    ),
    (F.RELEASED, F.PLANNING): Move(
        F.PLANNING,
        _("Hide the timetable"),
        _("Hide the timetable?"),
        _("Participants do not see it until it is shown again."),
    ),
    (F.HELD, F.CLOSED): Move(
        F.CLOSED,
        _("Close the fair"),
        _("Close the fair?"),
        _("Nothing more is placed. What came of meetings can still be recorded."),
        variant="primary",
    ),
    (F.HELD, F.RELEASED): Move(
        F.RELEASED,
        _("Back to before the day"),
        _("Has it not begun after all?"),
        _("The desk closes again."),
    ),
    (F.CLOSED, F.HELD): Move(
        F.HELD, _("Open again"), _("Open the fair again?"), _("The desk opens again.")
    ),
    (F.CANCELLED, F.DRAFT): Move(
        F.DRAFT, _("Take up again"), _("Take it up again?"), _("It becomes a draft.")
    ),
}
CANCEL = Move(
    F.CANCELLED,
    _("Cancel the fair"),
    _("Cancel the fair?"),
    _("Say why, in a sentence; everybody who registered reads it."),
    asks_why=True,
    variant="danger",
)


def path_of(fair: Fair) -> list[dict[str, Any]]:
    """The stages of a fair's life: done, now, next."""
    path = [*PATH]
    if fair.stage == F.CANCELLED:
        path = [F.DRAFT, F.CANCELLED]
    at = path.index(FairStage(fair.stage))
    return [
        {
            "label": stage.label,
            "state": "done" if place < at else "now" if place == at else "next",
        }
        for place, stage in enumerate(path)
    ]


def turn_of(fair: Fair) -> tuple[Promise | str, Promise | str]:
    """What comes next and who must act; empty when the life is over."""
    return TURNS.get(fair.stage, ("", ""))


def deadline_of(fair: Fair, at: datetime) -> dict[str, Any]:
    """Until when the present stage lasts, where that is said: `until`, `left` and `late`."""
    until = {F.REGISTRATION: fair.registration_until, F.WISHES: fair.wishes_until}.get(fair.stage)
    if until is None and fair.stage in (F.PLANNING, F.RELEASED):
        until = getattr(fair, "starts_at", None)
    if until is None:
        return {"until": "", "left": "", "late": ""}
    days = (localtime(until).date() - localtime(at).date()).days
    left = ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days} if days > 0 else ""
    return {
        "until": date_format(localtime(until), "Y-m-d H:i"),
        "left": left,
        "late": "late" if at > until else "",
    }


def days_of(fair: Fair) -> str:
    """The day or days of a fair, as people write them; empty without slots."""
    if fair.starts_at is None:
        return ""
    first, last = localtime(fair.starts_at), localtime(fair.ends_at)
    day = date_format(first, "Y-m-d (D)")
    return day if localdate(first) == localdate(last) else f"{day} – {date_format(last, 'm-d (D)')}"


def moves_for(user: Reader, fair: Fair) -> list[Move]:
    """The moves of a fair that `user` may make, the usual one first."""
    possible = [
        CANCEL if stage == F.CANCELLED else MOVES[FairStage(fair.stage), stage]
        for stage in FAIR_NEXT[FairStage(fair.stage)]
    ]

    def judge(move: Move) -> Verdict:
        verdict = permissions.may_move(user, fair, move.stage)
        is_theirs = verdict.reason != Reason.NOT_AN_OFFICER
        is_shown = move.stage in (F.RELEASED, F.HELD) and fair.stage != F.CLOSED
        if is_theirs and is_shown and released_timetable(fair) is None:
            return Verdict(Reason.NO_RELEASED_TIMETABLE)
        return verdict

    moves = offered(possible, judge, {Reason.NOT_AN_OFFICER})
    order = ("primary", "secondary", "tertiary", "danger")
    return sorted(moves, key=lambda move: (order.index(move.variant), move.stage))
