"""The way to courses."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.navigation import MAIN, Link, signed_in

MAIN.offer(Link("training:courses", _("Training and seminars"), place=58, shown_to=signed_in))
