"""Who gave a place up has no agreement any more: what is not in force yet is dropped by itself."""

from datetime import datetime

from django.db import transaction

from dure.apps.agreements import queries
from dure.apps.agreements.models import Agreement
from dure.apps.agreements.notices import agreement_moved
from dure.apps.agreements.operations.drafting import locked
from dure.apps.agreements.operations.signing import stop_signing
from dure.apps.agreements.operations.telling import people_in, tell_of
from dure.apps.agreements.stages import AgreementStage
from dure.apps.selection.kinds import Outcome


def drop_given_up(*, at: datetime) -> int:
    """Drop the agreements of applicants who gave their place up, with what they said; how many.

    The money that was reserved for a text is free again. What is in force ends by its own rules. Run
    when somebody gives up and every hour, as often as one likes.
    """
    return sum(_dropped(agreement, at) for agreement in queries.given_up())


@transaction.atomic
def _dropped(agreement: Agreement, at: datetime) -> bool:
    agreement = locked(agreement)
    decision = queries.decision_of(agreement)
    if decision is None or decision.outcome != Outcome.WITHDRAWN:
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
