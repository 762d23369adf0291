"""A teaser, agreements on it, and colleagues."""

import pytest
from django.utils import timezone

from dure.apps.catalog.models import Visibility
from dure.apps.ndas.models import Nda
from dure.apps.ndas.operations import move
from dure.apps.ndas.stages import NdaStage
from dure.apps.people.models import Membership, MembershipStage, User


@pytest.fixture
def teaser(cast):
    return cast.need(
        title="냉각 설비", title_en="Cooling plant", body="극저온밸브", visibility=Visibility.TEASER
    )


def signed(cast, entry, **values):
    nda = cast.nda(entry)
    move(nda=nda, stage=NdaStage.SIGNED, by=cast["manager"], at=timezone.now())
    if values:
        Nda.objects.filter(pk=nda.pk).update(**values)
    nda.refresh_from_db()
    return nda


def colleague_of(cast, role, name, stage=MembershipStage.ACTIVE):
    person = User.objects.create_user(f"{name}@example.org", name=name)
    organisation = cast[role].memberships.get().organisation
    Membership.objects.create(user=person, organisation=organisation, stage=stage)
    return person
