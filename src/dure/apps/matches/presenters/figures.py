"""How good the suggestions are, as people's answers tell; tabs of the pages; the labels as rows."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dure.apps.matches import permissions
from dure.apps.matches.models import Answer, AnswerKind, NotForUs, Side
from dure.apps.matches.queries import answers_by_rank, counts_of_answers
from dure.apps.people.queries import Reader, roles_of

TOP = 10


def tabs_for(reader: Reader, current: str, counts: dict[str, int] | None = None) -> list[dict]:
    """The pages about matches that a reader has, `current` marked."""
    pages = [
        ("inbox", _("To answer"), bool(roles_of(reader).organisations)),
        ("mutual", _("To introduce"), permissions.may_run_matching(reader)),
        ("answers", _("Answers"), permissions.may_read_answers(reader)),
        ("quality", _("Is it any good?"), permissions.may_read_all_answers(reader)),
        ("bars", _("Bars"), permissions.may_read_bars(reader)),
        ("try", _("Try it"), True),
    ]
    return [
        {
            "label": label,
            "url": reverse(f"matches:{name}"),
            "current": name == current,
            "count": (counts or {}).get(name),
        }
        for name, label, is_theirs in pages
        if is_theirs
    ]


def kinds_of_answers(reader: Reader) -> list[dict[str, Any]]:
    """How many answers of each kind each side gave, as figures that lead to the list."""
    counts = counts_of_answers(reader, ("side", "kind"))
    shown = [
        (Side.DEMAND, AnswerKind.INTERESTED, _("Demand side: interested")),
        (Side.DEMAND, AnswerKind.NOT_FOR_US, _("Demand side: not for us")),
        (Side.SUPPLY, AnswerKind.INTERESTED, _("Supply side: interested")),
        (Side.SUPPLY, AnswerKind.NOT_FOR_US, _("Supply side: not for us")),
        (Side.OFFICE, AnswerKind.INTRODUCED, _("Introduced by the office")),
    ]
    return [
        {
            "number": counts.get((side.value, kind.value), 0),
            "label": label,
            "url": f"{reverse('matches:answers')}?side={side}&kind={kind}",
        }
        for side, kind, label in shown
    ]


def reasons_against(reader: Reader) -> list[dict[str, Any]]:
    """Why people said «not for us», the most frequent first, as bars."""
    counts = counts_of_answers(reader, ("why",))
    rows = [
        {
            "label": str(why.label),
            "value": counts.get((why.value,), 0),
            "url": f"{reverse('matches:answers')}?why={why}",
        }
        for why in NotForUs
    ]
    return sorted((row for row in rows if row["value"]), key=lambda row: -row["value"])


def ranks(reader: Reader) -> list[dict[str, Any]]:
    """For each rank: suggested today, interested, not for us, answered at all."""
    rows = []
    for row in answers_by_rank(reader, TOP):
        interested, declined = row[AnswerKind.INTERESTED], row[AnswerKind.NOT_FOR_US]
        rows.append(
            {
                "rank": row["rank"],
                "suggested": row["suggested"],
                "interested": interested,
                "declined": declined,
                "answered": interested + declined,
            }
        )
    return rows


def wanted_by_rank(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The part of the answers to each rank that said «interested», as bars; counts as words."""
    return [
        {
            "label": _("Rank %(rank)s") % row,
            "value": round(100 * _share([row])),
            "text": _("%(interested)s of %(answered)s") % row if row["answered"] else "–",
        }
        for row in rows
    ]


def verdict_on(rows: Iterable[dict[str, Any]]) -> str:
    """What the answers say of the ranking, in a sentence, once there are enough of them."""
    rows = list(rows)
    answered = sum(row["answered"] for row in rows)
    if answered < 20:  # fewer tell nothing
        return _("There are too few answers to judge the matching. Ask both sides to answer.")
    upper, lower = rows[: TOP // 2], rows[TOP // 2 :]
    if _share(upper) > _share(lower):
        return _("What stands higher is wanted more often: the order is worth following.")
    return _("What stands higher is not wanted more often: look at why people decline.")


def as_rows(answers: Iterable[Answer]) -> tuple[list[str], Iterable[list[Any]]]:
    """The answers as a table of labels, with the ids that training and audits need."""
    headers = [
        _("Need no."),
        _("Need"),
        _("Demand organisation"),
        _("Technology no."),
        _("Technology"),
        _("Small firm"),
        _("Side"),
        _("Answer"),
        _("Why"),
        _("Note"),
        _("Rank when answered"),
        _("Answered by"),
        _("Answered"),
    ]
    rows = (
        [
            answer.need_id,
            str(answer.need),
            str(answer.need.organisation),
            answer.technology_id,
            str(answer.technology),
            str(answer.technology.organisation),
            str(answer.get_side_display()),
            str(answer.get_kind_display()),
            str(answer.get_why_display()),
            answer.note,
            answer.rank_seen,
            str(answer.answered_by),
            localtime(answer.answered_at),
        ]
        for answer in answers
    )
    return headers, rows


def _share(rows: list[dict[str, Any]]) -> float:
    answered = sum(row["answered"] for row in rows)
    return sum(row["interested"] for row in rows) / answered if answered else 0.0
