"""The way to the two catalogues."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.navigation import MAIN, Link

MAIN.offer(Link("catalog:need_list", _("Needs"), place=20))
MAIN.offer(Link("catalog:technology_list", _("Technologies"), place=30))
