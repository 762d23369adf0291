"""How requests, partners and pools are shown."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Avg, Count, F, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from dure.apps.people.queries import Reader
from dure.apps.support import operations, permissions, queries
from dure.apps.support.kinds import AskedAs, Service, services
from dure.apps.support.models import Candidate, Profile, SupportRequest
from dure.apps.support.stages import NEXT, CandidateStage
from dure.foundation import vocabularies
from dure.foundation.ui.listing import Rows, Sheet
from dure.foundation.vocabularies import match_reasons

THEMES = ("partner", "people", "protection", "dispute")
_TONES = {
    CandidateStage.ACCEPTED: "success",
    CandidateStage.NOT_WANTED: "neutral",
    CandidateStage.DECLINED: "neutral",
    CandidateStage.ENDED: "neutral",
}

_AWAY = (CandidateStage.NOT_WANTED, CandidateStage.DECLINED, CandidateStage.ENDED)
"""Moves that end something: their buttons stand back."""


def theme_name(theme: str) -> str:
    """What a group of services is called."""
    return {
        "partner": _("Partners and experts"),
        "people": _("Research staff"),
        "protection": _("Protection of technology"),
        "dispute": _("Disputes"),
    }[theme]


def services_by_theme(user: Reader, today: date) -> list[dict[str, Any]]:
    """The services in groups, each with whether the reader may ask for it for some firm."""
    may = {
        service.id: user.is_authenticated
        and queries.firms_to_ask_for(user, service, today).exists()
        for service in services().values()
    }
    return [
        {
            "name": theme_name(theme),
            "services": [
                {"service": service, "may_ask": may[service.id], "terms": terms_of(service, today)}
                for service in services().values()
                if service.theme == theme
            ],
        }
        for theme in THEMES
    ]


def terms_of(service: Service, day: date) -> list[str]:
    """The caps that hold on a day, in words."""
    edition = service.edition_of(day)
    return [str(cap) for cap in edition.caps] if edition else []


def tone_of(request: SupportRequest, today: date) -> str:
    """The tone of a status: closed well or not, overdue, or on its way."""
    if request.closed_at:
        outcome = request.file.outcome(request.outcome)
        return "success" if outcome and outcome.good else "neutral"
    return "danger" if is_overdue(request, today) else "information"


def is_overdue(request: SupportRequest, today: date) -> bool:
    """True for an open request whose day is past."""
    return request.closed_at is None and request.due_on is not None and request.due_on < today


def rows_of(requests: Iterable[SupportRequest], today: date) -> list[dict[str, Any]]:
    """Requests for a list."""
    return [
        {
            "request": request,
            "tone": tone_of(request, today),
            "is_overdue": is_overdue(request, today),
            "due": due_in_words(request, today),
            "outcome": outcome_of(request),
        }
        for request in requests
    ]


def outcome_of(request: SupportRequest) -> str:
    """What came of a closed request, in words."""
    outcome = request.file.outcome(request.outcome) if request.outcome else None
    return str(outcome) if outcome else request.outcome


def due_in_words(request: SupportRequest, today: date) -> str:
    """How far the day is on which a request is due."""
    if request.closed_at or request.due_on is None:
        return ""
    days = (request.due_on - today).days
    if days < 0:
        return ngettext("%(days)s day overdue", "%(days)s days overdue", -days) % {"days": -days}
    if days == 0:
        return _("due today")
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


def values_of(request: SupportRequest, user: Reader) -> list[dict[str, Any]]:
    """What was written in the fields, those of persons only for who may read them."""
    personal: dict[str, Any] = {}
    reads = permissions.may_read_personal(user, request)
    kept = getattr(request, "personal", None)
    if reads and kept:
        personal = kept.values
    rows = []
    for field in request.file.fields:
        known = personal if field.personal else request.values
        if field.id in known:
            rows.append({"label": str(field), "value": field.said(known[field.id]),
                          "personal": field.personal})  # fmt: skip
    return rows


def stages_of(request: SupportRequest) -> list[dict[str, str]]:
    """The way from asking to now, each step with its day."""
    taken = [step for step in request.steps.all() if step.what == step.What.STEP]
    last = len(taken) - 1
    return [
        {
            "label": str(request.file.step(step.step)),
            "state": "now" if place == last else "done",
            "on": localdate(step.at).isoformat(),
        }
        for place, step in enumerate(taken)
    ]


def history_of(request: SupportRequest) -> list[dict[str, Any]]:
    """Every step, hand-over and change of a day, in words."""
    rows = []
    for step in request.steps.select_related("by", "owner"):
        if step.what == step.What.OWNER:
            message = _("Handed over to %(who)s") % {"who": step.owner}
        elif step.what == step.What.DUE:
            message = _("New day: %(day)s") % {"day": step.due_on}
        else:
            message = str(request.file.step(step.step))
        rows.append({"at": step.at, "said": message, "by": step.by, "note": step.note})
    return rows


def asked_by_words(request: SupportRequest) -> str:
    """Who asked, and in whose name where it was not the firm itself."""
    who = str(request.asked_by)
    if request.asked_as == AskedAs.SELF:
        return who
    known = {"who": who, "group": request.group or ""}
    return {
        AskedAs.GROUP: _("%(who)s, for its member, as officer of %(group)s"),
        AskedAs.COORDINATOR: _("%(who)s, coordinator, for a member of %(group)s"),
        AskedAs.OFFICE: _("%(who)s, programme office, for the firm"),
    }[AskedAs(request.asked_as)] % known


def candidates_of(request: SupportRequest, user: Reader) -> list[dict[str, Any]]:
    """The proposed partners with their reasons, and what the reader may do with each."""
    candidates = request.candidates.select_related("profile__organisation", "request")
    return [candidate_row(candidate, user) for candidate in candidates]


def candidate_row(candidate: Candidate, user: Reader) -> dict[str, Any]:
    """A proposed partner for a page; of a person who must consent first without the name."""
    is_hidden = queries.names_hidden_from(user, candidate)
    profile, language = candidate.profile, get_language()
    strength = candidate.strength
    return {
        "candidate": candidate,
        "name": _("Researcher, named once they agree") if is_hidden else str(profile),
        "is_hidden": is_hidden,
        "affiliation": "" if is_hidden else profile.affiliation,
        "text": profile.text,
        "tone": _TONES.get(CandidateStage(candidate.stage), "information"),
        "strength": match_reasons.strength_name(strength, language) if strength else "",
        "reasons": [reason_in(reason, language) for reason in candidate.reasons],
        "moves": [
            {
                "stage": stage,
                "code": stage.value.lower(),
                "label": move_name(stage),
                "variant": "tertiary" if stage in _AWAY else "primary",
            }
            for stage in CandidateStage
            if stage in NEXT[CandidateStage(candidate.stage)]
            and permissions.may_answer(user, candidate, stage)
        ],
    }


def reason_in(reason: dict[str, Any], language: str | None) -> str:
    """A reason of the engine as a sentence in the reader's language."""
    words = reason.get("text", {})
    return words.get("en" if language == "en" else "ko", "")


def move_name(stage: CandidateStage) -> str:
    """What a button says that moves a partner on."""
    return {
        CandidateStage.WANTED: _("We would like this partner"),
        CandidateStage.NOT_WANTED: pgettext("partner", "Not this one"),
        CandidateStage.INTRODUCED: _("Introduce"),
        CandidateStage.ACCEPTED: pgettext("partner", "Agree"),
        CandidateStage.DECLINED: pgettext("partner", "Decline"),
        CandidateStage.ENDED: _("End the cooperation"),
    }.get(stage, str(stage.label))


def caps_in_words(request: SupportRequest) -> list[dict[str, str]]:
    """The caps of a request, and how much of each is used."""
    hours = queries.hours_noted(request)
    days = len({visit.on for visit in request.visits.all()})
    lines = []
    for cap in operations.caps_of(request):
        last = operations.last_day(cap, request)
        used = ""
        if cap.what == "hours":
            used = _("%(used)s of %(most)s hours used") % {
                "used": hours.normalize(),
                "most": cap.most,
            }
        elif cap.what == "visits":
            used = _("%(used)s of %(most)s days used") % {"used": days, "most": cap.most}
        lines.append({"label": str(cap), "used": used, "until": last.isoformat() if last else ""})
    return lines


def steps_for(user: Reader, request: SupportRequest) -> list[Any]:
    """The steps that the reader may take now."""
    nexts = [request.file.step(code) for code in request.step_file.next]
    return [step for step in nexts if permissions.may_take(user, request, step)]


def evidence_in_words(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Gathered entries for a page or a paper: moments as local times."""
    from_text = datetime.fromisoformat
    return [
        {
            **row,
            "entered": from_text(row["entered_at"]),
            "confirmed": from_text(row["confirmed_at"]) if row["confirmed_at"] else None,
        }
        for row in rows
    ]


def sheet_of(rows: Rows) -> Sheet:
    """Requests as a sheet; nothing of persons stands in it."""
    return {
        "title": _("Requests for support"),
        "headers": [
            _("Service"), _("In one line"), _("Firm"), pgettext("support", "Body"), pgettext("support", "Owner"), _("Status"),
            _("Asked"), _("Due"), _("Closed"), pgettext("support", "What came of it"), _("Satisfaction"),
        ],
        "rows": [
            [
                str(row.file), row.title, str(row.organisation), str(row.body or ""),
                str(row.owner or ""), str(row.step_file), localdate(row.asked_at), row.due_on,
                localdate(row.closed_at) if row.closed_at else None, outcome_of(row),
                row.satisfaction,
            ]
            for row in rows
        ],
    }  # fmt: skip


def figures_of(support_requests: QuerySet[SupportRequest], today: date) -> list[dict[str, Any]]:
    """Of each service: asked, open, overdue, closed, how many well, mean days, satisfaction."""
    counted = support_requests.order_by().values("service").annotate(
        asked=Count("pk"),
        open=Count("pk", filter=Q(closed_at=None)),
        overdue=Count("pk", filter=Q(closed_at=None, due_on__lt=today)),
        took=Avg(F("closed_at") - F("asked_at")),
        satisfied=Avg("satisfaction"),
    )  # fmt: skip
    outcomes = dict(_outcomes(support_requests))
    rows = []
    for row in counted:
        service = services().get(row["service"])
        if service is None:
            continue
        ends = outcomes.get(service.id, {})
        good = sum(ends.get(outcome.id, 0) for outcome in service.outcomes if outcome.good)
        closed = row["asked"] - row["open"]
        rows.append({
            **row, "service": service, "closed": closed, "good": good,
            "share": f"{100 * good // closed} %" if closed else "–",
            "days": row["took"].days if row["took"] else None,
            "satisfied": f"{row['satisfied']:.1f}" if row["satisfied"] else "–",
            "ends": [(str(outcome), ends[outcome.id]) for outcome in service.outcomes if outcome.id in ends],
        })  # fmt: skip
    return sorted(rows, key=lambda row: row["service"].place)


def _outcomes(support_requests: QuerySet[SupportRequest]) -> dict[str, dict[str, int]]:
    counted = support_requests.exclude(outcome="").order_by().values_list("service", "outcome")
    ends: dict[str, dict[str, int]] = {}
    for service, outcome, number in counted.annotate(number=Count("pk")):
        ends.setdefault(service, {})[outcome] = number
    return ends


def funnel_of(figures: dict[str, int]) -> dict[str, list[dict[str, Any]]]:
    """Two funnels of a pool, or of all: from experts to those who take part, from tasks to support;
    and between them how many programmes brought them together."""
    labels = {
        "experts": _("Experts"),
        "invited": _("Invited"),
        "accepted": pgettext("experts", "Take part"),
        "programmes": _("Exchange programmes"),
        "tasks": _("Tasks found"),
        "linked": _("Linked to support"),
    }
    parts = {
        "people": ("experts", "invited", "accepted"),
        "programmes": ("programmes",),
        "tasks": ("tasks", "linked"),
    }
    rows = {
        part: [{"label": labels[name], "value": figures[name]} for name in names]
        for part, names in parts.items()
    }
    only = figures["programmes"]
    rows["programmes"] = [{"label": labels["programmes"], "number": f"{only:,}"}]
    return rows


def region_name(code: str) -> str:
    """A region in the reader's language; where there is none, everywhere."""
    if not code:
        return pgettext("support", "Everywhere")
    return vocabularies.name_of("regions", code, get_language())


def profile_rows(profiles: Iterable[Profile]) -> list[dict[str, Any]]:
    """Profiles for a list."""
    return [
        {"profile": profile, "region": region_name(profile.region) if profile.region else "–"}
        for profile in profiles
    ]
