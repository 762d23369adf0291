"""The ways to calls."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.navigation import MAIN, PERSONAL, Link

MAIN.offer(Link("calls:list", _("Calls"), place=38))
PERSONAL.offer(Link("calls:own", _("Calls that I watch"), place=40))
