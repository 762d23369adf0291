"""The way to the support services."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.navigation import MAIN, Link

MAIN.offer(Link("support:services", _("Support services"), place=56))
