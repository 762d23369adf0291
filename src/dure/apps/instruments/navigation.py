"""The way to funds, savings and vouchers."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.navigation import MAIN, Link

MAIN.offer(Link("instruments:schemes", _("Funds, savings and vouchers"), place=71))
