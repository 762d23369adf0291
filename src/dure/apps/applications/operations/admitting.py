"""Late submissions: two officers may let one in, for a fault of the platform."""

from datetime import datetime

from django.db import transaction

from dure.apps.applications import permissions
from dure.apps.applications.events import ApplicationSubmitted
from dure.apps.applications.models import Admission, Submission
from dure.apps.applications.notices import application_admitted, application_decision_asked
from dure.apps.applications.operations.telling import everybody_in, hold, locked, tell_of
from dure.apps.applications.reasons import Reason
from dure.apps.applications.stages import ApplicationStage
from dure.apps.calls.queries import officers
from dure.apps.people.models import User
from dure.foundation.announce import announce
from dure.foundation.verdict import Refused


@transaction.atomic
def propose_admission(*, submission: Submission, reason: str, by: User, at: datetime) -> Admission:
    """Propose to let a late submission in; `reason` is the fault, for all to see. Raises Refused."""
    hold(submission.application.call)
    application = locked(submission.application)
    submission = application.submissions.select_for_update().get(pk=submission.pk)
    permissions.may_propose_admission(by, submission).require()
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    admission, _is_new = Admission.objects.update_or_create(
        submission=submission,
        defaults={
            "reason": reason.strip(),
            "proposed_by": by,
            "proposed_at": at,
            "dropped_at": None,
        },
    )
    tell_of(application, application_decision_asked, officers().exclude(pk=by.pk), at)
    return admission


@transaction.atomic
def confirm_admission(*, admission: Admission, by: User, at: datetime) -> Admission:
    """Let a late submission in, as the second officer. Raises Refused."""
    hold(admission.submission.application.call)
    application = locked(admission.submission.application)
    admission = Admission.objects.select_for_update().get(pk=admission.pk)
    permissions.may_confirm_admission(by, admission).require()
    admission.confirmed_by, admission.confirmed_at = by, at
    admission.save(update_fields=["confirmed_by", "confirmed_at"])
    application.stage = ApplicationStage.SUBMITTED
    application.filed_by = application.filed_at = None
    application.save(update_fields=["stage", "filed_by", "filed_at"])
    tell_of(
        application, application_admitted, everybody_in(application), at, reason=admission.reason
    )
    announce(ApplicationSubmitted(application.pk, admission.submission_id, at))
    return admission


@transaction.atomic
def drop_admission(*, admission: Admission, by: User, at: datetime) -> Admission:
    """Take the proposal off the table. Raises Refused."""
    locked(admission.submission.application)
    admission = Admission.objects.select_for_update().get(pk=admission.pk)
    permissions.may_drop_admission(by, admission).require()
    admission.dropped_at = at
    admission.save(update_fields=["dropped_at"])
    return admission
