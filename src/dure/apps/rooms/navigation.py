"""The way to one's rooms."""

from django.utils.translation import gettext_lazy as _

from dure.apps.rooms.permissions import may_use_rooms
from dure.foundation.navigation import MAIN, Link

MAIN.offer(Link("rooms:rooms", _("Rooms"), place=54, shown_to=may_use_rooms))
