"""The way to organisations, to one's account and to the roles."""

from django.utils.translation import gettext_lazy as _

from dure.apps.people.permissions import may_appoint
from dure.foundation.navigation import FOOTER, MAIN, PERSONAL, Link

MAIN.offer(Link("people:organisation_list", _("Organisations"), place=40))
FOOTER.offer(Link("people:contact", _("Contact us"), place=10))
FOOTER.offer(Link("people:terms", _("Terms of use"), place=20))
FOOTER.offer(Link("people:privacy", _("Privacy policy"), place=30))
PERSONAL.offer(Link("people:account", _("My account"), place=10))
PERSONAL.offer(Link("people:appointments", _("People and roles"), place=30, shown_to=may_appoint))
