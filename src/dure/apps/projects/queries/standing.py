"""What projects say of an organisation on a day: bars in force, money that it still owes, taking part."""

from datetime import date

from dateutil.relativedelta import relativedelta
from django.db.models import QuerySet

from dure.apps.people.models import Organisation
from dure.apps.projects.kinds import MemberRole
from dure.apps.projects.models import Member, Recovery, Sanction
from dure.apps.projects.stages import RecoveryStage, SanctionStage
from dure.foundation.workdays import over_on

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
    overdue = Recovery.objects.filter(organisation=organisation, due_on__lte=over_on(on))
    return overdue.exclude(stage__in=_DONE).select_related("project").order_by("due_on", "pk")


def recent_parts(organisation: Organisation, on: date, years: int) -> QuerySet[Member]:
    """Its parts in projects that were agreed by a day and had not ended so many years before it."""
    members = Member.objects.filter(
        organisation=organisation,
        project__agreed_on__lte=on,
        project__ends_on__gte=on - relativedelta(years=years),
    )
    return members.select_related("project").order_by("-project__ends_on", "pk")


def leaders() -> dict[int, int]:
    """The organisation that leads each project, by project: for figures."""
    members = Member.objects.filter(role=MemberRole.LEAD)
    return dict(members.values_list("project_id", "organisation_id"))
