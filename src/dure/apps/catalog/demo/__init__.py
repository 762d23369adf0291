"""The catalogue of the demonstration: invented organisations, needs and technologies, and real ones.

Everything goes through the same operations that people use: sheets are imported by one officer and
published by another.
"""

import pghistory

from dure.apps.catalog.demo import _bundled, _real_data
from dure.apps.catalog.demo._bundled import BUYER, FIRM
from dure.apps.catalog.models import Need
from dure.apps.people.demo import officers
from dure.apps.people.models import Organisation, User
from dure.apps.roadmaps.demo import load as load_roadmaps
from dure.foundation.demo import Demonstration, demonstrates

__all__ = ["BUYER", "FIRM", "load"]


@demonstrates("catalog")
def load(demonstration: Demonstration) -> None:
    """Load both sets, where they are not there yet."""
    load_roadmaps(demonstration)  # the sheets point into them
    officer, second = officers()
    if not Organisation.objects.filter(is_invented=True).exists():
        _bundled.load(demonstration, officer, second)
    if demonstration.real_data and not Need.objects.exclude(source="").exists():
        with pghistory.context(user=officer.pk):
            _real_data.load(demonstration, officer, second)
    for email in (BUYER, FIRM):
        user = User.objects.get(email=email)
        organisation = user.memberships.get().organisation
        kind = organisation.get_kind_display()
        demonstration.sign_ins[email] = f"{user.name}  {organisation.name} ({kind})"
