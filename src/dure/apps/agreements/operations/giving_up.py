"""Who gave a place up has no agreement any more: what is not in force yet is dropped by itself."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.agreements import queries
from dure.apps.agreements.models import Agreement
from dure.apps.agreements.notices import agreement_moved
from dure.apps.agreements.operations.drafting import locked
from dure.apps.agreements.operations.signing import stop_signing
from dure.apps.agreements.operations.telling import people_in, tell_of
from dure.apps.agreements.stages import AgreementStage
from dure.apps.selection.kinds import Cause, Outcome


def drop_given_up(*, at: datetime) -> int:
    """Drop the agreements of applicants who gave their place up, with what they said; how many.

    The money that was reserved for a text is free again. What is in force ends by its own rules. Run
    when somebody gives up and every hour, as often as one likes.
    """
    return sum(_dropped(agreement, at) for agreement in queries.given_up())


def follow_revocations(*, at: datetime) -> int:
    """Stop what is signed on a place that was taken back; drop it once nobody can object; how many.

    Until then a draft stays as it is and cannot be signed: an objection can give the place back. What
    is in force is paid nothing more (`Hold.SELECTION_REVOKED`) and ends by its own rules.
    """
    stopped = sum(_stopped(agreement, at) for agreement in queries.revoked_while_signed())
    dropped = queries.revoked_for_good(localdate(at))
    return stopped + sum(_dropped(agreement, at) for agreement in dropped)


@transaction.atomic
def _stopped(agreement: Agreement, at: datetime) -> bool:
    """Back from signing to a draft, its money free again."""
    agreement = locked(agreement)
    if agreement.stage != AgreementStage.SIGNING or not queries.is_revoked(agreement):
        return False
    stop_signing(agreement, None, at)
    decision = queries.decision_of(agreement)
    agreement.stage, agreement.reason = AgreementStage.DRAFT, decision.reason if decision else ""
    agreement.save()
    tell_of(
        agreement, agreement_moved, people_in(agreement), at=at, stage=agreement.stage,
        reason=agreement.reason,
    )  # fmt: skip
    return True


@transaction.atomic
def _dropped(agreement: Agreement, at: datetime) -> bool:
    agreement = locked(agreement)
    decision = queries.decision_of(agreement)
    is_gone = decision is not None and (
        decision.outcome == Outcome.WITHDRAWN
        or (decision.cause == Cause.REVOKED and queries.is_final(decision, localdate(at)))
    )
    if decision is None or not is_gone:
        return False
    if agreement.stage not in queries.NOT_IN_FORCE:
        return False
    if agreement.stage == AgreementStage.SIGNING:
        stop_signing(agreement, None, at)
    agreement.stage, agreement.reason = AgreementStage.DROPPED, decision.reason
    agreement.save()
    tell_of(
        agreement,
        agreement_moved,
        people_in(agreement),
        at=at,
        stage=agreement.stage,
        reason=agreement.reason,
    )
    return True
