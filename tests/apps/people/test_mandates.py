"""Who signs for an organisation, in whose place, until when; and who sees only its money."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse

from dure.apps.notices.models import Notice
from dure.apps.people import operations, permissions, queries
from dure.apps.people.models import Mandate, Membership, MembershipStage
from dure.apps.people.reasons import Reason
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
DAY = timedelta(days=1)


@pytest.fixture
def name(cast):
    """A function that names somebody for the buyer."""

    def function(who, kind, first=TODAY, last=TODAY + 9 * DAY, by="manager"):
        return operations.name_mandate(
            organisation=cast.buyer, user=cast[who], kind=kind, first_on=first, last_on=last,
            by=cast[by], at=NOON,
        )  # fmt: skip

    return function


def signs(cast, who, on=TODAY):
    return bool(permissions.may_sign_for(cast[who], cast.buyer, on))


def test_managers_sign_until_a_signatory_is_named(cast, name):
    assert (signs(cast, "manager"), signs(cast, "member")) == (True, False)

    name("member", "SIGNATORY", last=None)

    assert (signs(cast, "manager"), signs(cast, "member")) == (False, True)
    assert list(queries.signatories_of(cast.buyer, TODAY)) == [cast["member"]]


def test_a_delegate_signs_within_the_dates(cast, name):
    name("manager", "SIGNATORY", last=None)
    name("member", "DELEGATE", first=TODAY + DAY, last=TODAY + 3 * DAY)

    answers = [signs(cast, "member", TODAY + n * DAY) for n in range(5)]

    assert answers == [False, True, True, True, False]


def test_an_ended_mandate_counts_no_more_from_that_day_and_did_before(cast, name):
    name("manager", "SIGNATORY", first=TODAY - 9 * DAY, last=None)
    mandate = name("member", "DELEGATE", first=TODAY - 9 * DAY)

    operations.end_mandate(mandate=mandate, reason="퇴직", by=cast["manager"], at=NOON)

    assert (signs(cast, "member", TODAY - DAY), signs(cast, "member")) == (True, False)
    with pytest.raises(Refused) as refused:
        operations.end_mandate(mandate=mandate, by=cast["manager"], at=NOON)
    assert refused.value.reason == Reason.ENDED_ALREADY


def test_whoever_leaves_the_organisation_signs_no_more(cast, name):
    name("manager", "SIGNATORY", last=None)
    name("member", "DELEGATE")
    Membership.objects.filter(user=cast["member"]).update(stage=MembershipStage.ENDED)

    assert not signs(cast, "member")


def test_an_outside_bookkeeper_sees_the_money_and_signs_nothing(cast, name):
    name("rival", "BOOKKEEPER")

    assert permissions.may_see_money_of(cast["rival"], cast.buyer, TODAY)
    assert not permissions.may_see_money_of(cast["rival"], cast.buyer, TODAY + 10 * DAY)
    assert not permissions.may_see_money_of(cast["rival"], cast.supplier.__class__(pk=0), TODAY)
    assert not signs(cast, "rival")
    assert list(queries.keeps_books_of(cast["rival"], TODAY)) == [cast.buyer]
    assert list(queries.bookkeepers_of(cast.buyer, TODAY)) == [cast["rival"]]


@pytest.mark.parametrize(
    ("who", "kind", "days", "reason"),
    [
        ("rival", "SIGNATORY", (0, 9), Reason.NOT_OF_THE_ORGANISATION),
        ("member", "DELEGATE", (0, None), Reason.LAST_DAY_MISSING),
        ("member", "DELEGATE", (3, 2), Reason.DAYS_REVERSED),
        ("member", "DELEGATE", (-9, -1), Reason.DAYS_PAST),
    ],
)
def test_what_makes_no_sense_is_refused(cast, name, who, kind, days, reason):
    first, last = (None if n is None else TODAY + n * DAY for n in days)

    with pytest.raises(Refused) as refused:
        name(who, kind, first, last)

    assert refused.value.reason == reason


def test_nobody_is_named_twice_for_one_day(cast, name):
    name("member", "DELEGATE", last=TODAY + 3 * DAY)
    name("member", "DELEGATE", first=TODAY + 4 * DAY, last=TODAY + 9 * DAY)

    with pytest.raises(Refused) as refused:
        name("member", "DELEGATE", first=TODAY + 3 * DAY, last=TODAY + 3 * DAY)

    assert refused.value.reason == Reason.NAMED_ALREADY


@pytest.mark.parametrize("by", ["member", "officer", "rival", "administrator"])
def test_only_a_manager_of_the_organisation_names(name, by):
    with pytest.raises(Refused) as refused:
        name("member", "SIGNATORY", by=by)

    assert refused.value.reason == Reason.NAMED_BY_ITS_MANAGERS


def test_a_manager_names_on_the_page_and_people_are_told(
    cast, as_role, django_capture_on_commit_callbacks
):
    url = reverse("people:mandates", args=[cast.buyer.pk])
    last = (TODAY + 365 * DAY).isoformat()
    given = {"kind": "BOOKKEEPER", "email": "Rival@example.org", "first_on": TODAY.isoformat()}

    with django_capture_on_commit_callbacks(execute=True):
        page = as_role("manager").post(url, given | {"last_on": last}, follow=True)

    assert "rival@example.org" in page.content.decode()
    notice = Notice.objects.get(recipient=cast["rival"], kind="MANDATE_GIVEN")
    assert notice.facts["is_own"] is True
    assert Notice.objects.filter(recipient=cast["manager"], kind="MANDATE_GIVEN").exists()
    assert (
        "Give the mandate back" in as_role("rival").get(reverse("people:account")).content.decode()
    )


def test_an_unknown_address_is_said_in_the_form(cast, as_role):
    url = reverse("people:mandates", args=[cast.buyer.pk])
    given = {"kind": "BOOKKEEPER", "email": "who@example.org", "first_on": TODAY.isoformat()}

    page = as_role("manager").post(url, given)

    assert "Nobody has an account with this address yet." in page.content.decode()
    assert not Mandate.objects.exists()


def test_who_holds_a_mandate_gives_it_back(cast, name, as_role, django_capture_on_commit_callbacks):
    mandate = name("rival", "BOOKKEEPER")

    with django_capture_on_commit_callbacks(execute=True):
        as_role("rival").post(reverse("people:mandate_end", args=[mandate.pk]), {"reason": ""})

    mandate.refresh_from_db()
    assert mandate.ended_by == cast["rival"]
    assert Notice.objects.filter(recipient=cast["manager"], kind="MANDATE_ENDED").exists()


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"kind": "DELEGATE"}, "delegates_have_a_last_day"),
        ({"last_on": TODAY - DAY}, "mandate_ends_after_it_begins"),
        ({"ended_on": TODAY}, "mandate_ended_by_somebody"),
    ],
)
def test_what_must_never_be_the_database_refuses(cast, values, constraint):
    given = {"kind": "SIGNATORY", "first_on": TODAY} | values

    with pytest.raises(IntegrityError, match=constraint):
        Mandate.objects.create(
            user=cast["member"], organisation=cast.buyer, created_by=cast["manager"],
            created_at=NOON, **given,
        )  # fmt: skip
