"""Agreements under which the details of teasers open."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from dure.apps.catalog import permissions
from dure.apps.catalog.models import Need, Opening, Technology
from dure.apps.people.models import Organisation, User
from dure.apps.records import operations as records
from dure.apps.records.models import Nda


@transaction.atomic
def ask_for_details(
    *,
    entry: Need | Technology,
    taker: Organisation,
    people: Sequence[User],
    purpose: str,
    ends_on: date,
    by: User,
    at: datetime,
) -> Nda:
    """Ask the owner of an entry to open its details to `people` of `taker`. Raises Refused."""
    kind = type(entry)
    entry = kind.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    permissions.may_ask_for_details(by, entry).require()
    word = kind._meta.model_name  # noqa: SLF001 -- Django's public model API
    nda = records.ask(
        giver=entry.organisation,
        taker=taker,
        material=entry.title,
        material_url=f"/{'needs' if kind is Need else 'technologies'}/{entry.pk}/",
        purpose=purpose,
        people=people,
        ends_on=ends_on,
        by=by,
        at=at,
    )
    Opening.objects.create(nda=nda, **{word: entry})
    return nda
