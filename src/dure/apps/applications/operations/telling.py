"""What the operations have in common: locks, and telling those who have to do with an application."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils.timezone import localtime

from dure.apps.applications import queries
from dure.apps.applications.models import Application, Participant
from dure.apps.calls.models import Call
from dure.apps.notices.kinds import NoticeKind
from dure.apps.notices.operations import tell
from dure.apps.people.models import User
from dure.apps.people.queries import people_of


def locked(application: Application) -> Application:
    """The application, kept from others until the end of the transaction."""
    applications = Application.objects.select_related(
        "call__version__programme", "organisation", "round", "leader"
    )
    return applications.select_for_update(of=("self",)).get(pk=application.pk)


def hold(call: Call) -> None:
    """Keep the call as it is until the end of the transaction; any number can hold it at once.

    Whoever opens or closes it waits meanwhile, so nothing is opened while a submission is written.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM calls_call WHERE id = %s FOR SHARE", [call.pk])


def member(application: Application, pk: int) -> Participant:
    """A member of a locked application, locked too."""
    participants = application.participants.select_related("organisation")
    return participants.select_for_update(of=("self",)).get(pk=pk)


def moment(at: datetime | None) -> str:
    """A time in Seoul as notices say it."""
    return f"{localtime(at):%Y-%m-%d %H:%M:%S}" if at else ""


def tell_of(
    application: Application, kind: NoticeKind, people: Iterable[User], at: datetime, **facts: Any
) -> None:
    """Leave a notice of an application with some people."""
    tell(
        recipients=people,
        kind=kind,
        facts={
            "number": application.number,
            "call": application.call.title,
            "lead": application.organisation.name,
            **facts,
        },
        url=reverse("applications:application", args=[application.pk]),
        at=at,
    )


def everybody_in(application: Application) -> set[User]:
    """The people of all organisations that take part."""
    return {
        user
        for member in queries.members_of(application)
        for user in people_of(member.organisation)
    }  # fmt: skip
