"""The way to the fairs."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.navigation import MAIN, Link, signed_in

MAIN.offer(Link("fairs:list", _("Fairs"), place=60, shown_to=signed_in))
