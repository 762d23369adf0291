"""The way to what was recorded about one's organisation, and to what a proof shows."""

from django.utils.translation import gettext_lazy as _

from dure.apps.people.queries import organisations_of
from dure.foundation.navigation import FOOTER, MAIN, Link

MAIN.offer(
    Link(
        "records:records",
        _("Sealed record"),
        place=84,
        shown_to=lambda user: organisations_of(user).exists(),
    )
)
FOOTER.offer(Link("records:about", _("What a proof shows"), place=40))
