"""The way to long jobs: everybody's for officers, and one's own."""

from django.utils.translation import gettext_lazy as _

from dure.apps.people.permissions import may_run_programmes
from dure.foundation.navigation import MAIN, PERSONAL, Link

MAIN.offer(Link("jobs:list", _("Jobs"), place=90, shown_to=may_run_programmes))
PERSONAL.offer(Link("jobs:list", _("My jobs"), place=20))
