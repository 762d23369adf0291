"""How councils, models, meetings and votes are shown."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dure.apps.councils import permissions, queries
from dure.apps.councils.kinds import Council, Part, VoteRule, Way, councils
from dure.apps.councils.models import Item, Meeting, Seat, Version, Vote, WinWinModel
from dure.apps.councils.stages import (
    MODEL_NEXT,
    FollowUpStage,
    MeetingStage,
    ModelStage,
    VoteStage,
)
from dure.apps.people.queries import Reader
from dure.engines.voting import Base, Tie
from dure.foundation.ui.differences import differences
from dure.foundation.ui.listing import Rows, Sheet
from dure.foundation.ui.moves import step

MOST_NAMED = 40  # seats named on the page of a meeting; of more there is the list
TONES = {
    ModelStage.RETURNED: "warning",
    ModelStage.REJECTED: "error",
    ModelStage.REFUSED: "error",
    ModelStage.APPROVED: "success",
    ModelStage.CLOSED: "success",
    ModelStage.WITHDRAWN: "neutral",
    ModelStage.DRAFT: "neutral",
}
WAY = (
    ModelStage.DRAFT,
    ModelStage.PROPOSED,
    ModelStage.DELIBERATED,
    ModelStage.RECOMMENDED,
    ModelStage.APPROVED,
    ModelStage.CLOSED,
)


def cards(user: Reader) -> list[dict[str, Any]]:
    """Every council, with the target where there is one; who may look inside gets a link."""
    return [
        {
            "council": council,
            "target": target(council),
            "may_look": permissions.may_look(user, council.id),
        }
        for council in councils().values()
    ]


def target(council: Council) -> list[dict[str, Any]]:
    """Approved models against the target; empty where there is none."""
    if not council.target:
        return []
    return [
        {
            "label": _("Models approved"),
            "value": queries.approved_models(council),
            "plan": council.target,
        }
    ]


def figures(council: Council) -> list[dict[str, Any]]:
    """How many models are at each stage."""
    counts = queries.models_by_stage(council)
    return [
        {"number": counts[stage], "label": stage.label} for stage in ModelStage if stage in counts
    ]


def model_rows(models: Iterable[WinWinModel], user: Reader) -> list[dict[str, Any]]:
    """Models for a list; title and firms only where the reader may read them."""
    return [
        {
            "model": model,
            "may_read": permissions.may_read(user, model),
            "tone": TONES.get(ModelStage(model.stage), "information"),
        }
        for model in models
    ]


def models_sheet(user: Reader) -> Any:
    """What makes models a workbook; what may not be read stays empty."""

    def sheet(rows: Rows) -> Sheet:
        return {
            "title": _("Win-win models"),
            "headers": [
                _("Number"), _("Title"), _("Large firm"), _("Small firm"), _("Status"),
                _("Decided by the committee"),
            ],
            "rows": [_sheet_row(row, user) for row in rows],
        }  # fmt: skip

    return sheet


def _sheet_row(model: WinWinModel, user: Reader) -> list[Any]:
    shown = bool(permissions.may_read(user, model))
    inside = [str(model), str(model.large_firm), str(model.small_firm)] if shown else ["", "", ""]
    return [model.number, *inside, model.get_stage_display(), model.decided_on]


def stages(model: WinWinModel) -> list[dict[str, Any]]:
    """The way of a model; where it left it, its own end stands last."""
    now = ModelStage(model.stage)
    if now in WAY:
        place = WAY.index(now)
        return [
            step(stage.label, "done" if at < place else "now" if at == place else "next")
            for at, stage in enumerate(WAY)
        ]
    return [*(step(stage.label, "done") for stage in WAY[:2]), step(now.label, "now")]


def moves(user: Reader, model: WinWinModel) -> list[dict[str, Any]]:
    """What can be done with a model now; votes and the committee do the rest."""
    words = {
        ModelStage.PROPOSED: _("Propose"),
        ModelStage.DELIBERATED: _("Take up"),
        ModelStage.WITHDRAWN: _("Take back"),
    }
    return [
        {"stage": stage, "label": label}
        for stage, label in words.items()
        if stage in MODEL_NEXT[ModelStage(model.stage)] and permissions.may_move(user, model, stage)
    ]


def sections(version: Version) -> list[dict[str, Any]]:
    """A version part by part, with what was said of each."""
    comments: dict[str, list[Any]] = {}
    for comment in version.comments.select_related("by"):
        comments.setdefault(comment.section, []).append(comment)
    return [
        {
            "id": section.id,
            "label": str(section),
            "text": version.sections.get(section.id, ""),
            "comments": comments.get(section.id, []),
        }
        for section in version.model.file.sections
    ]


def changes(before: Version, after: Version) -> list[dict[str, Any]]:
    """What changed between two versions, part by part; parts that stayed are left out."""
    return [
        {
            "label": str(section),
            "pieces": differences(
                before.sections.get(section.id, ""), after.sections.get(section.id, "")
            ),
        }
        for section in after.model.file.sections
        if before.sections.get(section.id, "") != after.sections.get(section.id, "")
    ]


def seat_rows(seats: Iterable[Seat], council: Council, today: date) -> list[dict[str, Any]]:
    """Members with their sides and terms."""
    return [
        {
            "seat": seat,
            "side": council.called(seat.side),
            "holds": seat.holds_on(today),
            "tone": "success" if seat.holds_on(today) else "neutral",
        }
        for seat in seats
    ]


def agenda(user: Reader, meeting: Meeting) -> list[dict[str, Any]]:
    """The items of a meeting; of a model that the reader may not read only its number."""
    return [_agenda_row(user, item) for item in queries.items_of(meeting)]


def _agenda_row(user: Reader, item: Item) -> dict[str, Any]:
    shown = item.model is None or bool(permissions.may_read(user, item.model))
    hidden = _("Model %(number)s") % {"number": item.model.number} if item.model else ""
    return {
        "item": item,
        "title": item.title if shown else hidden,
        "is_shown": shown,
        "papers": list(item.papers.all()) if shown else [],
        "interests": list(item.interests.all()),
        "votes": list(item.votes.all()),
    }


def meeting_moves(meeting: Meeting) -> list[dict[str, Any]]:
    """What the secretary can do with a meeting."""
    words = {
        MeetingStage.PLANNED: [
            (MeetingStage.CALLED, pgettext("meeting", "Call")),
            (MeetingStage.CANCELLED, _("Call off")),
        ],
        MeetingStage.CALLED: [
            (MeetingStage.OPEN, pgettext("meeting", "Open")),
            (MeetingStage.CANCELLED, _("Call off")),
        ],
        MeetingStage.OPEN: [(MeetingStage.CLOSED, pgettext("meeting", "End"))],
    }
    word = words.get(MeetingStage(meeting.stage), [])
    return [{"stage": stage, "label": label} for stage, label in word]


def room(meeting: Meeting, own: Seat | None) -> dict[str, Any]:
    """Who is there, who is missing, and how many members there are. Of more seats than fit a page
    only the reader's own is named; the others stand in the list of the meeting."""
    came = list(queries.attendances_of(meeting))
    held = list(queries.seats_on(meeting.council, localdate(meeting.starts_at)))
    there = {attendance.seat_id for attendance in came}
    is_large = len(held) > MOST_NAMED
    named = (
        {own.pk} if is_large and own else set() if is_large else {seat.pk for seat in held} | there
    )
    return {
        "is_large": is_large,
        "came": [attendance for attendance in came if attendance.seat_id in named],
        "missing": [seat for seat in held if seat.pk in named - there],
        "present": sum(attendance.left_at is None for attendance in came),
        "members": sum(seat.stands_in_for_id is None for seat in held),
    }


def attendance_sheet(rows: Rows) -> Sheet:
    """The seats of a meeting and who came as a sheet."""
    return {
        "title": _("Attendance"),
        "headers": [_("Name"), _("How"), _("Came"), _("Left")],
        "rows": [
            [str(seat), Way(seat.way).label if seat.way else "", seat.came_at, seat.left_at]
            for seat in rows
        ],
    }


def rule_words(rule: VoteRule) -> list[str]:
    """A rule in sentences."""
    base = {
        Base.VALID: _("of the votes cast, abstentions left out"),
        Base.CAST: _("of the votes cast, abstentions with them"),
        Base.PRESENT: _("of those present"),
        Base.ENTITLED: _("of all who may vote"),
    }[rule.base]
    tie = {
        Tie.CHAIR: _("At a tie the chair's vote decides."),
        Tie.UNDECIDED: _("At a tie nothing is decided."),
    }[rule.tie]
    return [
        _("There must be %(part)s of all who may vote.") % {"part": _part(rule.quorum)},
        _("Carried is what has %(part)s %(base)s.") % {"part": _part(rule.majority), "base": base},
        tie,
    ]


def _part(part: Part) -> str:
    words = _("more than %(part)s") if part.is_more else _("%(part)s or more")
    return words % {"part": part.part}


def result(vote: Vote) -> list[dict[str, Any]]:
    """The count of a closed vote, option by option."""
    if vote.stage != VoteStage.CLOSED:
        return []
    return [
        {"label": str(option), "value": vote.counts.get(option.id, 0)}
        for option in vote.file.options
    ]


def open_rows(vote: Vote) -> list[dict[str, Any]]:
    """Who voted what in an open vote that is counted."""
    if vote.is_secret or vote.stage != VoteStage.CLOSED:
        return []
    open_votes = vote.open_votes.select_related("elector__seat__user", "elector__voter__user")
    return [
        {"elector": open_vote.elector, "option": vote.file.called(open_vote.option)}
        for open_vote in open_votes
    ]


def box_rows(vote: Vote) -> list[dict[str, str]]:
    """The counted ballots of a secret vote by their digests, for everybody to add up."""
    ballots = vote.counted.values_list("digest", "option")
    return [{"digest": digest, "option": vote.file.called(option)} for digest, option in ballots]


def follow_up_rows(model: WinWinModel, today: date) -> list[dict[str, Any]]:
    """What came of a model."""
    tones = {FollowUpStage.DONE: "success", FollowUpStage.FAILED: "error"}
    return [
        {
            "follow_up": follow_up,
            "kind": model.file.called(follow_up.kind),
            "is_open": follow_up.stage == FollowUpStage.RUNNING,
            "is_late": follow_up.stage == FollowUpStage.RUNNING and follow_up.due_on < today,
            "tone": tones.get(FollowUpStage(follow_up.stage), "information"),
        }
        for follow_up in model.follow_ups.select_related("project")
    ]


def opinion_rows(model: WinWinModel, today: date) -> list[dict[str, Any]]:
    """The opinions that were asked for, with those that are late."""
    return [
        {"opinion": opinion, "is_late": opinion.answered_at is None and opinion.due_on < today}
        for opinion in model.opinions.select_related("asked")
    ]
