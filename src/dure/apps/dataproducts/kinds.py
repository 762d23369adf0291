"""Words of data trade: licences, how data is handed over; what of it stands in the sealed record."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.apps.records.kinds import record_kind

SEALED = record_kind("DATA_SEALED", _("Version of a data product sealed"))
ASKED = record_kind("DATA_ASKED", _("Data product asked for"))
ANSWERED = record_kind("DATA_ANSWERED", _("Request for a data product answered"))
HANDED_OVER = record_kind("DATA_GIVEN", _("Data handed over by the seller"))
RECEIVED = record_kind("DATA_RECEIVED", _("Receipt of data compared by the buyer"))


class Licence(TextChoices):
    """What a buyer may do with the data."""

    INTERNAL = "INTERNAL", _("Use within the organisation")
    RESEARCH = "RESEARCH", _("Research only")
    PRODUCT = "PRODUCT", _("Use in own products and services")
    RESALE = "RESALE", _("Passing on allowed")
