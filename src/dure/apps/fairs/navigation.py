"""The way to the fairs."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.navigation import MAIN, Link

MAIN.offer(Link("fairs:list", _("Fairs"), place=60))
