"""The way to mentoring."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.navigation import MAIN, Link, signed_in

MAIN.offer(Link("mentoring:pairs", _("Mentoring"), place=57, shown_to=signed_in))
