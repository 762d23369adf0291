"""How allauth makes our accounts."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Accounts without a user name: the e-mail address is enough."""

    def populate_username(self, request: object, user: object) -> None:
        """Leave out the user name that this account model does not have."""
