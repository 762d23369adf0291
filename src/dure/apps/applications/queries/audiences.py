"""Lists of people of a call that applications add: who applies, and who has not finished."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dure.apps.applications.models import Application
from dure.apps.applications.stages import ApplicationStage
from dure.apps.calls.kinds import audience
from dure.apps.calls.models import Call
from dure.apps.people.models import User


@audience("APPLICANTS", _("Applicants"), follows=True)
def applicants(call: Call) -> QuerySet[User]:
    """Who leads or started an application, received or not."""
    return _people(Application.objects.filter(call=call))


@audience("UNFINISHED", _("Who writes and has not submitted"))
def unfinished_writers(call: Call) -> QuerySet[User]:
    """Who leads or started an application of which nothing was received."""
    stages = (ApplicationStage.DRAFT, ApplicationStage.FILED, ApplicationStage.VOID)
    return _people(Application.objects.filter(call=call, stage__in=stages))


def _people(applications: QuerySet[Application]) -> QuerySet[User]:
    leaders, starters = applications.values("leader"), applications.values("created_by")
    people = User.objects.filter(pk__in=leaders) | User.objects.filter(pk__in=starters)
    return people.filter(is_active=True).distinct().order_by("pk")
