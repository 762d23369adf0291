"""A notice, for the test of routes."""

from dure.apps.notices.models import Notice
from dure.apps.notices.notices import organisation_verified
from tests.conftest import NOON


def things(cast, world):
    notice = Notice.objects.create(
        recipient=cast["manager"], kind=organisation_verified.code, created_at=NOON,
        facts={"organisation": cast.buyer.name}, url="/",
    )  # fmt: skip
    return {"notice_id": notice.pk}
