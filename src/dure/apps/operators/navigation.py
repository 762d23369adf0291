"""The way to the operators of programmes: from the list of programmes, and for the office."""

from django.utils.translation import gettext_lazy as _

from dure.apps.operators.permissions import may_run
from dure.foundation.navigation import MAIN, Link

MAIN.offer(Link("operators:list", _("Operators"), place=35, shown_to=may_run))
