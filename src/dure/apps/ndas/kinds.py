"""Words of agreements: by which law's items they are written, how data went; what of them is recorded."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.apps.records.kinds import record_kind

ASKED = record_kind("NDA_ASKED", _("Non-disclosure agreement asked for"))
MOVED = record_kind("NDA_MOVED", _("Non-disclosure agreement answered"))
RETURNED = record_kind("NDA_RETURNED", _("Return of material confirmed"))
SHEET_GIVEN = record_kind("SHEET_GIVEN", _("Request sheet for technical data given"))
SHEET_ANSWERED = record_kind("SHEET_ANSWERED", _("Request sheet for technical data answered"))
HANDED_OVER = record_kind("DATA_HANDED_OVER", _("Hand-over of technical data registered"))
DOUBTED = record_kind("SECRECY_DOUBTED", _("Doubt about secrecy raised"))
DOUBT_ANSWERED = record_kind("SECRECY_ANSWERED", _("Doubt about secrecy answered"))

COUNTERED = record_kind("NDA_COUNTERED", _("Other words for an agreement proposed"))
COUNTER_ANSWERED = record_kind("NDA_COUNTER_ANSWERED", _("Other words for an agreement answered"))
STAFF_NOTICED = record_kind("NDA_STAFF_NOTICED", _("Change of the staff list notified"))
STAFF_ANSWERED = record_kind("NDA_STAFF_ANSWERED", _("Change of the staff list answered"))


class Relation(TextChoices):
    """What the two are to each other: which law says what an agreement and a request must say."""

    SUBCONTRACT = "SUBCONTRACT", _("Subcontracting")
    CONSIGNMENT = "CONSIGNMENT", _("Consignment, research to order included")
    FREE = "FREE", _("Neither; freely agreed")


class HandOver(TextChoices):
    """How technical data went from one to the other."""

    PLATFORM = "PLATFORM", _("On the platform")
    MEETING = "MEETING", _("Shown at a meeting")
    MAIL = "MAIL", _("By e-mail or post")
    OTHER = "OTHER", _("In another way")
