"""The way to the page of researchers."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.navigation import MAIN, Link, signed_in

MAIN.offer(Link("researchstaff:own", _("Research staff"), place=59, shown_to=signed_in))
