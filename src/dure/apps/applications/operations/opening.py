"""Opening what was submitted: by the deadline job, or before the deadline by two officers.

Asking for it is done on pages; only `open_due` needs the private half of the key, and it runs in
the worker.
"""

import json
import logging
from datetime import datetime
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app as queue

from dure.apps.applications import adapter, permissions, queries
from dure.apps.applications.events import ApplicationsOpened
from dure.apps.applications.models import Application, Opening, Submission
from dure.apps.applications.notices import application_decision_asked, applications_opened_early
from dure.apps.applications.operations.recommending import tell_recommenders
from dure.apps.applications.operations.telling import everybody_in, tell_of
from dure.apps.applications.reasons import Reason
from dure.apps.applications.stages import ApplicationStage
from dure.apps.calls.models import Call, Recommender, Round
from dure.apps.calls.operations import hold_call, note_opening
from dure.apps.calls.permissions import is_openable
from dure.apps.calls.queries import officers, recommenders_of
from dure.apps.challenges.models import Candidate
from dure.apps.notices.operations import tell
from dure.apps.people.models import User
from dure.foundation import sealing
from dure.foundation.announce import announce
from dure.foundation.verdict import Refused

log = logging.getLogger(__name__)


@transaction.atomic
def request_opening(
    *, call: Call, within: Round | None = None, reason: str = "", by: User, at: datetime
) -> Opening:
    """Have the applications opened: after the deadline at once, before it once a second officer
    confirms it; then `reason` is told to every applicant. Raises Refused.
    """
    call = hold_call(call)
    permissions.may_request_opening(by, call, within).require()
    is_early = not is_openable(call, at, within)
    if is_early and not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    opening = Opening.objects.create(
        call=call,
        round=within,
        is_early=is_early,
        reason=reason.strip(),
        requested_by=by,
        requested_at=at,
    )
    if is_early:
        tell(
            recipients=officers().exclude(pk=by.pk),
            kind=application_decision_asked,
            facts={"call": call.title},
            url=f"/calls/{call.pk}/",
            at=at,
        )
    else:
        queue.configure_task("open_applications", queue="mail").defer(timestamp=0)
    return opening


@transaction.atomic
def confirm_opening(*, opening: Opening, by: User, at: datetime) -> Opening:
    """Confirm, as the second officer, that applications are opened before the deadline.

    Raises Refused.
    """
    call = hold_call(opening.call)
    opening = Opening.objects.select_for_update().get(pk=opening.pk)
    permissions.may_confirm_opening(by, opening).require()
    permissions.nothing_waits(call, opening.round).require()
    opening.confirmed_by, opening.confirmed_at = by, at
    opening.save(update_fields=["confirmed_by", "confirmed_at"])
    queue.configure_task("open_applications", queue="mail").defer(timestamp=0)
    return opening


@transaction.atomic
def drop_opening(*, opening: Opening, by: User, at: datetime) -> Opening:
    """Take back what nobody has confirmed. Raises Refused."""
    hold_call(opening.call)
    opening = Opening.objects.select_for_update().get(pk=opening.pk)
    permissions.may_drop_opening(by, opening).require()
    opening.dropped_at = at
    opening.save(update_fields=["dropped_at"])
    return opening


def open_due(*, at: datetime) -> int:
    """Open what is to be opened now; how many calls or rounds. Whoever runs it twice changes nothing.

    Each is opened whole or not at all. Raises KeyAbsent in a process that may not open.
    """
    opened = 0
    for call in queries.unfinished().order_by("pk"):
        for within in queries.rounds_to_open(call):
            opened += _open(call, within, at)
    return opened


@transaction.atomic
def _open(call: Call, within: Round | None, at: datetime) -> bool:
    """Open a call or a round of it if it is time; whether it was."""
    call = hold_call(call)
    opening = queries.live_opening(call, within)
    if not _is_time(call, within, opening, at) or not permissions.nothing_waits(call, within):
        return False
    if opening is None:
        opening = Opening(call=call, round=within, requested_at=at)
    if opening.confirmed_at is None:
        opening.is_early = False  # the deadline came before a second officer
    submissions = _standing(call, within)
    for submission in submissions:
        _unseal(submission, at)
    _lapse(call, within)
    opening.opened_at, opening.count = at, len(submissions)
    opening.save()
    is_early = not is_openable(call, at, within)
    note_opening(call=call, within=within, is_early=is_early, at=at)
    tell_recommenders(call, at)
    if opening.is_early:
        _tell_early(opening, submissions, at)
    announce(ApplicationsOpened(call.pk, within.pk if within else None, at))
    return True


def _is_time(call: Call, within: Round | None, opening: Opening | None, at: datetime) -> bool:
    if opening is not None and opening.opened_at is not None:
        return False
    if opening is not None and opening.confirmed_at is not None:
        return True
    if not is_openable(call, at, within):
        return False
    planned = queries.opens_at(call, within)
    return opening is not None or (planned is not None and at >= planned)


def _standing(call: Call, within: Round | None) -> list[Submission]:
    submissions = []
    applications = call.applications.filter(round=within, stage=ApplicationStage.SUBMITTED)
    for application in applications.select_for_update().order_by("pk"):
        standing = queries.standing_submission(application)
        if standing is None:
            log.error("application %s is submitted and has nothing that stands", application.pk)
            continue
        submissions.append(standing)
    return submissions


def _unseal(submission: Submission, at: datetime) -> None:
    sealed = sealing.Sealed(bytes(submission.sealed), submission.key_id)
    kept = json.loads(sealing.unseal(sealed, submission.about))
    content = kept["content"]
    if sealing.digest(content) != submission.content_hash:
        raise sealing.Unreadable(submission.about)
    submission.content, submission.file_keys = content, kept["file_keys"]
    submission.checks = adapter.checks_at_deadline(submission.application, content)
    submission.opened_at = at
    submission.save(update_fields=["content", "file_keys", "checks", "opened_at"])
    challenge = content["origin"].get("challenge")
    Application.objects.filter(pk=submission.application_id).update(
        stage=ApplicationStage.OPENED,
        title=content["project"].get("title", "")[:300],
        challenge=Candidate.objects.filter(pk=challenge).first() if challenge else None,
        recommender=_recommender(submission.application.call, content["project"]),
    )


def _recommender(call: Call, project: dict[str, Any]) -> Recommender | None:
    """The body that the applicant named, unless it was taken off the list meanwhile."""
    return recommenders_of(call).filter(pk=project.get("recommender")).first()


def _lapse(call: Call, within: Round | None) -> None:
    over = (ApplicationStage.OPENED, ApplicationStage.LAPSED, ApplicationStage.SUBMITTED)
    call.applications.filter(round=within).exclude(stage__in=over).update(
        stage=ApplicationStage.LAPSED, filed_at=None, filed_by=None
    )


def _tell_early(opening: Opening, submissions: list[Submission], at: datetime) -> None:
    for submission in submissions:
        application = submission.application
        tell_of(
            application,
            applications_opened_early,
            everybody_in(application),
            at,
            reason=opening.reason,
        )
