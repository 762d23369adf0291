"""How allauth makes our accounts, and how it counts wrong passwords."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from dure.apps.people.queries import has_signed_in_from, place_digest
from dure.foundation.web import address_of


class AccountAdapter(DefaultAccountAdapter):
    """Accounts without a user name: the e-mail address is enough."""

    def populate_username(self, request: object, user: object) -> None:
        """Leave out the user name that this account model does not have."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Whence somebody signs in, as every limit of ours counts it."""
        return address_of(request)

    def send_account_already_exists_mail(self, email: str) -> None:
        """Write to the owner of an account that somebody tries to make again.

        A new account costs the time of a password's digest; its absence would tell who has one.
        """
        make_password(email)
        super().send_account_already_exists_mail(email)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Under what name the wrong passwords for an account are counted.

        Places from which its owner has signed in count apart, each for itself: whoever guesses
        elsewhere locks out only those who come from nowhere known. (OWASP calls it device cookies.)
        """
        key = super()._get_login_attempts_cache_key(request, **credentials)
        place = place_digest(address_of(request))
        is_known = has_signed_in_from(credentials.get("email", ""), place)
        return f"{key}:{place}" if is_known else key


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Accounts of other providers: they know a name in one piece."""

    def get_signup_form_initial_data(self, sociallogin: Any) -> dict[str, Any]:
        """What the form of joining shows at first."""
        return {**super().get_signup_form_initial_data(sociallogin), "name": sociallogin.user.name}

    def populate_user(self, request: object, sociallogin: object, data: dict[str, Any]) -> object:
        """Take over e-mail and name as the provider says them."""
        user = super().populate_user(request, sociallogin, data)
        parts = [data.get("last_name"), data.get("first_name")]
        user.name = (data.get("name") or " ".join(filter(None, parts)))[:100]
        return user
