"""The way to agreements."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.navigation import PERSONAL, Link

PERSONAL.offer(Link("agreements:list", _("Project agreements"), place=42))
