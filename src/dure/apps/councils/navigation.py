"""The way to the councils."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.navigation import PERSONAL, Link

PERSONAL.offer(Link("councils:councils", _("Councils"), place=37))
