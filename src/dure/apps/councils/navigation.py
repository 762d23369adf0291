"""The way to the councils."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.navigation import MAIN, Link

MAIN.offer(Link("councils:councils", _("Councils"), place=90))
