"""The way to plans and their figures."""

from django.utils.translation import gettext_lazy as _

from dure.apps.indicators.queries import reads_inside
from dure.foundation.navigation import MAIN, PERSONAL, Link

MAIN.offer(Link("indicators:plans", _("Indicators"), place=80))
PERSONAL.offer(Link("indicators:desk", _("Figures in work"), place=44, shown_to=reads_inside))
PERSONAL.offer(Link("indicators:boards", _("Boards of figures"), place=43))
