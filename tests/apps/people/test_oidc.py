"""Signing in with another provider (OpenID Connect), against a foreign implementation of one."""

import httpx
import pytest
from django.urls import reverse
from oidc_provider_mock import User as Identity
from oidc_provider_mock import run_server_in_thread

from dure.apps.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def provider():
    """A provider that knows one person whose e-mail it has verified, and one whose it has not."""
    people = [
        Identity(
            sub=sub,
            claims={"email": f"{sub}@gov.example", "email_verified": is_verified, "name": "김공무"},
        )
        for sub, is_verified in (("verified", True), ("unverified", False))
    ]
    with run_server_in_thread(user_claims=people) as server:
        yield f"http://127.0.0.1:{server.server_port}"


@pytest.fixture
def configured(provider, settings):
    """The platform with this provider, as DURE_OIDC would name it."""
    app = {
        "provider_id": "gov",
        "name": "정부 통합인증",
        "client_id": "dure",
        "secret": "s3",
        "settings": {"server_url": provider},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    return provider


def sign_in(client, sub):
    there = client.post(reverse("openid_connect_login", args=["gov"]))
    back = httpx.post(there.url, data={"sub": sub})
    page = client.get(back.headers["location"], follow=True)
    if page.request["PATH_INFO"] != reverse("socialaccount_signup"):
        return page
    known = page.context["form"].initial
    agreed = {"agrees_to_terms": "on", "agrees_to_privacy": "on"}
    form = {"email": known["email"], "name": known["name"], **agreed}
    return client.post(reverse("socialaccount_signup"), form, follow=True)


def test_the_button_is_there_only_where_a_provider_is_configured(client, settings, configured):
    assert "정부 통합인증" in client.get(reverse("account_login")).content.decode()

    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}

    assert "정부 통합인증" not in client.get(reverse("account_login")).content.decode()


def test_a_person_known_to_the_provider_is_signed_in_with_name_and_e_mail(client, configured):
    sign_in(client, "verified")

    user = User.objects.get()
    assert (user.email, user.name) == ("verified@gov.example", "김공무")
    assert user.consents.count() == 2
    assert client.session["_auth_user_id"] == str(user.pk)


def test_an_e_mail_that_the_provider_has_not_verified_is_verified_here(client, configured):
    page = sign_in(client, "unverified")

    assert page.request["PATH_INFO"] == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in client.session


def test_another_providers_word_does_not_open_an_account_that_exists(client, configured):
    User.objects.create_user("verified@gov.example", "sunny-harbour-77", name="먼저 온 사람")

    sign_in(client, "verified")

    assert "_auth_user_id" not in client.session
    assert User.objects.get().name == "먼저 온 사람"
