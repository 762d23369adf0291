"""One of everything of people, for the test of routes."""

from datetime import timedelta

from dure.apps.people import operations
from dure.apps.people.models import AccessToken, Membership
from tests.conftest import NOON


def things(cast, world):
    asked = Membership.objects.create(user=cast["newcomer"], organisation=cast.buyer)
    token = AccessToken.objects.create(
        user=cast["manager"], name="t", digest="0" * 64, created_at=NOON,
        expires_at=NOON + timedelta(days=1),
    )  # fmt: skip
    mandate = operations.name_mandate(
        organisation=cast.buyer, user=cast["member"], kind="DELEGATE", first_on=NOON.date(),
        last_on=NOON.date() + timedelta(days=30), by=cast["manager"], at=NOON,
    )  # fmt: skip
    entry = operations.add_profile_entry(
        organisation=cast.buyer, values={"kind": "PATENT", "title": "특허"}, by=cast["manager"],
        at=NOON,
    )  # fmt: skip
    return {
        "people:profile_remove": entry.pk,
        "mandate_id": mandate.pk,
        "organisation_id": cast.buyer.pk,
        "membership_id": asked.pk,
        "user_id": cast["reviewer"].pk,
        "appointment_id": cast["reviewer"].appointments.get().pk,
        "token_id": token.pk,
        "token": "no-such-token",
    }
