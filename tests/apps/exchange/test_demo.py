"""The demonstration plays one meeting with five countries, and what came of it."""

from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from dure.apps.exchange import queries
from dure.apps.exchange.demo import load
from dure.apps.exchange.models import Accord, Contact, ExchangeMeeting, HelpRequest, Talk
from dure.apps.people.demo import OFFICER, SECOND_OFFICER
from dure.apps.people.models import (
    Appointment,
    Membership,
    MembershipStage,
    Organisation,
    OrganisationKind,
    User,
)
from dure.foundation.demo import Demonstration
from dure.values.ids import check_digit

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).parents[3] / "demo"


@pytest.fixture
def demonstration(cast):
    for email in (OFFICER, SECOND_OFFICER):
        Appointment.objects.create(user=User.objects.create_user(email), role="OFFICER")
    for n in range(5):
        number = f"{300000000 + n}"
        firm = Organisation.objects.create(
            name=f"기업 {n}", name_en=f"Firm {n}", kind=OrganisationKind.SME,
            business_number=number + str(check_digit(number)), verified_at=timezone.now(),
            verified_by=cast["officer"],
        )  # fmt: skip
        user = User.objects.create_user(f"firm{n}@example.org")
        stage = MembershipStage.ACTIVE
        Membership.objects.create(user=user, organisation=firm, role="MANAGER", stage=stage)
        cast.technology(title=f"기술 {n}", organisation=firm)
    lines = []
    return Demonstration(FOLDER, None, "pass-word-1", lines.append, None)


def test_one_meeting_with_five_countries(demonstration, client):
    load(demonstration)
    load(demonstration)  # a second run changes nothing

    held = ExchangeMeeting.objects.get(stage="HELD")
    assert len(held.countries) == 5
    talks = Talk.objects.filter(meeting=held, stage="HELD")
    assert talks.count() == 10
    assert talks.exclude(language="").filter(interpreter=None).count() == 0
    assert queries.totals(None) | {"contracted": 0} == {
        "meetings": 1, "countries": 5, "home": 5, "abroad": 5, "talks": 10, "mous": 2,
        "contracts": 1, "contracted": 0,
    }  # fmt: skip
    contract = Accord.objects.get(kind="contract")
    assert (contract.currency, contract.became) == ("USD", "MONEY")
    assert Contact.objects.get().messages.count() == 2
    assert HelpRequest.objects.get().stage == "TAKEN"
    assert ExchangeMeeting.objects.filter(stage="OPEN").count() == 1
    lacking, _made = queries.untranslated()
    assert lacking  # the list of what is to be translated has something to show

    client.force_login(User.objects.get(email="abroad@example.org"))
    page = client.get(reverse("exchange:meetings")).content.decode()
    assert "Technology exchange with five countries" in page
