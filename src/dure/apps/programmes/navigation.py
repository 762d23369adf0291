"""The way to programmes."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.navigation import MAIN, Link

MAIN.offer(Link("programmes:list", _("Programmes"), place=34))
