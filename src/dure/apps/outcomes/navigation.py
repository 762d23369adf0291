"""The way to what came of it."""

from django.utils.translation import gettext_lazy as _

from dure.apps.outcomes.permissions import may_read_outcomes
from dure.foundation.navigation import PERSONAL, Link

PERSONAL.offer(Link("outcomes:list", _("Outcomes"), place=18, shown_to=may_read_outcomes))
