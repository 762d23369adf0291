"""The way to recorded facts, for those who read them all."""

from django.utils.translation import gettext_lazy as _

from dure.apps.registers.permissions import may_read_all
from dure.foundation.navigation import MAIN, Link

MAIN.offer(Link("registers:facts", _("Facts from registers"), place=88, shown_to=may_read_all))
