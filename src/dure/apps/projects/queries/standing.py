"""What projects say against an organisation on a day: bars in force, money that it still owes."""

from datetime import date

from dateutil.relativedelta import relativedelta
from django.db.models import QuerySet

from dure.apps.people.models import Organisation
from dure.apps.projects.models import Recovery, Sanction
from dure.apps.projects.stages import RecoveryStage, SanctionStage

_DONE = (RecoveryStage.PAID, RecoveryStage.WRITTEN_OFF)


def bars_in_force(organisation: Organisation, on: date) -> list[Sanction]:
    """Decided bars from programmes that have begun and are not over."""
    begun = Sanction.objects.filter(
        organisation=organisation, stage=SanctionStage.DECIDED, ban_months__gt=0, starts_on__lte=on
    )
    return [
        bar
        for bar in begun.select_related("project")
        if bar.starts_on and on < bar.starts_on + relativedelta(months=bar.ban_months)
    ]


def overdue_recoveries(organisation: Organisation, on: date) -> QuerySet[Recovery]:
    """Money that should have come back before a day and has not."""
    overdue = Recovery.objects.filter(organisation=organisation, due_on__lt=on)
    return overdue.exclude(stage__in=_DONE).select_related("project").order_by("due_on", "pk")
