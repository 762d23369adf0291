"""The bell with the number of unread notices."""

from django.utils.translation import gettext_lazy as _

from dure.apps.notices.queries import unread_count
from dure.foundation.navigation import HEADER, Link, signed_in

HEADER.offer(
    Link(
        "notices:list", _("Notices"), place=10, icon="bell", shown_to=signed_in, count=unread_count
    )
)
