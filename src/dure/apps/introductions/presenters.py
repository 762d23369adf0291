"""Introductions in words: where they stand, whose turn it is, in calendars, e-mails and workbooks."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from icalendar import Calendar, Event

from dure.apps.catalog.models import Need
from dure.apps.catalog.permissions import may_move as may_move_entry
from dure.apps.catalog.stages import TECHNOLOGY_SHOWN, TechnologyStage
from dure.apps.introductions.models import Introduction, MeetingProposal, Message, Offer
from dure.apps.introductions.permissions import may_answer, may_move
from dure.apps.introductions.queries import contact_of, firms_to_offer_for, side_of
from dure.apps.introductions.reasons import Reason
from dure.apps.introductions.stages import (
    INTRODUCTION_NEXT,
    WAITING,
    IntroductionStage,
    ProposalStage,
)
from dure.apps.matches.models import Side
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import Reader
from dure.foundation.ui.moves import Move, offered, step

TONES = {
    IntroductionStage.INTRODUCED: "warning",
    IntroductionStage.TALKING: "information",
    IntroductionStage.MEETING_AGREED: "primary",
    IntroductionStage.MET: "primary",
    IntroductionStage.CONCLUDED: "success",
}
PATH = (
    IntroductionStage.INTRODUCED,
    IntroductionStage.TALKING,
    IntroductionStage.MEETING_AGREED,
    IntroductionStage.MET,
    IntroductionStage.CONCLUDED,
)
MOVES = (
    Move(
        IntroductionStage.CONCLUDED,
        gettext_lazy("We cooperate"),
        gettext_lazy("Say that you cooperate?"),
        gettext_lazy("The other side and the programme office see it. You can go on writing here."),
        variant="secondary",
    ),
    Move(
        IntroductionStage.ENDED,
        gettext_lazy("End the talks"),
        gettext_lazy("End the talks?"),
        gettext_lazy("Say why, in a sentence. The other side reads exactly this."),
        asks_why=True,
    ),
    Move(
        IntroductionStage.TALKING,
        gettext_lazy("Take up the talks again"),
        gettext_lazy("Take up the talks again?"),
        gettext_lazy("The other side is told, and both can write again."),
        variant="secondary",
    ),
)
NEVER_SHOWN = {Reason.NOT_A_PARTY, Reason.STAGE_CLOSED}


def path_of(introduction: Introduction) -> list[dict[str, Any]]:
    """The stages of a life that goes well, or where it ended: done, now, next."""
    stage = IntroductionStage(introduction.stage)
    if stage not in PATH:
        first = step(IntroductionStage.INTRODUCED.label, "done", introduction.introduced_at)
        return [first, step(stage.label, "now")]
    here = PATH.index(stage)
    return [
        step(
            reached.label,
            "done" if place < here else "now" if place == here else "next",
            introduction.introduced_at if place == 0 else None,
        )
        for place, reached in enumerate(PATH)
    ]


def partner_of(introduction: Introduction, user: Reader) -> Organisation | None:
    """The other organisation; None for the office, which belongs to neither."""
    match side_of(user, introduction):
        case Side.DEMAND:
            return introduction.sides[1]
        case Side.SUPPLY:
            return introduction.sides[0]
    return None


def title_for(introduction: Introduction, user: Reader) -> str:
    """The partner's name, or both names for the office."""
    partner = partner_of(introduction, user)
    return str(partner) if partner else " – ".join(str(side) for side in introduction.sides)


def turn_of(introduction: Introduction) -> dict[str, Any]:
    """What comes next, whose turn it is and until when; empty where nothing is open.

    Reads the messages and proposals as they were fetched.
    """
    if introduction.stage not in (*WAITING, IntroductionStage.MET):
        return {}
    demand, supply = introduction.sides
    other = {Side.DEMAND: supply, Side.SUPPLY: demand}
    proposals = sorted(introduction.proposals.all(), key=lambda proposal: proposal.starts_at)
    if offers := [proposal for proposal in proposals if proposal.stage == ProposalStage.OFFERED]:
        return {
            "next": _("Choose one of the proposed times"),
            "who": str(other[Side(offers[0].side)]),
            "until": localtime(offers[-1].starts_at).date(),
        }
    if agreed := [proposal for proposal in proposals if proposal.stage == ProposalStage.ACCEPTED]:
        return {
            "next": _("Meet, then write down what came of it"),
            "who": f"{demand} · {supply}",
            "until": localtime(agreed[0].starts_at).date(),
        }
    if introduction.stage == IntroductionStage.MET:
        return {"next": _("See to the next step"), "who": f"{demand} · {supply}"}
    messages = [message for message in introduction.messages.all() if message.side in other]
    if not messages:
        return {"next": _("Write to each other"), "who": f"{demand} · {supply}"}
    last = max(messages, key=lambda message: (message.written_at, message.pk))
    return {"next": _("Answer, or propose a time to meet"), "who": str(other[Side(last.side)])}


def moves_for(user: Reader, introduction: Introduction) -> list[Move]:
    """What `user` can decide of an introduction."""
    now = INTRODUCTION_NEXT[IntroductionStage(introduction.stage)]
    possible = [move for move in MOVES if move.stage in now]
    return offered(possible, lambda move: may_move(user, introduction, move.stage), NEVER_SHOWN)


def contacts(introduction: Introduction) -> list[dict[str, Any]]:
    """Who speaks for either side."""
    return [
        {"organisation": organisation, "person": contact_of(introduction, side)}
        for side, organisation in zip((Side.DEMAND, Side.SUPPLY), introduction.sides, strict=True)
    ]


def speaker(message: Message, introduction: Introduction) -> str:
    """For whom somebody wrote."""
    names = dict(zip((Side.DEMAND, Side.SUPPLY), introduction.sides, strict=True))
    return str(names.get(Side(message.side), _("Programme office")))


def meetings(
    proposals: Iterable[MeetingProposal], user: Reader, now: datetime
) -> list[dict[str, Any]]:
    """The proposed and agreed meetings that still count, with what `user` can do about each."""
    counted = (ProposalStage.OFFERED, ProposalStage.ACCEPTED, ProposalStage.HELD)
    stages = (ProposalStage.ACCEPTED, ProposalStage.DECLINED, ProposalStage.CANCELLED)
    return [
        {
            "proposal": proposal,
            "organisation": proposal.introduction.sides[proposal.side == Side.SUPPLY],
            "is_past": proposal.starts_at <= now,
            "may": {stage.value: may_answer(user, proposal, stage, now) for stage in stages},
        }
        for proposal in proposals
        if proposal.stage in counted
    ]


def calendar(proposal: MeetingProposal, user: Reader) -> bytes:
    """An agreed or cancelled meeting as a calendar file in the current language."""
    introduction = proposal.introduction
    address = settings.BASE_URL + introduction.get_absolute_url()
    domain = settings.BASE_URL.split("://")[-1].split(":")[0].split("/")[0]
    event = Event()
    event.add("uid", f"meeting-{proposal.pk}@{domain}")
    event.add("sequence", proposal.revision)
    event.add("dtstamp", proposal.answered_at or proposal.proposed_at)
    event.add("dtstart", localtime(proposal.starts_at))
    event.add("dtend", localtime(proposal.ends_at))
    event.add("summary", _("Meeting with %(name)s") % {"name": title_for(introduction, user)})
    event.add("location", proposal.place)
    lines = [introduction.need.title, introduction.technology.title, address]
    event.add("description", "\n".join(lines))
    event.add("url", address)
    is_agreed = proposal.stage in (ProposalStage.ACCEPTED, ProposalStage.HELD)
    status = {ProposalStage.OFFERED: "TENTATIVE"}.get(ProposalStage(proposal.stage), "CANCELLED")
    event.add("status", "CONFIRMED" if is_agreed else status)
    file = Calendar()
    file.add("prodid", "-//dure//introductions//KO")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add_component(event)
    file.add_missing_timezones()
    written: bytes = file.to_ical()
    return written


def message_mail(message: Message, person: User) -> EmailMessage:
    """A message as the contact of the other side gets it, with the way to answer."""
    introduction = message.introduction
    with translation.override(person.language):
        sender = speaker(message, introduction)
        subject = _("[dure] %(organisation)s: %(title)s") % {
            "organisation": sender,
            "title": introduction.need.title_in(person.language),
        }
        body = render_to_string(
            "introductions/email/message.txt",
            {
                "person": person,
                "sender": sender,
                "message": message,
                "files": [file.name for file in message.files.order_by("pk")],
                "url": f"{settings.BASE_URL}{introduction.get_absolute_url()}#reply",
            },
        )
    return EmailMessage(
        " ".join(subject.split())[:200],
        body,
        to=[person.email],
        headers={"Auto-Submitted": "auto-generated"},
    )


def as_rows(introductions: QuerySet[Introduction]) -> dict[str, Any]:
    """The introductions for a workbook."""
    headers = [
        _("Demand organisation"), _("Need"), _("Small firm"), _("Technology"), _("Status"),
        _("Whose turn"), _("Next"), _("Introduced"), _("Last word"), _("Reminded"), _("Reason"),
    ]  # fmt: skip
    rows = []
    for introduction in introductions.prefetch_related("messages", "proposals"):
        turn = turn_of(introduction)
        rows.append(
            [
                str(introduction.sides[0]),
                str(introduction.need),
                str(introduction.sides[1]),
                str(introduction.technology),
                introduction.get_stage_display(),
                turn.get("who", ""),
                turn.get("next", ""),
                localtime(introduction.introduced_at),
                localtime(introduction.quiet_since),
                localtime(introduction.reminded_at) if introduction.reminded_at else None,
                introduction.end_reason,
            ]
        )
    return {"title": _("Introductions"), "headers": headers, "rows": rows}


def silence(introduction: Introduction, now: datetime) -> int:
    """For how many whole days nobody has said a word."""
    return max(timedelta(0), now - introduction.quiet_since).days


def steps(user: Reader, need: Need, offer: Offer | None = None) -> list[dict[str, Any]]:
    """The way from an open need to a first match, with where `user` is on it."""
    labels = [
        _("Your account"),
        _("Your firm"),
        _("What you can do"),
        _("First matches"),
        _("Ready to be introduced"),
    ]
    if not user.is_authenticated:
        here = 0
    elif offer is not None:
        here = 5 if offer.told_at else 4
    else:
        here = 2 if firms_to_offer_for(user, need).exists() else 1
    return [
        step(label, "done" if place < here else "now" if place == here else "next")
        for place, label in enumerate(labels)
    ]


def still_needed(offer: Offer) -> list[dict[str, Any]]:
    """What an offer still needs before the owner of the need hears of it: what, done or not, where."""
    technology, firm = offer.technology, offer.technology.organisation
    is_published = technology.stage in TECHNOLOGY_SHOWN
    is_handed_in = is_published or technology.stage == TechnologyStage.UNDER_REVIEW
    edit = reverse("catalog:technology_edit", args=[technology.pk])
    return [
        {
            "what": _("Choose the field and say how ready it is"),
            "is_done": bool(technology.field and technology.trl),
            "url": edit,
            "action": _("Fill in"),
        },
        {
            "what": _("Hand it in to the programme office"),
            "is_done": is_handed_in,
            "hand_in_url": reverse("catalog:technology_move", args=[technology.pk]),
            "may": may_move_entry(offer.created_by, technology, TechnologyStage.UNDER_REVIEW),
        },
        {
            "what": _("The programme office verifies your firm, usually within a day"),
            "is_done": firm.verified_at is not None,
        },
        {
            "what": _("The programme office publishes your technology"),
            "is_done": is_published,
        },
        {
            "what": _("%(organisation)s hears that you can do it")
            % {"organisation": offer.need.organisation},
            "is_done": offer.told_at is not None,
        },
    ]
