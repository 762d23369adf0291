"""Signing in: e-mail and password, verification, a second factor, another provider."""

import re
from html import unescape

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.urls import reverse

from dure.apps.people.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "sunny-harbour-77"


@pytest.fixture
def person():
    user = User.objects.create_user("somebody@example.org", PASSWORD, name="아무개")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def sign_in(client, email="somebody@example.org", password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_the_pages_before_signing_in_are_in_korean_and_in_our_frame(client, settings):
    for name in ("account_login", "account_signup", "account_reset_password"):
        page = client.get(reverse(name), headers={"accept-language": "ko"}).content.decode()
        assert 'class="krds-btn primary' in page
        assert 'class="page-main entrance"' in page
        assert "비밀번호" in page or "이메일" in page


def test_signing_up_takes_a_verified_e_mail(client):
    form = {
        "name": "새 사람", "email": "Neu@Example.org", "password1": PASSWORD,
        "agrees_to_terms": "on", "agrees_to_privacy": "on",
    }  # fmt: skip

    client.post(reverse("account_signup"), form)
    link = re.search(r"https?://[^/]+(/accounts/confirm-email/\S+)", mail.outbox[0].body)[1]
    client.post(link)

    assert EmailAddress.objects.get().verified
    assert User.objects.get().email == "neu@example.org"


def test_who_has_not_verified_the_e_mail_is_not_let_in(client, person):
    EmailAddress.objects.update(verified=False)

    page = sign_in(client)

    assert page.url == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in client.session


def test_a_wrong_password_is_refused_in_words(client, person):
    page = sign_in(client, password="wrong")

    assert "_auth_user_id" not in client.session
    assert "form-hint-invalid" in page.content.decode() or "krds-alert" in page.content.decode()


def test_a_forgotten_password_is_set_anew(client, person):
    client.post(reverse("account_reset_password"), {"email": person.email})
    link = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True)
    client.post(
        form.request["PATH_INFO"], {"password1": "moon-harbour-88", "password2": "moon-harbour-88"}
    )

    assert sign_in(client, password="moon-harbour-88").status_code == 302
    assert "_auth_user_id" in client.session


def test_a_second_factor_is_set_up_asked_for_and_replaced_by_a_recovery_code(client, person):
    sign_in(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert 'src="data:image/svg+xml' in unescape(page.content.decode())

    client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert {a.type for a in Authenticator.objects.all()} == {"totp", "recovery_codes"}
    client.post(reverse("account_logout"))
    asked = sign_in(client)

    assert asked.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "_auth_user_id" not in client.session
    spare = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    client.post(reverse("mfa_authenticate"), {"code": spare})
    assert "_auth_user_id" in client.session
    assert TOTP(Authenticator.objects.get(type="totp")).validate_code(code_now(secret))


@pytest.mark.parametrize(
    "name",
    [
        "account_email",
        "account_change_password",
        "mfa_index",
        "socialaccount_connections",
        "account_logout",
        "people:account",
    ],
)
def test_the_pages_of_an_account_share_one_frame(client, person, name):
    sign_in(client)

    page = client.get(reverse(name), headers={"accept-language": "ko"})

    assert page.status_code == 200
    assert "krds-side-navigation" in page.content.decode()


RATES = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}


def at(client, address):
    """A browser at an address, behind the one proxy of the site."""
    client.defaults |= {"REMOTE_ADDR": "10.0.0.5", "HTTP_X_FORWARDED_FOR": address}
    return client


def test_wrong_passwords_of_somebody_elsewhere_lock_nobody_out(client, person, settings):
    settings.DURE_PROXIES, settings.ACCOUNT_RATE_LIMITS = 1, RATES
    for n in range(11):
        sign_in(at(client, "203.0.113.1"), f"nobody{n}@example.org", "wrong password")

    assert sign_in(at(client, "198.51.100.7")).status_code == 302


def test_guessing_elsewhere_does_not_lock_out_an_owner_at_the_usual_place(client, person, settings):
    settings.DURE_PROXIES, settings.ACCOUNT_RATE_LIMITS = 1, RATES
    assert sign_in(at(client, "198.51.100.7")).status_code == 302
    client.logout()
    for n in range(6):
        sign_in(at(client, f"203.0.113.{n}"), password="wrong password")

    assert sign_in(at(client, "203.0.113.99")).status_code == 200  # locked out
    assert sign_in(at(client, "198.51.100.7")).status_code == 302


def test_guessing_at_the_usual_place_is_limited_too(client, person, settings):
    settings.DURE_PROXIES, settings.ACCOUNT_RATE_LIMITS = 1, RATES
    at(client, "198.51.100.7")
    sign_in(client)
    client.logout()
    for _ in range(5):
        sign_in(client, password="wrong password")

    assert sign_in(client).status_code == 200
