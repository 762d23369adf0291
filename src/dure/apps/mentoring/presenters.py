"""How mentoring is shown."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from dure.apps.mentoring import permissions, queries
from dure.apps.mentoring.adapter import Proposal
from dure.apps.mentoring.kinds import Part, Side, rules
from dure.apps.mentoring.models import Case, Pair, Profile
from dure.apps.mentoring.stages import PairStage
from dure.apps.people.queries import Reader
from dure.foundation.ui.listing import Rows, Sheet
from dure.foundation.vocabularies import match_reasons

_TONES = {
    PairStage.ENDED: "success",
    PairStage.DECLINED: "neutral",
    PairStage.BROKEN_OFF: "neutral",
}


def tone_of(stage: str) -> str:
    """The tone of a status."""
    return _TONES.get(PairStage(stage), "information")


def pair_rows(pairs: Iterable[Pair]) -> list[dict[str, Any]]:
    """Pairs for a list."""
    return [{"pair": pair, "tone": tone_of(pair.stage)} for pair in pairs]


def reasons_of(reasons: Iterable[dict[str, Any]]) -> list[str]:
    """Reasons of the engine as sentences in the reader's language."""
    language = "en" if get_language() == "en" else "ko"
    return [reason.get("text", {}).get(language, "") for reason in reasons]


def strength_of(pair: Pair) -> str:
    """How strongly the engine proposed a pair, in words."""
    return match_reasons.strength_name(pair.strength, get_language()) if pair.strength else ""


def proposal_rows(proposals: Iterable[Proposal]) -> list[dict[str, Any]]:
    """What the engine proposes, for the coordinator."""
    return [
        {
            "profile": proposal.profile,
            "strength": proposal.fit.strength_name,
            "reasons": reasons_of(proposal.fit.reasons),
            "ties": ", ".join(str(tie) for tie in proposal.ties),
        }
        for proposal in proposals
    ]


def answers_of(pair: Pair) -> list[dict[str, Any]]:
    """What each firm has said and confirmed, the mentor first."""
    answers = {
        Side.MENTOR: (pair.mentor_said_at, pair.mentor_confirmed_at),
        Side.MENTEE: (pair.mentee_said_at, pair.mentee_confirmed_at),
    }
    return [
        {"side": side.label, "firm": pair.firm_of(side), "said": yes, "confirmed": confirmed}
        for side, (yes, confirmed) in answers.items()
    ]


def reviews_of(pair: Pair, user: Reader, today: date) -> list[dict[str, Any]]:
    """Both reviews, with what the reader may read and write of each."""
    readable = queries.reviews_of(pair, queries.side_of(user, pair))
    return [
        {
            "part": part.value.lower(),
            "label": part.label,
            "reviews": [review for review in readable if review.part == part],
            "number": pair.reviews.filter(part=part).count(),
            "may": permissions.may_review(user, pair, part, today),
        }
        for part in Part
    ]


def stages_of(pair: Pair) -> list[dict[str, str]]:
    """The way of a pair, for the bar above its page."""
    way = [PairStage.PROPOSED, PairStage.AGREEING, PairStage.RUNNING, PairStage.ENDED]
    stage = PairStage(pair.stage)
    if stage not in way:
        way = [PairStage.PROPOSED, stage]
    place = way.index(stage)
    states = ["done"] * place + ["now"] + ["ahead"] * (len(way) - place - 1)
    return [
        {"label": str(step.label), "state": state} for step, state in zip(way, states, strict=True)
    ]


def pairs_sheet(rows: Rows) -> Sheet:
    """Pairs as a sheet."""
    return {
        "title": _("Mentoring"),
        "headers": [
            pgettext("mentoring", "Mentor"), pgettext("mentoring", "Mentee"), _("Status"),
            pgettext("mentoring", "Coordinator"), _("First day"), _("Last day"), _("Sessions"),
            _("Last session"),
        ],
        "rows": [
            [
                str(pair.mentor), str(pair.mentee), pair.get_stage_display(),
                str(pair.case.coordinator or ""), pair.starts_on, pair.ends_on, pair.held,
                pair.last_on,
            ]
            for pair in rows
        ],
    }  # fmt: skip


def profiles_sheet(rows: Rows) -> Sheet:
    """Profiles as a sheet."""
    return {
        "title": _("Mentoring profiles"),
        "headers": [
            _("Firm"), _("What we can teach"), _("What we want to learn"),
            _("Firms that we mentor at a time"), _("Open for new firms"),
        ],
        "rows": [_profile_cells(profile) for profile in rows],
    }  # fmt: skip


def _profile_cells(profile: Profile) -> list[Any]:
    is_open = _("Yes") if profile.is_open else _("No")
    return [str(profile), profile.teaches, profile.wants, profile.most, is_open]


def cases_sheet(rows: Rows) -> Sheet:
    """Firms that look for a mentor as a sheet."""
    return {
        "title": _("Firms that look for a mentor"),
        "headers": [_("Firm"), pgettext("mentoring", "Coordinator"), _("Asked"), _("Closed")],
        "rows": [_case_cells(case) for case in rows],
    }


def _case_cells(case: Case) -> list[Any]:
    closed = localdate(case.closed_at) if case.closed_at else None
    return [str(case), str(case.coordinator or ""), localdate(case.asked_at), closed]


def figures() -> list[dict[str, Any]]:
    """All pairs in figures; a mean of few answers is not shown."""
    known = queries.figures()
    stages: Any = known["stages"]
    fewest = rules().limits.fewest_answers
    rows: list[dict[str, Any]] = [
        {"label": _("Waiting for a coordinator"), "number": known["waiting"]},
        {"label": PairStage.PROPOSED.label, "number": stages.get(PairStage.PROPOSED, 0)},
        {"label": PairStage.RUNNING.label, "number": stages.get(PairStage.RUNNING, 0)},
        {"label": PairStage.ENDED.label, "number": stages.get(PairStage.ENDED, 0)},
        {"label": PairStage.BROKEN_OFF.label, "number": stages.get(PairStage.BROKEN_OFF, 0)},
        {"label": _("Sessions"), "number": known["sessions"],
         "note": _("%(hours)s hours") % {"hours": f"{known['minutes'] / 60:.0f}"}},  # type: ignore[operator]
        {"label": _("Goals reached"), "number": f"{known['reached']}/{known['goals']}"},
    ]  # fmt: skip
    scores: Any = known["scores"]
    for side in (Side.MENTOR, Side.MENTEE):
        number, mean = scores.get(side, (0, None))
        label = _("How useful, says the %(side)s") % {"side": side.label}
        if number < fewest:
            note = _("shown from %(number)s answers on") % {"number": fewest}
            rows.append({"label": label, "number": "–", "note": note})
        else:
            rows.append({"label": label, "number": f"{mean:.1f}"})
    return rows


def caseloads() -> list[dict[str, Any]]:
    """Who looks after how many firms, of how many."""
    most = rules().limits.coordinator_cases
    return [{"who": user, "number": user.caseload, "most": most} for user in queries.coordinators()]
