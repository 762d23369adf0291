"""The way to the exchange groups."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.navigation import PERSONAL, Link

PERSONAL.offer(Link("groups:groups", _("Exchange groups"), place=38))
