"""The way to international exchange."""

from django.utils.translation import gettext_lazy as _

from dure.apps.exchange.permissions import may_see_exchange
from dure.apps.exchange.queries import works_in_english
from dure.foundation.navigation import MAIN, Link

MAIN.offer(
    Link("exchange:meetings", _("International exchange"), place=57, shown_to=may_see_exchange)
)
# Other parts of the platform hold what nobody translates; they stay open to who knows their address.
MAIN.narrow(works_in_english, ["exchange:meetings"])
