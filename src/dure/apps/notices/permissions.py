"""Who may stop the daily e-mail without signing in: whoever holds the link that stands in it."""

from django.core import signing

from dure.apps.people.models import User

SALT = "dure.notices.unsubscribe"


def unsubscribe_token(user: User) -> str:
    """What makes a link that stops the daily e-mail of `user`, and does nothing else."""
    return signing.dumps(user.pk, salt=SALT)


def reader_of(token: str) -> int:
    """The id of the person whose link it is. Raises BadSignature."""
    return signing.loads(token, salt=SALT)
