"""The way to technology deposits."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.navigation import MAIN, Link

MAIN.offer(Link("deposits:list", _("Technology deposits"), place=82))
