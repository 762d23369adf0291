"""The way to what came of it."""

from django.utils.translation import gettext_lazy as _

from dure.apps.outcomes.permissions import may_read_outcomes
from dure.foundation.navigation import MAIN, Link

MAIN.offer(Link("outcomes:list", _("Outcomes"), place=76, shown_to=may_read_outcomes))
