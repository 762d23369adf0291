"""The way to data products."""

from django.utils.translation import gettext_lazy as _

from dure.apps.dataproducts.permissions import may_see_products
from dure.foundation.navigation import MAIN, Link

MAIN.offer(Link("dataproducts:products", _("Data trade"), place=56, shown_to=may_see_products))
