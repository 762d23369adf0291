"""Who may do what with applications."""

from datetime import datetime

from django.utils.timezone import localtime

from dure.apps.applications import adapter, queries
from dure.apps.applications.models import Admission, Application, Opening, Participant, Submission
from dure.apps.applications.reasons import Reason
from dure.apps.applications.stages import ApplicationStage, ParticipantStage
from dure.apps.calls.models import Call, Recommender, Round
from dure.apps.calls.queries import deadline_for, pending_proposal, state_of
from dure.apps.calls.stages import CallStage, State
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, is_office, roles_of
from dure.engines import funding
from dure.foundation.verdict import YES, Verdict

_OVER = (ApplicationStage.OPENED, ApplicationStage.LAPSED)


def may_start(
    user: Reader, call: Call, organisation: Organisation, within: Round | None, at: datetime
) -> Verdict:
    """Start an application for one's organisation."""
    if not user.is_authenticated:
        return Verdict(Reason.NOT_SIGNED_IN)
    if organisation.pk not in roles_of(user).organisations:
        return Verdict(Reason.NOT_OF_THE_FIRM)
    if organisation.verified_at is None:
        return Verdict(Reason.ORGANISATION_NOT_VERIFIED)
    return _is_taken(call, organisation, within, at)


def _is_taken(
    call: Call, organisation: Organisation, within: Round | None, at: datetime
) -> Verdict:
    """Whether a call takes the application of an organisation at a moment."""
    if call.stage not in (CallStage.ANNOUNCED, CallStage.CLOSED):
        return Verdict(Reason.CALL_ENDED)
    deadline = deadline_for(call, organisation, within=within)
    begins = call.opens_at if within is None else within.opens_at
    if at < begins or (state_of(call, at) == State.TO_COME and within is None):
        return Verdict(Reason.CALL_NOT_OPEN)
    return Verdict(Reason.DEADLINE_PASSED) if deadline is not None and at >= deadline else YES


def is_in_time(application: Application, at: datetime) -> Verdict:
    """Whether a submission counts that arrives at a moment: the server's clock decides."""
    return _is_taken(application.call, application.organisation, application.round, at)


def may_read(user: Reader, application: Application, name: str, owner: int | None) -> Verdict:
    """Read a part of a draft; people of the office only when the applicant let them in."""
    access = queries.access_of(user, application)
    if not access:
        return Verdict(Reason.NOT_OF_THE_FIRM)
    reads = access.reads(owner, is_money=adapter.is_money(name))
    return YES if reads else Verdict(Reason.NOT_YOUR_PART)


def may_edit(user: Reader, application: Application) -> Verdict:
    """Change the draft: while it is not filed, and until the call's applications are opened."""
    if not queries.access_of(user, application).members:
        return Verdict(Reason.NOT_OF_THE_FIRM)
    return _is_editable(application)


def _is_editable(application: Application) -> Verdict:
    if application.stage in _OVER:
        return Verdict(Reason.STAGE_CLOSED)
    return Verdict(Reason.FILED_ALREADY) if application.filed_at else YES


def may_edit_part(user: Reader, application: Application, owner: int | None) -> Verdict:
    """Change a part of the draft: the lead every one, another member its own."""
    if not (verdict := may_edit(user, application)):
        return verdict
    access = queries.access_of(user, application)
    return YES if access.writes(owner) else Verdict(Reason.NOT_YOUR_PART)


def may_lead(user: Reader, application: Application) -> Verdict:
    """Invite, choose the project leader, let somebody help: people of the lead organisation."""
    if not queries.access_of(user, application).is_lead:
        return Verdict(Reason.NOT_THE_LEAD)
    return _is_editable(application)


def may_answer_invitation(user: Reader, participant: Participant) -> Verdict:
    """Say whether one's organisation takes part."""
    if participant.organisation_id not in roles_of(user).organisations:
        return Verdict(Reason.NOT_OF_THE_FIRM)
    is_open = participant.stage == ParticipantStage.INVITED
    return YES if is_open else Verdict(Reason.STAGE_CLOSED)


def _signs(user: Reader, organisation_id: int, at: datetime) -> bool:
    return organisation_id in queries.signed_for(user, localtime(at).date())


def may_confirm(user: Reader, participant: Participant, at: datetime) -> Verdict:
    """Confirm that one's own part is right: whoever signs for the organisation."""
    if not _signs(user, participant.organisation_id, at):
        return Verdict(Reason.NOT_A_SIGNATORY)
    if participant.stage != ParticipantStage.JOINED or participant.confirmed_at:
        return Verdict(Reason.STAGE_CLOSED)
    return YES if participant.application.stage not in _OVER else Verdict(Reason.STAGE_CLOSED)


def may_leave(user: Reader, participant: Participant, at: datetime) -> Verdict:
    """Take one's organisation out of an application, which makes what was submitted void."""
    if not _signs(user, participant.organisation_id, at):
        return Verdict(Reason.NOT_A_SIGNATORY)
    if participant.role == funding.Role.LEAD:
        return Verdict(Reason.LEAD_STAYS)
    is_open = participant.stage == ParticipantStage.JOINED
    return YES if is_open and participant.application.stage not in _OVER else Verdict(
        Reason.STAGE_CLOSED
    )  # fmt: skip


def may_file(user: Reader, application: Application) -> Verdict:
    """File the draft for the signatory: the project leader."""
    if user.pk != application.leader_id:
        return Verdict(Reason.NOT_THE_LEAD)
    return _is_editable(application)


def may_take_back_filing(user: Reader, application: Application) -> Verdict:
    """Take a filed draft back to change it: the project leader or the signatory."""
    if not queries.access_of(user, application).is_lead:
        return Verdict(Reason.NOT_THE_LEAD)
    if application.stage in _OVER:
        return Verdict(Reason.STAGE_CLOSED)
    return YES if application.filed_at else Verdict(Reason.NOT_FILED)


def may_submit(user: Reader, application: Application, at: datetime) -> Verdict:
    """Approve what is filed, and submit it: whoever signs for the lead organisation."""
    if not _signs(user, application.organisation_id, at):
        return Verdict(Reason.NOT_A_SIGNATORY)
    if application.stage in _OVER:
        return Verdict(Reason.STAGE_CLOSED)
    return YES if application.filed_at else Verdict(Reason.NOT_FILED)


def may_withdraw(user: Reader, application: Application, at: datetime) -> Verdict:
    """Withdraw what was submitted, until the deadline."""
    if not _signs(user, application.organisation_id, at):
        return Verdict(Reason.NOT_A_SIGNATORY)
    if application.stage != ApplicationStage.SUBMITTED:
        return Verdict(Reason.NOTHING_SUBMITTED)
    return is_in_time(application, at)


def may_let_help(user: Reader, application: Application) -> Verdict:
    """Let somebody of the office read the draft, and end it again."""
    is_lead = queries.access_of(user, application).is_lead
    return YES if is_lead else Verdict(Reason.NOT_THE_LEAD)


def may_run(user: Reader) -> Verdict:
    """See counts, and do what takes the office."""
    return YES if is_office(user) else Verdict(Reason.NOT_AN_OFFICER)


def may_propose_admission(user: Reader, submission: Submission) -> Verdict:
    """Propose to admit a late submission, before anything is opened."""
    if not (verdict := may_run(user)):
        return verdict
    if not submission.is_late or submission.withdrawn_at or submission.voided_at:
        return Verdict(Reason.NOT_LATE)
    application = submission.application
    opening = queries.live_opening(application.call, application.round)
    if submission.opened_at or (opening and opening.opened_at):
        return Verdict(Reason.OPENED_ALREADY)
    admission = getattr(submission, "admission", None)
    is_proposed = admission is not None and admission.dropped_at is None
    return Verdict(Reason.PROPOSED_ALREADY) if is_proposed else YES


def may_confirm_admission(user: Reader, admission: Admission) -> Verdict:
    """Confirm what another officer proposed."""
    if not (verdict := may_run(user)):
        return verdict
    if admission.confirmed_at or admission.dropped_at:
        return Verdict(Reason.NOT_PROPOSED)
    if admission.proposed_by_id == user.pk:
        return Verdict(Reason.SECOND_CONFIRMS)
    application = admission.submission.application
    opening = queries.live_opening(application.call, application.round)
    return Verdict(Reason.OPENED_ALREADY) if opening and opening.opened_at else YES


def may_drop_admission(user: Reader, admission: Admission) -> Verdict:
    """Take a proposal off the table."""
    if not (verdict := may_run(user)):
        return verdict
    is_open = admission.confirmed_at is None and admission.dropped_at is None
    return YES if is_open else Verdict(Reason.NOT_PROPOSED)


def may_request_opening(user: Reader, call: Call, within: Round | None) -> Verdict:
    """Have the applications opened: alone after the deadline, with a second officer before it."""
    if not (verdict := may_run(user)):
        return verdict
    if call.stage in (CallStage.DRAFT, CallStage.CANCELLED):
        return Verdict(Reason.STAGE_CLOSED)
    if queries.live_opening(call, within):
        return Verdict(Reason.PROPOSED_ALREADY)
    return nothing_waits(call, within)


def may_confirm_opening(user: Reader, opening: Opening) -> Verdict:
    """Confirm an opening before the deadline that another officer asked for."""
    if not (verdict := may_run(user)):
        return verdict
    if not opening.is_early or opening.confirmed_at or opening.dropped_at or opening.opened_at:
        return Verdict(Reason.NOT_PROPOSED)
    return Verdict(Reason.SECOND_CONFIRMS) if opening.requested_by_id == user.pk else YES


def may_drop_opening(user: Reader, opening: Opening) -> Verdict:
    """Take back an opening before the deadline that nobody has confirmed."""
    if not (verdict := may_run(user)):
        return verdict
    is_open = opening.confirmed_at is None and not (opening.dropped_at or opening.opened_at)
    return YES if is_open else Verdict(Reason.NOT_PROPOSED)


def may_recommend(user: Reader, recommender: Recommender, at: datetime) -> Verdict:
    """Rank what was opened, for the body whose people one is one of, until its date."""
    if recommender.organisation_id not in roles_of(user).organisations:
        return Verdict(Reason.NOT_THEIR_PEOPLE)
    if at >= recommender.until:
        return Verdict(Reason.RANKING_OVER)
    is_open = queries.applications_to_recommend(recommender).exists()
    return YES if is_open else Verdict(Reason.STILL_TO_OPEN)


def is_recommendable(application: Application, recommender: Recommender) -> Verdict:
    """A body puts forward no application that its own organisation takes part in."""
    own = queries.members_of(application).filter(organisation=recommender.organisation_id)
    return Verdict(Reason.OWN_APPLICATION) if own.exists() else YES


def nothing_waits(call: Call, within: Round | None) -> Verdict:
    """Nothing opens while a later deadline, or a late submission, waits for a second officer."""
    if pending_proposal(call):
        return Verdict(Reason.STILL_SEALED)
    if queries.admissions_pending(call, within).exists():
        return Verdict(Reason.WAITS_FOR_ADMISSION)
    return YES
