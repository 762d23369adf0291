"""The way to agreements."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.navigation import MAIN, Link

MAIN.offer(Link("agreements:list", _("Project agreements"), place=70))
