"""The way to long jobs: one's own, everybody's for officers."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.navigation import PERSONAL, Link

PERSONAL.offer(Link("jobs:list", _("My jobs"), place=20))
