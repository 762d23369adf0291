"""Consents, one's own data to take along, and closing an account as the law asks."""

import io
import json

import openpyxl
import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone

from dure.apps.catalog.models import SavedSearch
from dure.apps.notices.models import Notice
from dure.apps.people import operations, queries
from dure.apps.people.models import Consent, Membership, User
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
SIGN_UP = {
    "name": "박하늘", "email": "sky@example.org", "password1": "sunny-harbour-77",
    "agrees_to_terms": "on", "agrees_to_privacy": "on",
}  # fmt: skip


def close(user, password="pass-word-1"):
    return operations.close_account(user=user, password=password, at=NOON)


def test_whoever_joins_agrees_to_dated_versions(client):
    client.post(reverse("account_signup"), SIGN_UP)

    user = User.objects.get()
    kept = {consent.document: consent.version for consent in Consent.objects.filter(user=user)}
    assert user.name == "박하늘"
    assert kept == {
        document: queries.legal_text(document, timezone.localdate()).version
        for document in ("TERMS", "PRIVACY")
    }


@pytest.mark.parametrize("left_out", ["agrees_to_terms", "agrees_to_privacy", "name"])
def test_nobody_joins_without_agreeing(client, left_out):
    form = {name: value for name, value in SIGN_UP.items() if name != left_out}

    client.post(reverse("account_signup"), form)

    assert not User.objects.exists()


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("page", ["terms", "privacy", "contact"])
def test_everybody_reads_the_legal_pages(client, language, page):
    answer = client.get(reverse(f"people:{page}"), headers={"accept-language": language})

    assert answer.status_code == 200
    for document in ("contact", "terms", "privacy"):
        assert reverse(f"people:{document}") in answer.content.decode()


def test_a_version_that_never_was_is_not_there(client):
    assert client.get(reverse("people:terms"), {"version": "1999-01-01"}).status_code == 404


def test_who_has_not_agreed_is_asked_and_does_so_once(as_role, cast):
    client = as_role("member")
    assert "There is something to agree to" in client.get("/account/").content.decode()

    client.post(reverse("people:agree"))
    client.post(reverse("people:agree"))

    assert cast["member"].consents.count() == 2
    assert "There is something to agree to" not in client.get("/account/").content.decode()


def test_ones_data_holds_what_one_did_and_no_secret(as_role, cast):
    cast.need(handed_in_by=cast["member"])

    answer = as_role("member").get(reverse("people:my_data"))

    data = json.loads(answer.content)
    [person] = data["people.User"]
    assert person["email"] == "member@example.org"
    assert "password" not in person
    assert {"id", "as", "record"} == set(data["catalog.Need"][0])
    assert "pbkdf2" not in answer.content.decode()
    assert "md5$" not in answer.content.decode()


def test_ones_data_is_a_workbook_too(as_role):
    answer = as_role("member").get(reverse("people:my_data"), {"format": "xlsx"})

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert "member@example.org" in {cell.value for row in sheet for cell in row}


def test_a_closed_account_leaves_no_name_not_even_in_the_history(cast, django_assert_num_queries):
    user = cast["member"]
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    Notice.objects.create(recipient=user, kind="X", created_at=NOON)
    SavedSearch.objects.create(
        user=user, kind="needs", name="배기", created_at=NOON, told_until=NOON
    )
    need = cast.need(handed_in_by=user)
    operations.edit_account(user=user, values={"name": "김하늘"})

    closed = close(user)

    need.refresh_from_db()
    assert str(need.handed_in_by) == f"탈퇴한 회원 {user.pk}"
    assert not closed.is_active
    assert not EmailAddress.objects.exists()
    assert not Notice.objects.filter(recipient=user).exists()
    assert not SavedSearch.objects.exists()
    assert Membership.objects.get(user=user).stage == "ENDED"
    history = User.pgh_event_model.objects.filter(pgh_obj_id=user.pk)
    assert set(history.values_list("name", flat=True)) == {""}
    assert set(history.values_list("email", flat=True)) == {closed.email}


def test_the_page_asks_for_the_password_and_signs_out(as_role, cast):
    client = as_role("member")
    address = reverse("people:close_account")

    wrong = client.post(address, {"password": "nope", "is_sure": "on"})
    assert wrong.status_code == 422
    client.post(address, {"password": "pass-word-1", "is_sure": "on"})

    assert "_auth_user_id" not in client.session
    assert User.objects.get(pk=cast["member"].pk).closed_at is not None


def test_the_address_is_free_again(client, cast):
    close(cast["member"])

    client.post(reverse("account_signup"), {**SIGN_UP, "email": "member@example.org"})

    assert User.objects.filter(email="member@example.org", closed_at=None).exists()


@pytest.mark.parametrize(
    ("who", "reason"), [("supplier", "ONLY_MANAGER"), ("administrator", "LAST_ADMINISTRATOR")]
)
def test_whoever_is_needed_cannot_leave(cast, who, reason):
    with pytest.raises(Refused, match=reason):
        close(cast[who])

    assert cast[who].memberships.filter(stage="ENDED").count() == 0


def test_the_only_person_of_a_firm_that_nobody_verified_can_leave(cast):
    operations.register_organisation(
        values={"name": "새별", "kind": "SME", "business_number": "1018119101"},
        by=cast["newcomer"],
    )

    assert close(cast["newcomer"]).closed_at == NOON
