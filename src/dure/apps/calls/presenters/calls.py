"""How calls are shown: lines of lists, where one stands, what it asks for, what a firm may."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from dure.apps.calls import permissions, queries
from dure.apps.calls.models import Call
from dure.apps.calls.reasons import Reason
from dure.apps.calls.stages import CallStage, State
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader
from dure.engines.eligibility import Answer
from dure.foundation import programmes
from dure.foundation.ui.listing import Sheet
from dure.foundation.ui.moves import Move, offered, step
from dure.foundation.vocabularies import name_of

TONES = {
    State.DRAFT: "neutral",
    State.TO_COME: "information",
    State.OPEN: "success",
    State.CLOSED: "neutral",
    State.CLOSED_EARLY: "neutral",
    State.CANCELLED: "danger",
}
ANSWER_TONES = {Answer.YES: "success", Answer.NO: "neutral", Answer.UNKNOWN: "warning"}


def rows(
    calls: Iterable[Call], at: datetime, organisation: Organisation | None = None
) -> list[dict[str, Any]]:
    """Calls as lines of a list; for an organisation with what is known of its right to apply."""
    return [
        {
            "call": call,
            "url": reverse("calls:call", args=[call.pk]),
            "state": (state := queries.state_of(call, at)),
            "tone": TONES[state],
            "left": left(call, at),
            "regions": regions(call),
            "chances": chances(call, organisation) if organisation else None,
        }
        for call in calls
    ]


def sheet(calls: Sequence[Call], at: datetime) -> Sheet:
    """Calls as a sheet."""
    head = [_("Number"), _("Title"), _("Title in English"), _("Programme"), _("Kind"), _("Status")]
    head += [_("Opens"), _("Announced deadline"), _("Deadline"), _("Places"), _("Budget (won)")]
    head += [_("Regions"), _("Officer in charge")]
    lines = [
        [
            call.pk,
            call.title,
            call.title_en,
            str(call.version.programme),
            call.get_kind_display(),
            queries.state_of(call, at).label,
            localtime(call.opens_at),
            localtime(call.closes_at) if call.closes_at else None,
            localtime(call.deadline_at) if call.deadline_at else None,
            call.places,
            call.budget_won,
            regions(call),
            str(call.contact),
        ]
        for call in calls
    ]
    return {"title": _("Calls"), "headers": head, "rows": lines}


def regions(call: Call) -> str:
    """Where the call is for."""
    named = [name_of("regions", code, get_language()) for code in call.regions]
    return ", ".join(named) or _("Everywhere")


def left(call: Call, at: datetime) -> str:
    """How long an open call can still be applied to."""
    if queries.state_of(call, at) != State.OPEN:
        return ""
    if call.deadline_at is None:
        return _("Until the money is used up")
    minutes = int((call.deadline_at - at).total_seconds() // 60)
    if minutes < 60:
        return ngettext("%(n)s minute left", "%(n)s minutes left", minutes) % {"n": minutes}
    if minutes < 48 * 60:
        hours = minutes // 60
        return ngettext("%(n)s hour left", "%(n)s hours left", hours) % {"n": hours}
    days = minutes // (24 * 60)
    return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}


def path(call: Call, at: datetime) -> list[dict[str, Any]]:
    """Where a call is on its way."""
    state = queries.state_of(call, at)
    if state in (State.CANCELLED, State.CLOSED_EARLY):
        return [step(state.label, "now", call.ended_at)]
    order = (State.DRAFT, State.TO_COME, State.OPEN, State.CLOSED)
    now = order.index(state)
    days = (call.edited_at, call.announced_at, call.opens_at, call.deadline_at)
    labels = (State.DRAFT.label, _("Announced"), State.OPEN.label, State.CLOSED.label)
    return [
        step(label, "now" if n == now else "done" if n < now else "next", days[n])
        for n, label in enumerate(labels)
    ]


def windows(call: Call) -> list[dict[str, Any]]:
    """The rounds of a call."""
    return [
        {"round": call_round, "is_later": call_round.deadline_at > call_round.closes_at}
        for call_round in call.rounds.all()
    ]


def asked(call: Call) -> dict[str, list[dict[str, Any]]]:
    """The documents, criteria and bonus points that a call asks for, in words."""
    language = get_language()
    return {
        "documents": [
            {
                "name": document.name.in_language(language),
                "by": programmes.name("role", document.by, language),
                "is_optional": document.is_optional,
                "one_of": bool(document.one_of),
            }
            for document in queries.asked(call, "documents")
        ],
        "criteria": [
            {
                "name": criterion.name.in_language(language),
                "weight": criterion.weight,
                "minimum": criterion.minimum,
            }
            for criterion in queries.asked(call, "criteria")
        ],
        "bonus": [
            {
                "name": criterion.name.in_language(language),
                "points": criterion.points,
                "evidence": criterion.evidence.in_language(language),
            }
            for criterion in queries.asked(call, "bonus")
        ],
    }


def programme_sections(call: Call) -> dict[str, programmes.Section]:
    """The sections of the programme that a call shows as they stand, by their id."""
    wanted = ("apply", "payers", "rules", "obligations", "closing")
    sections = {section.id: section for section in queries.sections(call, get_language())}
    return {name: sections[name] for name in wanted if name in sections}


def stages(call: Call) -> list[dict[str, Any]]:
    """The steps of the programme."""
    language = get_language()
    return [
        step(stage.name.in_language(language), "next")
        for stage in queries.programme_of(call).stages
    ]


def shares(call: Call) -> list[dict[str, Any]]:
    """Who pays how much in a plan that passes, for a picture."""
    judged = queries.sample(call)
    paid: dict[str, int] = {}
    for part in judged.parts if judged else ():
        paid[part.role] = paid.get(part.role, 0) + part.amount
    return [
        {
            "label": programmes.name("role", role, get_language()),
            "value": amount,
            "text": f"{amount:,}",
        }
        for role, amount in paid.items()
        if amount
    ]


def is_barred(call: Call, organisation: Organisation) -> bool:
    """True where an organisation may not apply as the lead, as far as the platform knows."""
    known = queries.check(call, organisation, queries.eligibility_day(call))
    return known.answer is Answer.NO


def chances(call: Call, organisation: Organisation) -> dict[str, Any]:
    """What is known of an organisation's right to apply as the lead, in words.

    `declared` are general reasons of exclusion that the application asks for.
    """
    known = queries.check(call, organisation, queries.eligibility_day(call))
    language = get_language()
    labels = {
        Answer.YES: _("You may apply, as far as we know"),
        Answer.NO: _("You may not apply"),
        Answer.UNKNOWN: _("We do not know enough yet"),
    }
    barred = [line.fact for line in known.barred]
    if known.is_elsewhere:
        barred.append(_("It is for firms in: %(regions)s.") % {"regions": regions(call)})
    lacking = [_fact(line) for line in known.lacking if line.is_own]
    if known.is_elsewhere is None:
        lacking.append(programmes.name("fact", "region", language))
    return {
        "answer": known.answer_so_far.value,
        "said": labels[known.answer_so_far],
        "tone": ANSWER_TONES[known.answer_so_far],
        "barred": barred,
        "lacking": lacking,
        "curable": [f"{line.fact}. {line.remedy}" for line in known.curable],
        "shown": [line.remedy for line in known.papers],
        "behind": [line.fact for line in known.behind],
        "declared": [_fact(line) for line in known.lacking if not line.is_own],
    }


def _fact(line: queries.Line) -> str:
    return programmes.name("fact", line.verdict.rule.question.fact, get_language())


def moves(call: Call, user: Reader) -> list[Move]:
    """What the office can make of a call now, each with its question."""
    if not queries.is_office(user):
        return []
    if call.stage == CallStage.DRAFT:
        possible = (
            Move(
                "DISCARD",
                _("Give the draft up"),
                _("Give this draft up?"),
                _("It stays in the history, and nobody else ever sees it."),
                variant="danger",
            ),
            Move(
                CallStage.ANNOUNCED,
                _("Announce"),
                _("Announce this call?"),
                _("Everybody reads it from now on, and its text, dates and money are fixed."),
                variant="primary",
            ),
        )
        judges = {
            "DISCARD": permissions.may_discard,
            CallStage.ANNOUNCED: permissions.may_announce,
        }
    else:
        possible = (
            Move(
                CallStage.CANCELLED,
                _("Propose to cancel it"),
                _("Propose to cancel this call?"),
                _("A second officer confirms it; then everybody who follows it is told why."),
                asks_why=True,
                variant="danger",
            ),
            Move(
                CallStage.CLOSED_EARLY,
                _("Close it early"),
                _("Close this call now?"),
                _("Nobody can apply any more, and everybody who follows it is told why."),
                asks_why=True,
            ),
        )
        judges = {
            CallStage.CANCELLED: permissions.may_propose_cancellation,
            CallStage.CLOSED_EARLY: permissions.may_close_early,
        }
    return offered(possible, lambda move: judges[move.stage](user, call), {Reason.STAGE_CLOSED})


def crumbs(call: Call | None, page: str = "") -> list[dict[str, str]]:
    """The way from the list of calls to a page."""
    steps = [{"label": _("Calls"), "url": reverse("calls:list")}]
    if call is not None:
        steps.append({"label": str(call), "url": reverse("calls:call", args=[call.pk])})
    if page:
        steps.append({"label": page})
    else:
        steps[-1].pop("url")
    return steps
