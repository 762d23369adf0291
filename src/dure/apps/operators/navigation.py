"""The way to the operators of programmes, for those who appoint them."""

from django.utils.translation import gettext_lazy as _

from dure.apps.operators.permissions import may_run
from dure.foundation.navigation import MAIN, Link

MAIN.offer(Link("operators:list", _("Operators of programmes"), place=65, shown_to=may_run))
