"""The way to one's registered originals, and for everybody to the check of one."""

from django.utils.translation import gettext_lazy as _

from dure.apps.origins.permissions import may_use_origins
from dure.foundation.navigation import MAIN, Link

MAIN.offer(Link("origins:origins", _("Proof of origin"), place=83, shown_to=may_use_origins))
