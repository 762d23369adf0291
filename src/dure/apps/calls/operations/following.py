"""What somebody wants to be told of calls, and how they are reached."""

import re
import secrets
from datetime import datetime

from django.db import transaction

from dure.apps.calls import permissions
from dure.apps.calls.models import Alert, Call, Reach, Watch
from dure.apps.calls.reasons import Reason
from dure.apps.people.models import User
from dure.apps.programmes.models import Programme
from dure.foundation.verdict import Refused

_MOBILE = re.compile(r"01[016789][0-9]{7,8}", re.ASCII)


def watch(*, call: Call, by: User, at: datetime) -> None:
    """Be told of everything that is announced about a call. Raises Refused."""
    permissions.may_watch(by, call).require()
    Watch.objects.get_or_create(call=call, user=by, defaults={"since": at})


def unwatch(*, call: Call, by: User) -> None:
    """Be told no more."""
    Watch.objects.filter(call=call, user=by).delete()


def be_alerted(*, programme: Programme | None, region: str, by: User, at: datetime) -> Alert:
    """Be told of new calls of a programme, for a region, or of all of them."""
    made, _is_new = Alert.objects.get_or_create(
        user=by, programme=programme, region=region, defaults={"since": at}
    )
    return made


def end_alert(*, alert: Alert, by: User) -> None:
    """Be told of these no more; an alert of somebody else is left alone."""
    Alert.objects.filter(pk=alert.pk, user=by).delete()


@transaction.atomic
def renew_feed(*, by: User) -> Reach:
    """Give one's calendar of watched calls an address, or a new one."""
    reach, _is_new = Reach.objects.update_or_create(
        user=by, defaults={"feed_token": secrets.token_urlsafe(32)}
    )
    return reach


@transaction.atomic
def set_mobile(*, mobile: str, by: User) -> Reach:
    """Say where text messages about calls go; an empty number ends them. Raises Refused."""
    digits = re.sub(r"[\s-]", "", mobile)
    if digits and not _MOBILE.fullmatch(digits):
        raise Refused(Reason.BAD_NUMBER)
    reach, _is_new = Reach.objects.get_or_create(
        user=by, defaults={"feed_token": secrets.token_urlsafe(32)}
    )
    reach.mobile = digits
    reach.save(update_fields=["mobile"])
    return reach
