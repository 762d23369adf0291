"""What binds a company wants more than an open browser: the password or second factor, again."""

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest


@reauthentication_required  # type: ignore[untyped-decorator]
def confirm_identity(request: HttpRequest) -> None:
    """Go on only where who is signed in proved it again within the last five minutes.

    Else the request waits while they do so, and is then carried out as it was sent. People who sign
    in with another provider alone are not asked: the platform holds nothing to ask for.
    """
