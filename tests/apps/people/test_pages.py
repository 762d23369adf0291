"""The pages of organisations, accounts and appointments, for everybody who may open them."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from dure.apps.people.models import (
    AccessToken,
    Appointment,
    Membership,
    MembershipStage,
    Organisation,
    OrganisationKind,
    User,
)
from dure.apps.people.roles import Role
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def browse(client, cast):
    """A browser in English, as somebody of the cast."""
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"

    def as_role(role):
        client.logout()
        if role != "visitor":
            client.force_login(cast[role])
        return client

    return as_role


@pytest.fixture
def hidden(cast):
    """A firm that nobody has verified yet, managed by the newcomer."""
    firm = Organisation.objects.create(
        name="미확인기업", kind=OrganisationKind.SME, business_number="2118700616"
    )
    Membership.objects.create(
        user=cast["newcomer"], organisation=firm, role="MANAGER", stage="ACTIVE"
    )
    return firm


SEES_UNVERIFIED = {"newcomer", "officer", "centre_officer", "auditor", "administrator"}


@pytest.mark.parametrize(
    "role",
    ["visitor", "newcomer", "member", "rival", "officer", "centre_officer", "reviewer", "auditor"],
)
def test_an_unverified_organisation_is_not_there_for_strangers(browse, hidden, role):
    url = reverse("people:organisation_detail", args=[hidden.pk])

    page = browse(role).get(url)
    listed = browse(role).get(reverse("people:organisation_list")).content.decode()

    assert page.status_code == (200 if role in SEES_UNVERIFIED else 404)
    assert (hidden.name in listed) == (role in SEES_UNVERIFIED)


@pytest.mark.parametrize(
    ("role", "sees"),
    [("visitor", False), ("member", False), ("rival", False), ("manager", True), ("auditor", True)],
)
def test_people_and_history_are_for_managers_and_staff(browse, cast, role, sees):
    url = reverse("people:organisation_detail", args=[cast.buyer.pk])

    colleague = cast["manager" if role == "member" else "member"]

    page = browse(role).get(url).content.decode()

    assert (colleague.email in page) == sees
    assert ('id="history"' in page) == sees


def test_the_list_filters_sorts_and_exports_what_it_shows(browse, cast):
    query = {"kind": "LARGE", "sort": "-name"}

    page = browse("officer").get(reverse("people:organisation_list"), query)
    file = browse("officer").get(reverse("people:organisation_list"), {**query, "format": "xlsx"})

    shown = [organisation.name for organisation in page.context["page"]]
    sheet = load_workbook(io.BytesIO(file.content)).active
    assert shown == ["한빛중공업", "새솔화학"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == shown


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"q": "한빛"}, {"한빛중공업", "한빛정밀"}),
        ({"q": "124-81-00998"}, {"한빛중공업"}),
        ({"group": "한빛그룹"}, {"한빛중공업", "한빛정밀"}),
        ({"region": "ULSAN"}, {"새솔화학"}),
        ({"kind": "STARTUP"}, {"바른센서"}),
        ({"kind": "NONSENSE"}, {"한빛중공업", "한빛정밀", "새솔화학", "열림테크", "바른센서"}),
    ],
)
def test_what_a_filter_finds(browse, query, names):
    page = browse("visitor").get(reverse("people:organisation_list"), query)

    assert {organisation.name for organisation in page.context["page"]} == names


def test_the_list_asks_as_often_for_three_as_for_fifteen(browse, cast):
    def count():
        with CaptureQueriesContext(connection) as asked:
            browse("officer").get(reverse("people:organisation_list"))
        return len(asked)

    count()
    before = count()
    for number in range(12):
        Organisation.objects.create(
            name=f"기업{number}",
            kind=OrganisationKind.SME,
            other_id=f"X-{number}",
            group=cast.buyer.group,
        )

    assert count() == before


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("124", ""),
        ("124-81-00999", "check digit"),
        ("124-81-00998", "is here already"),
        ("211-87-00616", "no organisation here has it yet"),
    ],
)
def test_the_number_is_checked_while_it_is_typed(browse, typed, hint):
    page = browse("newcomer").get(reverse("people:number_check"), {"business_number": typed})

    assert hint in page.content.decode()


def test_registering_says_what_is_wrong_and_then_opens_the_entry(browse, cast):
    url = reverse("people:organisation_new")
    form = {"name": "하늘바이오", "kind": "SME", "business_number": "124-81-00999"}

    wrong = browse("newcomer").post(url, form)
    taken = browse("newcomer").post(url, {**form, "business_number": "124-81-00998"})
    done = browse("newcomer").post(url, {**form, "business_number": "211-87-00616"})

    organisation = Organisation.objects.get(name="하늘바이오")
    assert wrong.status_code == taken.status_code == 422
    assert "Ask to join it" in taken.content.decode()
    assert done.url == reverse("people:organisation_detail", args=[organisation.pk])
    assert organisation.business_number == "2118700616"


def test_an_entry_is_edited_by_its_manager_and_not_by_a_stranger(browse, cast):
    url = reverse("people:organisation_edit", args=[cast.buyer.pk])
    form = {"name": "한빛중공업", "kind": "LARGE", "business_number": "124-81-00998",
            "group": "한빛그룹", "region": "SEOUL"}  # fmt: skip

    assert browse("rival").post(url, form).status_code == 302
    cast.buyer.refresh_from_db()
    assert cast.buyer.region == "GYEONGNAM"

    assert browse("manager").post(url, form).status_code == 302
    cast.buyer.refresh_from_db()
    assert (cast.buyer.region, cast.buyer.verified_at) == ("SEOUL", NOON)


def test_the_queue_is_for_officers_and_settles_with_one_button(browse, hidden, cast):
    url = reverse("people:unverified")
    verify = reverse("people:organisation_verify", args=[hidden.pk])

    assert browse("auditor").get(url).status_code == 302
    assert hidden.name in browse("officer").get(url).content.decode()
    browse("officer").post(verify, {"next": "queue"})

    hidden.refresh_from_db()
    assert hidden.verified_by == cast["officer"]
    assert hidden.name not in browse("officer").get(url).context["page"].object_list


def test_joining_through_the_pages(browse, cast):
    browse("newcomer").post(reverse("people:join"), {"organisation": cast.buyer.pk})
    membership = Membership.objects.get(user=cast["newcomer"])
    answer = reverse("people:answer_join", args=[membership.pk])

    stranger = browse("rival").post(answer, {"answer": "yes"})
    browse("manager").post(answer, {"answer": "yes"})

    membership.refresh_from_db()
    assert stranger.status_code == 404
    assert membership.stage == MembershipStage.ACTIVE


def test_a_manager_makes_a_member_a_manager_and_ends_a_membership(browse, cast):
    membership = Membership.objects.get(user=cast["member"])
    url = reverse("people:membership_change", args=[membership.pk])

    browse("manager").post(url, {"change": "manager"})
    membership.refresh_from_db()
    assert membership.role == "MANAGER"
    browse("manager").post(url, {"change": "end"})
    membership.refresh_from_db()
    assert membership.stage == MembershipStage.ENDED


def test_a_key_is_shown_once_and_ends_with_one_button(browse, cast):
    shown = browse("member").post(reverse("people:token_issue"), {"name": "밤 작업"})
    token = AccessToken.objects.get()
    later = browse("member").get(reverse("people:account")).content.decode()
    stranger = browse("rival").post(reverse("people:token_revoke", args=[token.pk]))
    browse("member").post(reverse("people:token_revoke", args=[token.pk]))

    token.refresh_from_db()
    assert shown.context["key"] in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    assert shown.context["key"] not in later
    assert stranger.status_code == 404
    assert token.revoked_at is not None


def test_the_account_keeps_name_language_and_wish_for_mail(browse, cast):
    page = browse("member").post(
        reverse("people:account"), {"name": "오수요", "language": "en"}, follow=True
    )

    member = User.objects.get(pk=cast["member"].pk)
    assert (member.name, member.language, member.wants_digest) == ("오수요", "en", False)
    assert page.client.cookies["django_language"].value == "en"


@pytest.mark.parametrize("role", ["visitor", "member", "officer", "auditor", "administrator"])
def test_people_and_roles_are_for_administrators(browse, cast, role):
    page = browse(role).get(reverse("people:appointments"))

    assert page.status_code == (200 if role == "administrator" else 302)


def test_a_role_is_given_and_taken_after_a_question(browse, cast):
    browser = browse("administrator")
    browser.post(reverse("people:appoint", args=[cast["member"].pk]), {"role": "REVIEWER"})
    appointment = Appointment.objects.get(user=cast["member"])
    url = reverse("people:dismiss", args=[appointment.pk])

    question = browser.get(url)
    assert appointment.role == Role.REVIEWER
    assert str(cast["member"]) in question.content.decode()
    assert Appointment.objects.filter(pk=appointment.pk).exists()
    browser.post(url)
    assert not Appointment.objects.filter(pk=appointment.pk).exists()


def test_an_officer_cannot_appoint_through_the_address(browse, cast):
    url = reverse("people:appoint", args=[cast["member"].pk])

    assert browse("officer").post(url, {"role": "ADMINISTRATOR"}).status_code == 404


def test_people_and_roles_ask_as_often_for_many(browse, cast):
    def count():
        with CaptureQueriesContext(connection) as asked:
            browse("administrator").get(reverse("people:appointments"))
        return len(asked)

    count()
    before = count()
    for number in range(5):
        user = User.objects.create_user(f"p{number}@example.org", "x")
        Appointment.objects.create(user=user, role=Role.REVIEWER)
        Membership.objects.create(user=user, organisation=cast.buyer, stage="ACTIVE")

    assert count() == before
