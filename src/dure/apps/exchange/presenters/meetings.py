"""Exchange meetings and consultations: rows and pages."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from babel import Locale
from django.utils.timezone import localtime
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from dure.apps.exchange import permissions, queries
from dure.apps.exchange.adapter import Placing
from dure.apps.exchange.kinds import Side
from dure.apps.exchange.models import ExchangeMeeting, Interpreter, Part, Talk
from dure.apps.exchange.presenters.moments import clocks
from dure.apps.exchange.presenters.words import Words
from dure.apps.exchange.stages import MEETING_NEXT, MeetingStage, PartStage
from dure.apps.outcomes.kinds import countries
from dure.apps.people.queries import Reader, roles_of
from dure.engines.scheduling import Cause
from dure.foundation.ui.listing import Sheet
from dure.foundation.ui.moves import step

TONES = {"OPEN": "success", "ARRANGING": "warning", "CANCELLED": "danger", "REFUSED": "danger"}
LINE = (MeetingStage.PLANNED, MeetingStage.OPEN, MeetingStage.ARRANGING, MeetingStage.HELD)


def country_names(codes: Iterable[str]) -> str:
    """Countries by name, in the reader's language."""
    names = countries()
    return ", ".join(names.get(code, code) for code in codes)


def rows(reader: Reader, meetings: Iterable[ExchangeMeeting]) -> list[dict[str, Any]]:
    """The lines of the list of meetings."""
    meetings = list(meetings)
    words = Words(reader, [f"meeting:{meeting.pk}" for meeting in meetings])
    return [
        {
            "meeting": meeting,
            "name": words(f"meeting:{meeting.pk}", "name", meeting.name),
            "countries": country_names(meeting.countries),
            "day": localtime(meeting.starts_at).date(),
            "tone": TONES.get(meeting.stage, ""),
        }
        for meeting in meetings
    ]


def sheet(meetings: Iterable[ExchangeMeeting]) -> Sheet:
    """The meetings as a workbook."""
    headers = [
        _("Name"), _("Countries"), _("From"), _("To"), pgettext("exchange", "Held"), _("Place"), _("Status"),
    ]  # fmt: skip
    lines = [
        [
            meeting.name, country_names(meeting.countries), localtime(meeting.starts_at),
            localtime(meeting.ends_at), meeting.get_form_display(), meeting.place, meeting.get_stage_display(),
        ]
        for meeting in meetings
    ]  # fmt: skip
    return {"title": _("Exchange meetings"), "headers": headers, "rows": lines}


def page_of(reader: Reader, meeting: ExchangeMeeting, now: datetime) -> dict[str, Any]:
    """What the page of a meeting shows and offers to this reader."""
    parts = list(queries.parts_visible_to(reader).filter(meeting=meeting))
    talks = list(queries.talks_visible_to(reader).filter(meeting=meeting))
    delegations = list(meeting.delegations.all())
    subject = f"meeting:{meeting.pk}"
    words = Words(
        reader, [subject, *_subjects(parts), *(f"delegation:{d.pk}" for d in delegations)]
    )
    own = roles_of(reader).organisations
    is_inside = any(part.organisation_id in own for part in parts if part.stage == "SELECTED")
    return {
        "meeting": meeting,
        "name": words(subject, "name", meeting.name),
        "lead": words(subject, "lead", meeting.lead),
        "place": words(subject, "place", meeting.place),
        "countries": country_names(meeting.countries),
        "clocks": clocks(meeting.starts_at, meeting.ends_at, meeting.zone, *_own_zones(reader)),
        "stages": _line(meeting),
        "tone": TONES.get(meeting.stage, ""),
        "own": [_part(reader, words, part) for part in parts if part.organisation_id in own],
        "applied": [
            _part(reader, words, part) for part in parts if part.stage == PartStage.APPLIED
        ],
        "selected": [
            _part(reader, words, part) for part in parts if part.stage == PartStage.SELECTED
        ],
        "delegations": [
            {"name": words(f"delegation:{d.pk}", "name", d.name), "delegation": d,
             "country": country_names([d.country])}
            for d in delegations
        ],
        "talks": [talk_row(talk) for talk in talks],
        "lacking": sum(bool(t.language) and t.interpreter_id is None and t.stage == "PLANNED"
                       for t in talks),
        "runs": bool(permissions.may_run(reader)),
        "sees_link": is_inside or bool(permissions.may_read_figures(reader)),
        "may_change": bool(permissions.may_change_meeting(reader, meeting)),
        "may_arrange": bool(permissions.may_arrange(reader, meeting)),
        "may_apply": _may_apply(reader, meeting, parts, now),
        "moves": [
            MeetingStage(stage)
            for stage in MeetingStage
            if stage in MEETING_NEXT[meeting.stage] and permissions.may_run(reader)
        ],
    }  # fmt: skip


def talk_row(talk: Talk) -> dict[str, Any]:
    """A line of the consultations: the same hours on the clocks of both sides."""
    zone = talk.abroad.organisation.abroad.zone
    during = clocks(talk.during.lower, talk.during.upper, zone)
    return {"talk": talk, "clocks": during, "tone": TONES.get(talk.stage, "")}


def placing_said(placing: Placing) -> str:
    """How many consultations were placed, and what kept the others apart."""
    sentence = _("Consultations placed: %(count)s.") % {"count": len(placing.placed)}
    apart: dict[str, int] = {}
    for cause, count in placing.causes.items():
        label = _cause(cause)
        apart[label] = apart.get(label, 0) + count
    whys = [f"{label} {count}" for label, count in sorted(apart.items())]
    if not whys:
        return sentence
    return sentence + " " + _("Pairs without one: %(why)s.") % {"why": ", ".join(whys)}


def _cause(cause: Cause) -> str:
    match cause:
        case Cause.NO_COMMON_SLOT:
            return _("no hour that suits both")
        case Cause.LIMIT_REACHED:
            return _("as many as a firm may have")
        case Cause.TABLES_FULL:
            return _("no table or interpreter free")
        case _other:
            return _("hours taken by others")


def talk_page(reader: Reader, talk: Talk) -> dict[str, Any]:
    """What the page of a consultation shows and offers to this reader."""
    meeting, subject = talk.meeting, f"talk:{talk.pk}"
    words = Words(reader, [subject, f"meeting:{meeting.pk}", *_subjects([talk.home, talk.abroad])])
    zone = talk.abroad.organisation.abroad.zone
    return {
        "talk": talk,
        "name": words(f"meeting:{meeting.pk}", "name", meeting.name),
        "note": words(subject, "note", talk.note),
        "sides": [_part(reader, words, part) for part in (talk.home, talk.abroad)],
        "clocks": clocks(talk.during.lower, talk.during.upper, meeting.zone, zone),
        "tone": TONES.get(talk.stage, ""),
        "contact": talk.contacts.first(),
        "may_assign": bool(permissions.may_assign(reader, talk)) and bool(talk.language),
        "may_record": bool(permissions.may_record(reader, talk)),
        "may_open": bool(permissions.may_open(reader, talk)),
        "link": meeting.link if talk.form != "ON_SITE" else "",
    }


def _subjects(parts: Iterable[Part]) -> list[str]:
    subjects = []
    for part in parts:
        subjects.append(f"part:{part.pk}")
        if part.listing_id:
            subjects.append(f"listing:{part.listing_id}")
    return subjects


def _part(reader: Reader, words: Words, part: Part) -> dict[str, Any]:
    technology = part.listing.technology if part.listing else None
    return {
        "part": part,
        "is_home": part.side == Side.HOME,
        "tone": TONES.get(part.stage, ""),
        "technology": technology
        and words(
            f"listing:{part.listing_id}", "title", technology.title, known=technology.title_en
        ),
        "wish": words(f"part:{part.pk}", "wish", part.wish),
        "reason": words(f"part:{part.pk}", "reason", part.reason),
        "may_answer": bool(permissions.may_answer(reader, part)),
        "may_withdraw": bool(permissions.may_withdraw(reader, part)),
    }


def _may_apply(
    reader: Reader, meeting: ExchangeMeeting, parts: Iterable[Part], now: datetime
) -> bool:
    there = {part.organisation_id for part in parts}
    free = [applicant for applicant in queries.applicants(reader) if applicant.pk not in there]
    return any(permissions.may_apply(reader, meeting, applicant, now) for applicant in free)


def _own_zones(reader: Reader) -> list[str]:
    return [abroad.zone for abroad in queries.abroad_of(reader)]


def _line(meeting: ExchangeMeeting) -> list[dict[str, Any]]:
    if meeting.stage == MeetingStage.CANCELLED:
        return [step(str(LINE[0].label), "done"), step(str(MeetingStage.CANCELLED.label), "now")]
    place = LINE.index(MeetingStage(meeting.stage))
    states = ["done" if n < place else "now" if n == place else "next" for n in range(len(LINE))]
    return [
        step(str(step_choice.label), state) for step_choice, state in zip(LINE, states, strict=True)
    ]


def interpreter_rows(interpreters: Iterable[Interpreter]) -> list[dict[str, Any]]:
    """Interpreters with their languages by name."""
    names = Locale.parse(get_language() or "ko", sep="-").languages
    return [
        {
            "interpreter": interpreter,
            "languages": ", ".join(names.get(c, c) for c in interpreter.languages),
        }
        for interpreter in interpreters
    ]
