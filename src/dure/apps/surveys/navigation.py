"""The way to demand surveys, for those who run them."""

from django.utils.translation import gettext_lazy as _

from dure.apps.surveys.permissions import may_run
from dure.foundation.navigation import MAIN, Link

MAIN.offer(Link("surveys:list", _("Demand surveys"), place=63, shown_to=may_run))
