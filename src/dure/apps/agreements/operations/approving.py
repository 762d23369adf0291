"""Internal approval (내부 결재): a person of the organisation approves a text before it is signed."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.agreements import permissions, queries
from dure.apps.agreements.models import InternalApproval, InternalApprover, Party
from dure.apps.agreements.notices import agreement_not_approved, agreement_to_sign
from dure.apps.agreements.operations.drafting import locked
from dure.apps.agreements.operations.signing import locked_text
from dure.apps.agreements.operations.telling import tell_signers
from dure.apps.agreements.reasons import Reason
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import people_of
from dure.foundation.verdict import Refused


@transaction.atomic
def name_approver(
    *, organisation: Organisation, user: User | None, by: User, at: datetime
) -> InternalApprover | None:
    """Say who approves what an organisation signs from now on; None: nobody has to. Raises Refused.

    What was approved of a text that is being signed stays approved.
    """
    permissions.may_name_approver(by, organisation, localdate(at)).require()
    if user is None:
        InternalApprover.objects.filter(organisation=organisation).delete()
        return None
    if not people_of(organisation).filter(pk=user.pk).exists():
        raise Refused(Reason.NOT_OF_THEM)
    named, _made = InternalApprover.objects.update_or_create(
        organisation=organisation, defaults={"user": user, "named_by": by, "named_at": at}
    )
    return named


@transaction.atomic
def approve(*, party: Party, by: User, at: datetime) -> InternalApproval:
    """Approve the text that is being signed, this very version, for a party. Raises Refused."""
    given = _answered(party, is_refusal=False, reason="", by=by, at=at)
    until = queries.sign_by_of(given.text)
    tell_signers(given.party, agreement_to_sign, at=at, until=until.isoformat() if until else "")
    return given


@transaction.atomic
def refuse_approval(*, party: Party, reason: str, by: User, at: datetime) -> InternalApproval:
    """Say why a text is not approved; those who sign are told, and cannot sign it. Raises Refused.

    The agreement goes on: the approver can still approve, the signatory can refuse to sign.
    """
    if not (reason := reason.strip()):
        raise Refused(Reason.REASON_MISSING)
    given = _answered(party, is_refusal=True, reason=reason, by=by, at=at)
    tell_signers(given.party, agreement_not_approved, at=at, reason=reason)
    return given


def _answered(
    party: Party, *, is_refusal: bool, reason: str, by: User, at: datetime
) -> InternalApproval:
    agreement = locked(party.agreement)
    party = agreement.parties.select_related("agreement", "organisation").get(pk=party.pk)
    permissions.may_approve(by, party).require()
    given, _made = InternalApproval.objects.update_or_create(
        text=locked_text(agreement),
        party=party,
        defaults={
            "is_refusal": is_refusal, "reason": reason, "answered_by": by, "answered_at": at,
        },
    )  # fmt: skip
    return given
