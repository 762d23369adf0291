"""The way to selections."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.navigation import MAIN, Link

MAIN.offer(Link("selection:reviews", _("Reviews"), place=68))
