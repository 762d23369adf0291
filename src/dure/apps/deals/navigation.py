"""The way to technology deals."""

from django.utils.translation import gettext_lazy as _

from dure.apps.deals.permissions import may_see_deals
from dure.foundation.navigation import MAIN, Link

MAIN.offer(Link("deals:deals", _("Technology deals"), place=55, shown_to=may_see_deals))
