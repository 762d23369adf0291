"""The way to the exchange groups."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.navigation import MAIN, Link

MAIN.offer(Link("groups:groups", _("Exchange groups"), place=92))
