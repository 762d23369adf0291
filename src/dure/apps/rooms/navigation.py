"""The way to one's rooms."""

from django.utils.translation import gettext_lazy as _

from dure.apps.rooms.permissions import may_use_rooms
from dure.foundation.navigation import PERSONAL, Link

PERSONAL.offer(Link("rooms:rooms", _("Rooms"), place=17, shown_to=may_use_rooms))
