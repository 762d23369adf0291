"""The way to roadmaps."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.navigation import MAIN, Link

MAIN.offer(Link("roadmaps:list", _("Roadmaps"), place=38))
