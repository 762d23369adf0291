"""Who represents an organisation, and its account: said once, for all of its agreements."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.agreements import permissions
from dure.apps.agreements.models import Agreement, Particulars, Party
from dure.apps.agreements.notices import particulars_changed
from dure.apps.agreements.operations.drafting import locked
from dure.apps.agreements.operations.telling import tell_of
from dure.apps.agreements.stages import AgreementStage
from dure.apps.people.models import Organisation, User

FIELDS = ("representative", "bank", "account_number", "account_holder")
RUNNING = (AgreementStage.DRAFT, AgreementStage.IN_FORCE)


@transaction.atomic
def set_particulars(
    *,
    organisation: Organisation,
    representative: str,
    bank: str,
    account_number: str,
    account_holder: str,
    by: User,
    at: datetime,
) -> Particulars:
    """Say who represents an organisation and where it is paid, for all agreements that run.

    What is being signed is signed as it stands; it takes the change over once it is in force.
    Raises Refused.
    """
    permissions.may_set_particulars(by, organisation, localdate(at)).require()
    values = (representative, bank, account_number, account_holder)
    known, _made = Particulars.objects.update_or_create(
        organisation=organisation,
        defaults=dict(zip(FIELDS, values, strict=True)) | {"changed_by": by, "changed_at": at},
    )
    own = Agreement.objects.filter(parties__organisation=organisation, stage__in=RUNNING)
    for agreement in own.distinct().order_by("pk"):
        if take_particulars(locked(agreement)):
            tell_of(
                agreement,
                particulars_changed,
                {agreement.created_by} - {by},
                at=at,
                party=str(organisation),
            )
    return known


def take_particulars(agreement: Agreement) -> list[Party]:
    """Write into an agreement what its parties say of themselves; returns whose changed."""
    changed = []
    parties = agreement.parties.filter(organisation__agreement_particulars__isnull=False)
    for party in parties.select_related("organisation__agreement_particulars"):
        known = party.organisation.agreement_particulars
        if any(getattr(party, name) != getattr(known, name) for name in FIELDS):
            for name in FIELDS:
                setattr(party, name, getattr(known, name))
            party.save(update_fields=list(FIELDS))
            changed.append(party)
    return changed
