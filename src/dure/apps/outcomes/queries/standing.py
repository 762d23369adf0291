"""What outcomes say of an organisation on a day: many projects and nothing that came of them."""

from datetime import date

from dateutil.relativedelta import relativedelta
from django.db.models import Q

from dure.apps.outcomes.models import Outcome
from dure.apps.outcomes.stages import OutcomeStage
from dure.apps.people.models import Organisation
from dure.apps.projects.kinds import MemberRole
from dure.apps.projects.models import Project
from dure.apps.projects.stages import ProjectStage

# The plan of 2023 bars firms with many projects and no result and counts neither: "many" is here what
# the rule of leaving (졸업제) counts, three in seven years; a result may take a year after the end.
MANY, YEARS, PATIENCE_YEARS = 3, 7, 1


def led_without_result(organisation: Organisation, on: date) -> list[Project]:
    """The projects that it led and of which nothing came, where they are many and nothing came of any.

    A result is a confirmed outcome of the organisation or of one of them, or that it became business
    by a follow-up's answer.
    """
    led = list(
        Project.objects.filter(
            stage=ProjectStage.CLOSED,
            members__organisation=organisation,
            members__role=MemberRole.LEAD,
            ends_on__gt=on - relativedelta(years=YEARS),
            ends_on__lte=on - relativedelta(years=PATIENCE_YEARS),
        ).order_by("ends_on", "pk")
    )
    if len(led) < MANY:
        return []
    came = Outcome.objects.filter(stage=OutcomeStage.CONFIRMED).filter(
        Q(organisation=organisation, on__gt=on - relativedelta(years=YEARS))
        | Q(chain__project__in=led)
    )
    answered = Project.objects.filter(pk__in=[project.pk for project in led])
    if came.exists() or answered.filter(follow_ups__successes__len__gt=0).exists():
        return []
    return led
