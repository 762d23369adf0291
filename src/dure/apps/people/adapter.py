"""How allauth makes our accounts."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Accounts without a user name: the e-mail address is enough."""

    def populate_username(self, request: object, user: object) -> None:
        """Leave out the user name that this account model does not have."""


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
