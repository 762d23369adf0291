"""The way to funds, savings and vouchers."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.navigation import PERSONAL, Link

PERSONAL.offer(Link("instruments:schemes", _("Funds, savings and vouchers"), place=43))
