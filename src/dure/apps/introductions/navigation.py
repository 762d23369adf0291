"""The way to one's introductions."""

from django.utils.translation import gettext_lazy as _

from dure.apps.introductions.permissions import may_read_introductions
from dure.foundation.navigation import MAIN, Link

MAIN.offer(
    Link("introductions:list", _("Introductions"), place=52, shown_to=may_read_introductions)
)
