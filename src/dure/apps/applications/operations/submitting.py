"""From the draft to the receipt: filed by the project leader, approved by the signatory, sealed."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime
from procrastinate.contrib.django import app as queue

from dure.apps.applications import adapter, permissions, queries
from dure.apps.applications.events import ApplicationSubmitted
from dure.apps.applications.models import Application, Submission
from dure.apps.applications.notices import (
    application_filed,
    application_late,
    application_received,
    application_withdrawn,
)
from dure.apps.applications.operations.recording import record_receipt, record_withdrawal
from dure.apps.applications.operations.telling import (
    everybody_in,
    hold,
    locked,
    moment,
    tell_of,
)
from dure.apps.applications.reasons import Reason
from dure.apps.applications.stages import ApplicationStage
from dure.apps.people.models import User
from dure.apps.people.queries import signatories_of
from dure.foundation import sealing
from dure.foundation.announce import announce
from dure.foundation.verdict import Refused


@transaction.atomic
def file(*, application: Application, by: User, at: datetime) -> Application:
    """File the draft for the signatory: from now on nobody changes it. Nothing is received yet.

    Raises Refused, with what is `missing` in its details.
    """
    application = locked(application)
    permissions.may_file(by, application).require()
    if missing := adapter.missing(application):
        raise Refused(Reason.INCOMPLETE, missing=missing)
    application.filed_by, application.filed_at = by, at
    if application.stage != ApplicationStage.SUBMITTED:
        application.stage = ApplicationStage.FILED
    application.save(update_fields=["filed_by", "filed_at", "stage"])
    tell_of(
        application,
        application_filed,
        signatories_of(application.organisation, localtime(at).date()),
        at,
        until=moment(queries.deadline_of(application)),
    )
    return application


@transaction.atomic
def take_back_filing(*, application: Application, by: User) -> Application:
    """Let the draft be changed again; a version submitted before stands. Raises Refused."""
    application = locked(application)
    permissions.may_take_back_filing(by, application).require()
    application.filed_by = application.filed_at = None
    if application.stage == ApplicationStage.FILED:
        application.stage = ApplicationStage.DRAFT
    application.save(update_fields=["filed_by", "filed_at", "stage"])
    return application


@transaction.atomic
def submit(*, application: Application, by: User, at: datetime) -> Submission:
    """Approve what is filed and receive it: sealed, with a receipt; `at` is when it arrived.

    After the deadline it is kept as a late submission, which does not count, and the draft stays
    a draft. Raises Refused.
    """
    hold(application.call)
    application = locked(application)
    permissions.may_submit(by, application, at).require()
    opening = queries.live_opening(application.call, application.round)
    if opening is not None and opening.opened_at is not None:
        raise Refused(Reason.OPENED_ALREADY)
    in_time = permissions.is_in_time(application, at)
    if not in_time and in_time.reason != Reason.DEADLINE_PASSED:
        in_time.require()
    submission = _received(application, by, at, is_late=not in_time)
    record_receipt(submission)
    application.filed_by = application.filed_at = None
    if in_time:
        application.stage = ApplicationStage.SUBMITTED
    elif application.stage == ApplicationStage.FILED:
        application.stage = ApplicationStage.DRAFT
    application.save(update_fields=["filed_by", "filed_at", "stage"])
    tell_of(
        application,
        application_received if in_time else application_late,
        everybody_in(application),
        at,
        receipt=submission.receipt_number,
        until=moment(at),
    )
    if in_time:
        announce(ApplicationSubmitted(application.pk, submission.pk, at))
        queue.configure_task("send_receipt", queue="mail").defer(submission_id=submission.pk)
    return submission


@transaction.atomic
def withdraw(*, application: Application, by: User, at: datetime) -> Application:
    """Withdraw what was submitted, until the deadline; it can be submitted anew. Raises Refused."""
    hold(application.call)
    application = locked(application)
    permissions.may_withdraw(by, application, at).require()
    application.submissions.filter(withdrawn_at=None, voided_at=None).update(
        withdrawn_at=at, withdrawn_by=by
    )
    application.stage = ApplicationStage.WITHDRAWN
    application.filed_by = application.filed_at = None
    application.save(update_fields=["stage", "filed_by", "filed_at"])
    record_withdrawal(application, by=by, at=at)
    tell_of(application, application_withdrawn, everybody_in(application), at)
    return application


def _received(application: Application, by: User, at: datetime, *, is_late: bool) -> Submission:
    version = application.submissions.count() + 1
    receipt = f"{application.number}-{version:02d}"
    snapshot = adapter.snapshot_of(application, version)
    submission = Submission(
        application=application,
        version=version,
        receipt_number=receipt,
        submitted_by=by,
        submitted_at=at,
        content_hash=sealing.digest(snapshot.content),
        is_late=is_late,
    )
    kept = {"content": snapshot.content, "file_keys": snapshot.file_keys}
    sealed = sealing.seal(sealing.canonical(kept), submission.about)
    submission.sealed, submission.key_id = sealed.content, sealed.key_id
    submission.save()
    return submission
