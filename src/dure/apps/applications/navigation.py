"""The way to one's applications."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.navigation import MAIN, Link

MAIN.offer(Link("applications:list", _("Applications"), place=66))
