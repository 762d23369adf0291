"""The way to one's projects, and to how promises to buy were kept."""

from django.utils.translation import gettext_lazy as _

from dure.apps.projects.permissions import may_read_projects
from dure.foundation.navigation import FOOTER, MAIN, Link

MAIN.offer(Link("projects:list", _("Projects"), place=72, shown_to=may_read_projects))
FOOTER.offer(Link("projects:promises", _("Promises to buy"), place=60))
