"""Agreements of the cast."""

from datetime import timedelta

from django.utils import timezone

from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.operations import ask_for_details
from dure.apps.ndas.models import Nda
from tests.cast import Cast


def nda(
    cast: Cast, entry: Need | Technology, *, receiving_party: str = "supplier", **values: object
) -> Nda:
    """An agreement about `entry`, signed by the person `receiving_party` of the receiving side."""
    person = cast[receiving_party]
    receiver = person.memberships.get().organisation
    nda = ask_for_details(
        entry=entry,
        receiving_party=receiver,
        people=[person],
        purpose="도입 검토",
        ends_on=timezone.localdate() + timedelta(days=365),
        by=person,
        at=timezone.now(),
    )
    if values:
        Nda.objects.filter(pk=nda.pk).update(**values)
        nda.refresh_from_db()
    return nda
