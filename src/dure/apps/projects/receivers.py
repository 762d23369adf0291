"""What projects do when an agreement is signed and when its money comes in."""

from django.utils import timezone

from dure.apps.agreements.events import AgreementChanged, AgreementSigned, InstalmentPaid
from dure.apps.projects import operations
from dure.foundation.announce import listens_to


@listens_to(AgreementSigned)
def open_project_of(event: AgreementSigned) -> None:
    """Open the project of what was signed, and of what nobody listened to before."""
    operations.open_signed(at=timezone.now())


@listens_to(InstalmentPaid)
def pay_back_what_was_laid_out(event: InstalmentPaid) -> None:
    """Of money that comes in the firm first gets back what it laid out."""
    operations.take_in(
        agreement_id=event.agreement_id,
        instalment=f"instalment:{event.instalment_id}",
        at=timezone.now(),
    )


@listens_to(AgreementChanged)
def follow(event: AgreementChanged) -> None:
    """The project goes on under the agreement as it is now."""
    operations.follow_agreement(event.agreement_id)
