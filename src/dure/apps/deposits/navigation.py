"""The way to technology deposits."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.navigation import PERSONAL, Link

PERSONAL.offer(Link("deposits:list", _("Technology deposits"), place=47))
