"""What a notice says, and the daily e-mail made of notices."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from dure.apps.notices.kinds import KINDS, NoticeKind
from dure.apps.notices.models import Notice
from dure.apps.notices.operations import Digest, News
from dure.apps.notices.permissions import unsubscribe_token
from dure.apps.people.models import User

MOST_IN_ONE_EMAIL = 30


def kind_of(notice: Notice) -> NoticeKind | None:
    """What a notice is about; None when the app that told of it is gone."""
    return KINDS.get(notice.kind)


def sentence(notice: Notice) -> str:
    """What a notice says, in the reader's language."""
    kind = kind_of(notice)
    return kind.sentence(notice.facts) if kind else ""


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
