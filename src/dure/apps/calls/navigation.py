"""The ways to calls."""

from django.utils.translation import gettext_lazy as _

from dure.apps.people.queries import is_office
from dure.foundation.navigation import MAIN, PERSONAL, Link

MAIN.offer(Link("calls:list", _("Calls"), place=38))
PERSONAL.offer(Link("calls:own", _("Calls that I watch"), place=40))
PERSONAL.offer(Link("calls:all_letters", _("Letters"), place=45, shown_to=is_office))
