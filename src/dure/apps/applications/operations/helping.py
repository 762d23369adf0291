"""Somebody of the office helps with a draft: let in by the applicant, and every look is kept."""

from datetime import datetime, timedelta

from django.db import transaction

from dure.apps.applications import permissions
from dure.apps.applications.models import Application, Helper, Look
from dure.apps.applications.notices import application_help
from dure.apps.applications.operations.telling import locked, tell_of
from dure.apps.applications.reasons import Reason
from dure.apps.people.models import User
from dure.apps.people.queries import is_office
from dure.foundation.verdict import Refused

ONE_LOOK = timedelta(minutes=10)
"""Within which reading the same part again is not kept once more."""


@transaction.atomic
def let_help(*, application: Application, helper: User, by: User, at: datetime) -> Helper:
    """Let somebody of the office read the draft until the help is ended. Raises Refused."""
    application = locked(application)
    permissions.may_let_help(by, application).require()
    if not is_office(helper):
        raise Refused(Reason.NOT_THE_OFFICE)
    let_in, is_new = Helper.objects.get_or_create(
        application=application,
        user=helper,
        ended_at=None,
        defaults={"let_in_by": by, "let_in_at": at},
    )
    if is_new:
        tell_of(application, application_help, [helper], at)
    return let_in


@transaction.atomic
def end_help(*, helper: Helper, by: User, at: datetime) -> None:
    """Let a helper read no more. Raises Refused."""
    application = locked(helper.application)
    permissions.may_let_help(by, application).require()
    Helper.objects.filter(pk=helper.pk, ended_at=None).update(ended_at=at)


def note_look(*, helper: Helper, part: str, at: datetime) -> None:
    """Keep that a helper reads something."""
    if not helper.looks.filter(part=part, seen_at__gt=at - ONE_LOOK).exists():
        Look.objects.create(helper=helper, part=part, seen_at=at)
