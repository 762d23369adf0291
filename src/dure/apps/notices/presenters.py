"""The sentences of notices, one for each kind, and the daily e-mail made of them."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dure.apps.notices.models import Notice, NoticeKind
from dure.apps.notices.operations import Digest, News
from dure.apps.notices.permissions import unsubscribe_token
from dure.apps.people.models import User

Facts = dict[str, Any]
MOST_IN_ONE_EMAIL = 30


def sentence(notice: Notice) -> str:
    """What a notice says, in the reader's language."""
    return SENTENCES[NoticeKind(notice.kind)](notice.facts)


def digest(user: User, taken: Digest) -> EmailMessage:
    """The daily e-mail for `user`, in the language of their account, with a way to stop it."""
    with translation.override(user.language):
        stop = settings.BASE_URL + reverse("notices:unsubscribe", args=[unsubscribe_token(user)])
        body = render_to_string(
            "notices/email/digest.txt",
            {
                "user": user,
                "lines": [
                    {"text": sentence(notice), "url": settings.BASE_URL + notice.url}
                    for notice in taken.notices[:MOST_IN_ONE_EMAIL]
                ],
                "more": max(0, len(taken.notices) - MOST_IN_ONE_EMAIL),
                "news": [_part(part) for part in taken.news],
                "all_url": settings.BASE_URL + reverse("notices:list"),
                "unsubscribe_url": stop,
            },
        )
        subject = ngettext(
            "dure: %(n)s thing is new", "dure: %(n)s things are new", taken.count
        ) % {"n": taken.count}
    return EmailMessage(
        subject,
        body,
        to=[user.email],
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )


def _part(part: News) -> dict[str, Any]:
    return {
        "title": part.title,
        "lines": [{"text": text, "url": settings.BASE_URL + url} for text, url in part.lines],
        "more": not part.is_whole,
        "url": settings.BASE_URL + part.url,
    }


def _published(facts: Facts) -> str:
    title, count = facts.get("title", ""), facts.get("count", 1)
    if count > 1:
        return ngettext(
            "“%(title)s” and %(n)s other entry are published.",
            "“%(title)s” and %(n)s other entries are published.",
            count - 1,
        ) % {"title": title, "n": count - 1}
    return _("“%(title)s” is published.") % {"title": title}


def _returned(facts: Facts) -> str:
    return _("“%(title)s” came back to you: %(because)s") % {
        "title": facts.get("title", ""),
        "because": facts.get("because", "–"),
    }


def _merged(facts: Facts) -> str:
    return _("“%(title)s” was merged into “%(into)s”, because they say the same.") % {
        "title": facts.get("title", ""),
        "into": facts.get("into", ""),
    }


def _new_matches(facts: Facts) -> str:
    count = facts.get("count", 1)
    if title := facts.get("title"):
        return ngettext(
            "%(n)s new match for “%(title)s”.", "%(n)s new matches for “%(title)s”.", count
        ) % {"n": count, "title": title}
    return ngettext(
        "%(n)s new match waits for your answer.",
        "%(n)s new matches wait for your answer.",
        count,
    ) % {"n": count}


def _answered(facts: Facts) -> str:
    words = {name: facts.get(name, "") for name in ("title", "other", "organisation")}
    match facts.get("answer"):
        case "INTRODUCED":
            return (
                _("The programme office brings you together with %(organisation)s: “%(other)s”.")
                % words
            )
        case "MUTUAL":
            return _("Both sides want it: “%(title)s” and “%(other)s”. Introduce them.") % words
        case "INTERESTED":
            return _("%(organisation)s is interested in “%(title)s”.") % words
    return _("There is an answer to “%(title)s”.") % words


def _job_ended(facts: Facts) -> str:
    title = _(facts["title"]) if facts.get("title") else _("A job")
    match facts.get("stage"):
        case "DONE":
            return _("%(title)s: finished.") % {"title": title}
        case "CANCELLED":
            return _("%(title)s: cancelled.") % {"title": title}
    return _("%(title)s: failed. Open it to see why.") % {"title": title}


def _join_requested(facts: Facts) -> str:
    return _("%(name)s asks to join %(organisation)s.") % {
        "name": facts.get("name", ""),
        "organisation": facts.get("organisation", ""),
    }


def _join_answered(facts: Facts) -> str:
    organisation = {"organisation": facts.get("organisation", "")}
    if facts.get("is_welcome"):
        return _("You belong to %(organisation)s now.") % organisation
    return _("%(organisation)s did not accept your request to join.") % organisation


def _verified(facts: Facts) -> str:
    return _("%(organisation)s is verified. You can publish and answer now.") % {
        "organisation": facts.get("organisation", "")
    }


def _nda_moved(facts: Facts) -> str:
    words = {name: facts.get(name, "") for name in ("material", "organisation", "because")}
    match facts.get("stage"):
        case "ASKED":
            return _("%(organisation)s asks you to sign an agreement on “%(material)s”.") % words
        case "SIGNED":
            return _("%(organisation)s signed: the details of “%(material)s” are open.") % words
        case "REFUSED":
            return _("%(organisation)s did not sign for “%(material)s”: %(because)s") % words
        case "WITHDRAWN":
            return _("%(organisation)s took its request for “%(material)s” back.") % words
        case "RETURNED":
            return _("%(organisation)s gave “%(material)s” back: %(because)s") % words
        case "DESTROYED":
            return _("%(organisation)s destroyed “%(material)s”: %(because)s") % words
    return _("%(organisation)s ended the agreement on “%(material)s”: %(because)s") % words


def _nda_reminder(facts: Facts) -> str:
    names = ("material", "organisation", "last_day", "return_on")
    words = {name: facts.get(name, "") for name in names}
    if not facts.get("is_over"):
        return (
            _("The agreement with %(organisation)s on “%(material)s” runs out after %(last_day)s.")
            % words
        )
    if facts.get("is_receiver"):
        return (
            _(
                "The agreement with %(organisation)s on “%(material)s” is over: give back or"
                " destroy what you received by %(return_on)s."
            )
            % words
        )
    return (
        _(
            "The agreement on “%(material)s” is over: %(organisation)s gives back or destroys"
            " what it received by %(return_on)s."
        )
        % words
    )


def _fair_answered(facts: Facts) -> str:
    words = {"fair": facts.get("fair", ""), "because": facts.get("because", "")}
    if facts.get("stage") == "REFUSED":
        return _("Your registration for %(fair)s was refused: %(because)s") % words
    return _("Your registration for %(fair)s is approved.") % words


def _fair_wishes(facts: Facts) -> str:
    return _("%(fair)s: say whom you would like to meet.") % {"fair": facts.get("fair", "")}


def _fair_timetable(facts: Facts) -> str:
    fair, count = facts.get("fair", ""), facts.get("count", 0)
    if facts.get("is_first"):
        return ngettext(
            "%(fair)s: your timetable with %(n)s meeting is here.",
            "%(fair)s: your timetable with %(n)s meetings is here.",
            count,
        ) % {"fair": fair, "n": count}
    return ngettext(
        "%(fair)s: %(n)s of your meetings changed.",
        "%(fair)s: %(n)s of your meetings changed.",
        count,
    ) % {"fair": fair, "n": count}


def _fair_reminder(facts: Facts) -> str:
    if more := facts.get("more", 0):
        return ngettext(
            "%(when)s, table %(table)s: you meet %(organisation)s, and %(n)s other after that.",
            "%(when)s, table %(table)s: you meet %(organisation)s, and %(n)s others after that.",
            more,
        ) % {"n": more, **{name: facts.get(name, "") for name in ("when", "table", "organisation")}}
    return _("%(when)s, table %(table)s: you meet %(organisation)s.") % {
        name: facts.get(name, "") for name in ("when", "table", "organisation")
    }


def _fair_task(facts: Facts) -> str:
    return _("After the meeting with %(organisation)s you see to the next step, until %(due)s.") % {
        name: facts.get(name, "") for name in ("organisation", "due")
    }


SENTENCES: dict[NoticeKind, Callable[[Facts], str]] = {
    NoticeKind.NEED_PUBLISHED: _published,
    NoticeKind.NEED_RETURNED: _returned,
    NoticeKind.NEED_MERGED: _merged,
    NoticeKind.NEW_MATCHES: _new_matches,
    NoticeKind.MATCH_ANSWERED: _answered,
    NoticeKind.JOB_ENDED: _job_ended,
    NoticeKind.JOIN_REQUESTED: _join_requested,
    NoticeKind.JOIN_ANSWERED: _join_answered,
    NoticeKind.ORGANISATION_VERIFIED: _verified,
    NoticeKind.NDA_MOVED: _nda_moved,
    NoticeKind.NDA_REMINDER: _nda_reminder,
    NoticeKind.FAIR_ANSWERED: _fair_answered,
    NoticeKind.FAIR_WISHES: _fair_wishes,
    NoticeKind.FAIR_TIMETABLE: _fair_timetable,
    NoticeKind.FAIR_REMINDER: _fair_reminder,
    NoticeKind.FAIR_TASK: _fair_task,
}
ICONS = {
    NoticeKind.NEED_PUBLISHED: "success",
    NoticeKind.NEED_RETURNED: "undo",
    NoticeKind.NEED_MERGED: "file",
    NoticeKind.NEW_MATCHES: "search",
    NoticeKind.MATCH_ANSWERED: "people",
    NoticeKind.JOB_ENDED: "clock",
    NoticeKind.JOIN_REQUESTED: "user",
    NoticeKind.JOIN_ANSWERED: "user",
    NoticeKind.ORGANISATION_VERIFIED: "success",
    NoticeKind.NDA_MOVED: "lock",
    NoticeKind.NDA_REMINDER: "clock",
    NoticeKind.FAIR_ANSWERED: "calendar",
    NoticeKind.FAIR_WISHES: "people",
    NoticeKind.FAIR_TIMETABLE: "calendar",
    NoticeKind.FAIR_REMINDER: "clock",
    NoticeKind.FAIR_TASK: "check",
}
