"""The lives of data products and of transfers. Their diagrams in docs/reference are made from this."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class ProductStage(TextChoices):
    """A data product."""

    OFFERED = "OFFERED", pgettext_lazy("data", "Offered")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("data", "No longer offered")


class TransferStage(TextChoices):
    """A transfer of a version from the seller to a buyer."""

    ASKED = "ASKED", pgettext_lazy("data", "Asked for")
    AGREED = "AGREED", pgettext_lazy("data", "To be handed over")
    DECLINED = "DECLINED", pgettext_lazy("data", "Declined")
    HANDED_OVER = "HANDED_OVER", pgettext_lazy("data", "Handed over, to be compared")
    DIFFERS = "DIFFERS", pgettext_lazy("data", "Not what was sealed")
    RECEIVED = "RECEIVED", pgettext_lazy("data", "Received as sealed")


PRODUCT_NEXT = {
    ProductStage.OFFERED: {ProductStage.WITHDRAWN},
    ProductStage.WITHDRAWN: set(),
}
TRANSFER_NEXT = {
    TransferStage.ASKED: {TransferStage.AGREED, TransferStage.DECLINED},
    TransferStage.AGREED: {TransferStage.HANDED_OVER},
    TransferStage.DECLINED: set(),
    TransferStage.HANDED_OVER: {TransferStage.RECEIVED, TransferStage.DIFFERS},
    TransferStage.DIFFERS: {TransferStage.HANDED_OVER},
    TransferStage.RECEIVED: set(),
}
OPEN = (
    TransferStage.ASKED,
    TransferStage.AGREED,
    TransferStage.HANDED_OVER,
    TransferStage.DIFFERS,
)
