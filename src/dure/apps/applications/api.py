"""One's own applications for programs: where each stands, never what it says."""

from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Field, Query, Schema

from dure.apps.applications import queries
from dure.apps.applications.models import Application
from dure.apps.applications.stages import ApplicationStage
from dure.foundation.api import Page, Paging, offer_router

router = offer_router("applications", needs_key=True)


class ApplicationItem(Schema):
    """An application in which one's organisation takes part."""

    id: int
    number: str
    call_id: int
    organisation_id: int = Field(description=_("The organisation that leads it."))
    stage: ApplicationStage
    deadline: datetime | None
    receipt_number: str | None = Field(description=_("Of the version that counts."))
    received_at: datetime | None
    content_hash: str | None = Field(description=_("SHA-256 of the content in canonical form."))

    @classmethod
    def of(cls, application: Application) -> "ApplicationItem":
        standing = queries.standing_submission(application)
        return cls(
            id=application.pk,
            number=application.number,
            call_id=application.call_id,
            organisation_id=application.organisation_id,
            stage=application.stage,
            deadline=queries.deadline_of(application),
            receipt_number=standing.receipt_number if standing else None,
            received_at=standing.submitted_at if standing else None,
            content_hash=standing.content_hash if standing else None,
        )


@router.get(
    "/applications",
    response=Page[ApplicationItem],
    operation_id="list_applications",
    summary=_("One's own applications"),
)
def application_list(request: HttpRequest, paging: Query[Paging]) -> Page[ApplicationItem]:
    applications = queries.own_applications(request.user)
    return Page[ApplicationItem].of(applications, paging, ApplicationItem.of)
