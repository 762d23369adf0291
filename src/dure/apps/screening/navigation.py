"""The way to the screening."""

from django.utils.translation import gettext_lazy as _

from dure.apps.screening.permissions import may_screen
from dure.foundation.navigation import MAIN, Link

MAIN.offer(Link("screening:list", _("Screening"), place=86, shown_to=may_screen))
