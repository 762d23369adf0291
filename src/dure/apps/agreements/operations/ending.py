"""How an agreement ends: completed or before its time; what nobody pays any more is released."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.agreements.models import Agreement
from dure.apps.agreements.notices import agreement_moved
from dure.apps.agreements.operations import posting
from dure.apps.agreements.operations.drafting import locked
from dure.apps.agreements.operations.telling import people_in, tell_of
from dure.apps.agreements.stages import (
    AGREEMENT_NEXT,
    CHANGE_OPEN,
    AgreementStage,
    ChangeStage,
    InstalmentStage,
)
from dure.apps.people.models import User


@transaction.atomic
def end(
    *, agreement: Agreement, stage: AgreementStage, reason: str, by: User, at: datetime
) -> Agreement:
    """End an agreement as COMPLETED or TERMINATED; one that has ended stays as it is.

    Asked for by what ends projects, where the right to it is judged. What has not been paid is
    cancelled, and its budget is free again.
    """
    agreement = locked(agreement)
    if stage not in AGREEMENT_NEXT[AgreementStage(agreement.stage)]:
        return agreement
    today = localdate(at)
    posting.cancel(agreement, on=today, by=by, at=at)
    agreement.changes.filter(stage__in=CHANGE_OPEN).update(stage=ChangeStage.WITHDRAWN)
    agreement.texts.filter(closed_at__isnull=True).update(closed_at=at)
    waiting = agreement.instalments.exclude(stage=InstalmentStage.PAID)
    waiting.update(stage=InstalmentStage.CANCELLED)
    agreement.stage, agreement.ended_on, agreement.reason = stage, today, reason
    agreement.save(update_fields=["stage", "ended_on", "reason"])
    people = people_in(agreement) - {by}
    tell_of(agreement, agreement_moved, people, at=at, stage=stage, reason=reason)
    return agreement
