"""The way to the ledger."""

from django.utils.translation import gettext_lazy as _

from dure.apps.ledger.permissions import may_read
from dure.foundation.navigation import MAIN, Link

MAIN.offer(Link("ledger:trial", _("Ledger"), place=74, shown_to=may_read))
