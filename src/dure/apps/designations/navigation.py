"""The way to the registers."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.navigation import MAIN, Link

MAIN.offer(Link("designations:registers", _("Registers of designations"), place=78))
