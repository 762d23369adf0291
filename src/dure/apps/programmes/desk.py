"""What waits of programmes for the office: drafts that a second officer releases."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.people.models import User
from dure.apps.programmes import permissions, queries
from dure.apps.programmes.models import Version
from dure.foundation.desk import Line, Queue, offer_queue


def _draft(version: Version, user: User) -> Line:
    page = reverse("programmes:draft", args=[version.pk])
    return Line(
        title=str(version.programme),
        url=page,
        who=str(version.edited_by),
        action=_("Look at it"),
        href=page,
        text=version.note,
    )


offer_queue(
    Queue(
        code="PROGRAMME_DRAFT",
        label=gettext_lazy("Draft of a programme to release"),
        place=110,
        offered_to=permissions.may_write,
        waiting=lambda user, now: queries.drafts_to_release(user),
        since=lambda version: version.edited_at,
        line=_draft,
        route="programmes:list",
    )
)
