"""The way to one's desk."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.navigation import MAIN, Link, signed_in

MAIN.offer(Link("dashboards:start", _("My desk"), place=10, shown_to=signed_in, is_kept=True))
