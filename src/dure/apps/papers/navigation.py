"""The way to the document box, for people of organisations."""

from django.utils.translation import gettext_lazy as _

from dure.apps.people.queries import organisations_of
from dure.foundation.navigation import PERSONAL, Link

PERSONAL.offer(
    Link(
        "papers:box",
        _("Document box"),
        place=22,
        shown_to=lambda user: organisations_of(user).exists(),
    )
)
