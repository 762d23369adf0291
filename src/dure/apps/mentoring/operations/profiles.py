"""What firms teach and want, and whom they name their rivals."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.mentoring import permissions
from dure.apps.mentoring.models import Profile, Rival
from dure.apps.mentoring.reasons import Reason
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import roles_of
from dure.foundation.verdict import Refused


@transaction.atomic
def keep_profile(
    *, organisation: Organisation, teaches: str, wants: str, most: int, is_open: bool, by: User,
    at: datetime,
) -> Profile:  # fmt: skip
    """Write what a firm teaches and wants; what others write for it is marked. Raises Refused."""
    permissions.may_keep_profile(by, organisation).require()
    values = {
        "teaches": teaches.strip(), "wants": wants.strip(), "most": most, "is_open": is_open,
        "updated_by": by, "updated_at": at,
        "is_entered_for": organisation.pk not in roles_of(by).organisations,
    }  # fmt: skip
    profile, _is_new = Profile.objects.update_or_create(organisation=organisation, defaults=values)
    return profile


@transaction.atomic
def name_rival(*, organisation: Organisation, rival: Organisation, by: User, at: datetime) -> Rival:
    """Name a rival of a firm; the two are never paired. Raises Refused."""
    permissions.may_name_rivals(by, organisation).require()
    if organisation == rival:
        raise Refused(Reason.ITSELF)
    named, _is_new = Rival.objects.get_or_create(
        organisation=organisation, rival=rival,
        defaults={"named_by": by, "named_on": localdate(at)},
    )  # fmt: skip
    return named


@transaction.atomic
def drop_rival(*, rival: Rival, by: User) -> None:
    """Take a rival back. Raises Refused."""
    permissions.may_name_rivals(by, rival.organisation).require()
    rival.delete()
