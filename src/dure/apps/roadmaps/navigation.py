"""The way to roadmaps; everybody finds them from the list of programmes too."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.navigation import MAIN, Link

MAIN.offer(Link("roadmaps:list", _("Roadmaps"), place=64))
