"""The way to international exchange."""

from django.utils.translation import gettext_lazy as _

from dure.apps.exchange.permissions import may_see_exchange
from dure.foundation.navigation import MAIN, Link

MAIN.offer(
    Link("exchange:meetings", _("International exchange"), place=57, shown_to=may_see_exchange)
)
