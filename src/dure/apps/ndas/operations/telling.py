"""Telling the people of an agreement."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from dure.apps.ndas.models import Nda
from dure.apps.notices.kinds import NoticeKind
from dure.apps.notices.operations import tell
from dure.apps.people.models import Organisation, User


def tell_of(
    nda: Nda,
    recipients: Iterable[User],
    kind: NoticeKind,
    *,
    other: Organisation,
    at: datetime,
    **facts: Any,
) -> None:
    """Tell `recipients` of an agreement with `other`."""
    tell(
        recipients=recipients,
        kind=kind,
        facts={"material": nda.material, "organisation": other.name, **facts},
        url=f"/ndas/{nda.pk}/",
        at=at,
    )
