"""The way to the matches."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.navigation import MAIN, Link, signed_in

MAIN.offer(Link("matches:inbox", _("Matches"), place=50, shown_to=signed_in))
