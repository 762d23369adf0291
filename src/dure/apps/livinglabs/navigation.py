"""The way to living labs."""

from django.utils.translation import gettext_lazy as _

from dure.apps.livinglabs.permissions import may_read_labs
from dure.foundation.navigation import MAIN, Link

MAIN.offer(Link("livinglabs:list", _("Living labs"), place=74, shown_to=may_read_labs))
