"""The way to challenge discovery; everybody finds it from the list of programmes too."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.navigation import MAIN, Link

MAIN.offer(Link("challenges:list", _("Challenges"), place=62))
