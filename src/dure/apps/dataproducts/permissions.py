"""Who may do what with data products and transfers."""

from datetime import datetime

from dure.apps.dataproducts.models import DataProduct, DataVersion, Transfer
from dure.apps.dataproducts.queries import open_transfers
from dure.apps.dataproducts.reasons import Reason
from dure.apps.dataproducts.stages import TRANSFER_NEXT, ProductStage, TransferStage
from dure.apps.ndas.permissions import papers_are_there
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, roles_of
from dure.foundation.verdict import YES, Verdict


def may_see_products(user: Reader) -> Verdict:
    """See what is offered: members."""
    return YES if roles_of(user).is_member else Verdict(Reason.NOT_A_MEMBER)


def may_sign_for(user: Reader, organisation: Organisation) -> Verdict:
    """Offer, ask, hand over and receive for an organisation: its managers, once it is verified."""
    roles = roles_of(user)
    is_manager = organisation.pk in roles.managed & roles.verified
    return YES if is_manager else Verdict(Reason.NOT_A_MANAGER)


def may_change(user: Reader, product: DataProduct) -> Verdict:
    """Seal another version of a product, or withdraw it."""
    if product.stage != ProductStage.OFFERED:
        return Verdict(Reason.NOT_OFFERED)
    return may_sign_for(user, product.seller)


def may_ask(user: Reader, version: DataVersion, buyer: Organisation) -> Verdict:
    """Ask for a version, for `buyer`."""
    if version.product.stage != ProductStage.OFFERED:
        return Verdict(Reason.NOT_OFFERED)
    if buyer.pk == version.product.seller_id:
        return Verdict(Reason.OWN_PRODUCT)
    if open_transfers(version, buyer).exists():
        return Verdict(Reason.ASKED_ALREADY)
    return may_sign_for(user, buyer)


def may_answer(user: Reader, transfer: Transfer) -> Verdict:
    """Agree to hand a version over, or decline."""
    if transfer.stage != TransferStage.ASKED:
        return Verdict(Reason.STAGE_CLOSED)
    return may_sign_for(user, transfer.seller)


def may_hand_over(user: Reader, transfer: Transfer, at: datetime) -> Verdict:
    """Say that the data went over; technical data kept secret waits for its papers (`ndas`)."""
    if TransferStage.HANDED_OVER not in TRANSFER_NEXT[TransferStage(transfer.stage)]:
        return Verdict(Reason.STAGE_CLOSED)
    may = may_sign_for(user, transfer.seller)
    if may and transfer.version.product.is_secret:
        return papers_are_there(transfer.seller, transfer.buyer, at)
    return may


def may_compare(user: Reader, transfer: Transfer) -> Verdict:
    """Say for the buyer what was received."""
    if transfer.stage != TransferStage.HANDED_OVER:
        return Verdict(Reason.STAGE_CLOSED)
    if transfer.handed_by_id == user.pk:
        return Verdict(Reason.SECOND_PERSON)
    return may_sign_for(user, transfer.buyer)
