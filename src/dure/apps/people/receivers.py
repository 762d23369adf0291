"""What this app hears of."""

from typing import Any

from allauth.account.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from dure.apps.people.models import User
from dure.apps.people.operations import note_sign_in
from dure.foundation.web import address_of


@receiver(user_logged_in, dispatch_uid="people.note_sign_in")
def remember_place(request: HttpRequest, user: User, **_: Any) -> None:
    """Remember from where the owner of an account comes."""
    note_sign_in(user=user, address=address_of(request), at=timezone.now())
