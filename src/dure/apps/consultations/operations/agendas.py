"""The secret address of a calendar feed is renewed."""

from django.db import transaction
from django.db.models import F

from dure.apps.consultations import permissions
from dure.apps.fairs.models import Registration
from dure.apps.people.models import User


@transaction.atomic
def renew_feed(*, registration: Registration, by: User) -> Registration:
    """Give the calendar of a registration a new address; the old one stops. Raises Refused."""
    permissions.may_renew_feed(by, registration).require()
    Registration.objects.filter(pk=registration.pk).update(feed_number=F("feed_number") + 1)
    registration.refresh_from_db(fields=["feed_number"])
    return registration
