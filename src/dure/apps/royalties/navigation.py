"""The way to royalties for the office; firms come from their desk and their projects."""

from django.utils.translation import gettext_lazy as _

from dure.apps.royalties.permissions import may_read_all
from dure.foundation.navigation import MAIN, Link

MAIN.offer(Link("royalties:list", _("Royalties"), place=75, shown_to=may_read_all))
