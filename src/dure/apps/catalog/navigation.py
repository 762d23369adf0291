"""The way to the two catalogues and to the search of both."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.navigation import HEADER, MAIN, Link

HEADER.offer(Link("catalog:search", _("Search"), place=5, icon="search"))
MAIN.offer(Link("catalog:need_list", _("Needs"), place=20))
MAIN.offer(Link("catalog:technology_list", _("Technologies"), place=30))
