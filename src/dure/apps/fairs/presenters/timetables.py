"""Versions of a timetable in words: how good, what has no place and why, what changed."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.fairs.models import Meeting, Timetable, Unplaced
from dure.apps.fairs.operations import Change
from dure.apps.fairs.presenters.interpreters import languages_of
from dure.apps.fairs.stages import TimetableStage
from dure.engines.scheduling import Cause

CAUSES: dict[str, Promise] = {
    Cause.FORBIDDEN: gettext_lazy("They must not meet: one of them said no, or they are barred."),
    Cause.NO_COMMON_SLOT: gettext_lazy("%(demand)s and %(supply)s are at no time both available."),
    Cause.LIMIT_REACHED: gettext_lazy("One of the two has as many meetings as it wanted at most."),
    Cause.DEMAND_FULL: gettext_lazy(
        "%(demand)s has another meeting at every time at which both are available."
    ),
    Cause.SUPPLY_FULL: gettext_lazy(
        "%(supply)s has another meeting at every time at which both are available."
    ),
    Cause.TABLES_FULL: gettext_lazy("Whenever both would be free, every table is taken."),
    Cause.PLACEABLE: gettext_lazy("There is room for it; place it on the board or plan again."),
    Cause.OUTWEIGHED: gettext_lazy(
        "At each common time one of them has meetings that are wanted at least as much."
    ),
    Cause.NOT_FREE_TOGETHER: gettext_lazy(
        "They are never free together; to hold it, other meetings would fall out."
    ),
}
SHORT: dict[str, Promise] = {
    Cause.FORBIDDEN: gettext_lazy("Must not meet"),
    Cause.NO_COMMON_SLOT: gettext_lazy("No common time"),
    Cause.LIMIT_REACHED: gettext_lazy("Own limit reached"),
    Cause.DEMAND_FULL: gettext_lazy("Demand organisation is full"),
    Cause.SUPPLY_FULL: gettext_lazy("Small firm is full"),
    Cause.TABLES_FULL: gettext_lazy("No table free"),
    Cause.PLACEABLE: gettext_lazy("Room is there"),
    Cause.OUTWEIGHED: gettext_lazy("Others are wanted more"),
    Cause.NOT_FREE_TOGETHER: gettext_lazy("Not free together"),
}
CHANGES: dict[str, Promise] = {
    "ADDED": gettext_lazy("Newly placed"),
    "GONE": gettext_lazy("Falls out"),
    "MOVED": gettext_lazy("Other time"),
    "TABLE": gettext_lazy("Other table"),
}
CHANGE_TONES = {"ADDED": "success", "GONE": "danger", "MOVED": "warning", "TABLE": "information"}
TONES = {TimetableStage.DRAFT: "warning", TimetableStage.RELEASED: "success"}


def why(unplaced: Unplaced) -> str:
    """The cause of a request without a place, as a sentence."""
    return cause_words(
        unplaced.cause,
        str(unplaced.pair.demand.organisation),
        str(unplaced.pair.supply.organisation),
    )


def cause_words(cause: str, demand: str, supply: str) -> str:
    """A cause of the engine as a sentence about two organisations."""
    return str(CAUSES.get(cause, cause)) % {"demand": demand, "supply": supply}


def quality_of(timetable: Timetable) -> dict[str, Any]:
    """How good a version is: its weight, what is possible at most, and what that means."""
    gap = timetable.bound - timetable.weight
    percent = 100 * gap / timetable.bound if timetable.bound else 0.0
    if timetable.is_optimal:
        words, tone = _("Proven: no timetable holds wishes of more weight."), "success"
    else:
        message = _("At most %(percent)s %% more weight is possible (%(gap)s of %(bound)s).")
        facts = {"percent": f"{percent:.1f}", "gap": f"{gap:,}", "bound": f"{timetable.bound:,}"}
        words, tone = message % facts, "warning"
    return {"words": words, "tone": tone, "is_optimal": timetable.is_optimal}


def figures_of(timetable: Timetable) -> list[dict[str, Any]]:
    """The figures of a version that carries its counts."""
    total = timetable.meeting_count + timetable.unplaced_count
    part = round(100 * timetable.meeting_count / total) if total else 0
    share = _("%(n)s%% of the requests") % {"n": part} if total else ""
    return [
        {"number": f"{timetable.meeting_count:,}", "label": _("Meetings"), "note": share},
        {
            "number": f"{timetable.unplaced_count:,}",
            "label": _("Requests without a place"),
            "url": "#unplaced",
        },
        {"number": f"{timetable.weight:,}", "label": _("Weight of the meetings")},
        {"number": f"{timetable.bound:,}", "label": _("Most that is possible")},
    ]


def causes_of(unplaced: Iterable[Unplaced]) -> list[dict[str, Any]]:
    """How many requests have no place, by cause, for a chart; the most frequent first."""
    counts = Counter(row.cause for row in unplaced)
    return [
        {
            "label": SHORT.get(cause, cause),
            "value": count,
            "text": f"{count:,}",
            "url": f"?cause={cause}#unplaced",
        }
        for cause, count in counts.most_common()
    ]


def change_rows(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """What a release would change, line by line."""
    return [
        {
            "demand": change.pair.demand.organisation,
            "supply": change.pair.supply.organisation,
            "label": CHANGES[change.kind],
            "tone": CHANGE_TONES[change.kind],
            "before": place_of(change.before) if change.before else "",
            "after": place_of(change.after) if change.after else "",
        }
        for change in changes
    ]


def change_figures(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """How many changes there are of each kind, and how many organisations hear of them."""
    changes = list(changes)
    counts = Counter(change.kind for change in changes)
    organisations = {
        end for change in changes for end in (change.pair.demand_id, change.pair.supply_id)
    }
    figures = [{"number": f"{counts[kind]:,}", "label": label} for kind, label in CHANGES.items()]
    return [
        *figures,
        {"number": f"{len(organisations):,}", "label": _("Organisations that are told")},
    ]


def place_of(meeting: Meeting) -> str:
    """When and where a meeting is: day, hour, table."""
    starts = localtime(meeting.slot.starts_at)
    return _("%(when)s, table %(table)s") % {
        "when": f"{starts:%m-%d %H:%M}",
        "table": meeting.table.number,
    }


def unplaced_headers() -> list[str]:
    """The headers of the workbook of requests without a place."""
    return [_("Demand organisation"), _("Small firm"), _("Weight"), _("Cause"), _("Why")]


def unplaced_cells(unplaced: Iterable[Unplaced]) -> Iterator[list[Any]]:
    """The lines of that workbook."""
    for row in unplaced:
        yield [
            str(row.pair.demand.organisation),
            str(row.pair.supply.organisation),
            row.weight,
            str(SHORT.get(row.cause, row.cause)),
            why(row),
        ]


def meeting_headers() -> list[str]:
    """The headers of the workbook of meetings."""
    return [_("Day"), _("From"), _("To"), _("Hall"), _("Table"), _("Demand organisation"),
            _("Small firm"), _("Need"), _("Technology"), _("Interpreter"), _("Locked")]  # fmt: skip


def meeting_cells(meetings: Iterable[Meeting]) -> Iterator[list[Any]]:
    """The lines of that workbook."""
    for meeting in meetings:
        starts, ends = localtime(meeting.slot.starts_at), localtime(meeting.slot.ends_at)
        yield [
            localdate(starts),
            f"{starts:%H:%M}",
            f"{ends:%H:%M}",
            str(meeting.table.hall),
            meeting.table.number,
            str(meeting.pair.demand.organisation),
            str(meeting.pair.supply.organisation),
            str(meeting.pair.need or ""),
            str(meeting.pair.technology or ""),
            ", ".join(languages_of(meeting)),
            _("Yes") if meeting.is_locked else "",
        ]
